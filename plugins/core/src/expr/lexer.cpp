// SPDX-License-Identifier: Apache-2.0
#include "lexer.hpp"

#include "utf8.hpp"

#include <algorithm>
#include <array>

namespace vigie::core::expr {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool in_name(char c) { return begins_name(c) || digit(c); }

struct foreign {
  std::string_view symbol, advice;
};
// What other languages write, longest first.
constexpr foreign foreigners[] = {
    {"==", "'==' is not an operator here; write ="},
    {"&&", "'&&' is not an operator here; write and"},
    {"--", "two minus signs begin a comment in SQL and are refused here; write - -x or - (-x)"},
    {"/*", "comments are refused inside expressions; write them in the pipeline, behind #"},
    {"!", "'!' is not an operator here; write not, or <> for 'differs'"},
    {"&", "'&' is not an operator here; write and"},
    {"|", "'|' is not an operator here; write or, or || to join texts"},
    {"^", "'^' is not an operator here; multiply instead"},
    {"$", "references are refused inside expressions; write :name and give it under 'values'"},
    {";", "an expression is one; remove the ';'"},
    {"`", "a column with unusual letters is written \"name\""},
};
// Longest first.
constexpr std::array<std::string_view, 9> longer = {
    "!~*", "!~", "~*", "<>", "!=", "<=", ">=", "||", "::"};
constexpr std::string_view one = "()[],.+-*/%=<>~";

class lexer {
public:
  explicit lexer(std::string_view text) : text_(text) {}

  std::vector<token> all() {
    std::vector<token> out;
    for (;;) {
      skip_space();
      begin_ = at_;
      out.push_back(next());
      if (out.back().kind == token_kind::end) return out;
    }
  }

private:
  [[noreturn]] void fail(std::string message, std::size_t at) const {
    throw wrong{VIGIE_E_CONFIG, std::move(message), at};
  }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
  void skip_space() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != text_.npos) ++at_;
  }
  token made(token_kind kind, std::string value = {}) const {
    return {kind, begin_, text_.substr(begin_, at_ - begin_), std::move(value)};
  }

  token next() {
    if (at_ == text_.size()) return made(token_kind::end);
    const char c = peek();
    if (digit(c) || (c == '.' && digit(peek(1)))) return number();
    if (c == '\'') return made(token_kind::text, until_quote('\'', "text"));
    if (c == '"') return quoted_name();
    if (begins_name(c)) return word(token_kind::name);
    if (c == ':' && begins_name(peek(1))) {
      ++at_;
      return word(token_kind::named_value);
    }
    return symbol();
  }

  token number() {
    const auto digits = [this] {
      while (digit(peek())) ++at_;
    };
    bool real = false;
    digits();
    if (peek() == '.') {
      real = true;
      ++at_;
      digits();
    }
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
    if ((peek() == 'e' || peek() == 'E') && digit(peek(sign))) {
      real = true;
      at_ += sign;
      digits();
    }
    if (in_name(peek()) || peek() == '.')
      fail("a number runs into a letter or a second point; numbers look like 12, 1.5 or 1.5e3",
           at_);
    return made(real ? token_kind::real : token_kind::integer);
  }

  token word(token_kind kind) {
    const std::size_t from = at_;
    while (in_name(peek())) ++at_;
    return made(kind, std::string(text_.substr(from, at_ - from)));
  }

  token quoted_name() {
    std::string value = until_quote('"', "column name");
    if (value.empty()) fail("a column name in double quotes is empty", begin_);
    return made(token_kind::quoted_name, std::move(value));
  }

  // The text between quotes; a doubled quote stands for itself.
  std::string until_quote(char quote, std::string_view what) {
    std::string value;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] != quote) {
        value += text_[at_];
        continue;
      }
      ++at_;
      if (peek() != quote) return value;
      value += quote;
    }
    fail("the " + std::string(what) + " that begins here has no closing " + std::string(1, quote),
         begin_);
  }

  token symbol() {
    for (const std::string_view s : longer) {
      if (!rest().starts_with(s)) continue;
      at_ += s.size();
      return made(token_kind::symbol);
    }
    for (const foreign& f : foreigners)
      if (rest().starts_with(f.symbol)) fail(std::string(f.advice), at_);
    if (one.find(peek()) == one.npos)
      fail("the character " + quoted(rest().substr(0, 1)) +
               " begins nothing here; expected a "
               "number, 'text', a column, :name or an operator",
           at_);
    ++at_;
    return made(token_kind::symbol);
  }

  std::string_view text_;
  std::size_t at_ = 0, begin_ = 0;
};

bool same_word(std::string_view a, std::string_view lower) {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(), [](char x, char y) {
    return (x >= 'A' && x <= 'Z' ? static_cast<char>(x + 32) : x) == y;
  });
}

} // namespace

bool token::is_word(std::string_view word) const {
  return kind == token_kind::name && same_word(raw, word);
}

bool is_reserved(std::string_view word) {
  constexpr std::string_view words[] = {"and",   "or",   "not",  "is",    "null",    "true",
                                        "false", "in",   "like", "ilike", "between", "case",
                                        "when",  "then", "else", "end"};
  return std::any_of(std::begin(words), std::end(words),
                     [&](std::string_view w) { return same_word(word, w); });
}

std::string describe(const token& t) {
  return t.kind == token_kind::end ? "the end of the expression" : quoted(t.raw);
}

std::vector<token> tokens_of(std::string_view text) {
  if (text.size() > max_text)
    throw wrong{VIGIE_E_CONFIG,
                "the expression has " + std::to_string(text.size()) + " bytes; " +
                    std::to_string(max_text) + " are allowed",
                max_text};
  if (const std::size_t bad = ill_formed_at(text); bad != text.npos)
    throw wrong{VIGIE_E_CONFIG, "the expression is not UTF-8 at this byte", bad};
  return lexer(text).all();
}

} // namespace vigie::core::expr
