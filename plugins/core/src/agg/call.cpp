// SPDX-License-Identifier: Apache-2.0
#include "agg/call.hpp"

#include "agg/cells.hpp"
#include "expr/lexer.hpp"

#include <algorithm>
#include <vector>

namespace vigie::core::agg {
namespace {

using expr::describe;
using expr::token;
using expr::token_kind;

struct known_function {
  std::string_view name;
  function fn;
  enum class arguments : std::uint8_t {
    maybe_column,
    column,
    ordered,
    share,
    most,
    maybe_most
  } takes;
};
using takes = known_function::arguments;
constexpr known_function functions[] = {{"count", function::count, takes::maybe_column},
                                        {"sum", function::sum, takes::column},
                                        {"mean", function::mean, takes::column},
                                        {"min", function::min, takes::column},
                                        {"max", function::max, takes::column},
                                        {"first", function::first, takes::ordered},
                                        {"last", function::last, takes::ordered},
                                        {"distinct", function::distinct, takes::column},
                                        {"quantile", function::quantile, takes::share},
                                        {"median", function::median, takes::column},
                                        {"top", function::top, takes::most},
                                        {"list", function::list, takes::maybe_most},
                                        {"set", function::set, takes::maybe_most}};

constexpr std::int64_t most_values = 1'000'000;

class call_parser {
public:
  explicit call_parser(std::string_view text) : tokens_(expr::tokens_of(text)) {}

  call parse() {
    const known_function& f = name();
    call out;
    out.fn = f.fn;
    expect("(", "behind the name of the function");
    if (f.takes == takes::maybe_column && accept("*")) return ended(out);
    const bool none = f.takes == takes::maybe_column && tokens_[next_].is(")");
    if (!none) arguments(f, out);
    return ended(out);
  }

private:
  const known_function& name() {
    const token& t = tokens_[next_];
    if (t.kind != token_kind::name)
      fail("expected a function such as count() or sum(column), found " + describe(t));
    std::vector<std::string> known;
    for (const known_function& f : functions) {
      if (t.is_word(f.name)) return ++next_, f;
      known.emplace_back(f.name);
    }
    fail("there is no function " + expr::quoted(t.raw) + expr::did_you_mean(t.raw, known) +
         "; there are " + every_name());
  }
  static std::string every_name() {
    std::string out;
    for (const known_function& f : functions)
      out += (out.empty() ? "" : ", ") + std::string(f.name);
    return out;
  }

  void arguments(const known_function& f, call& out) {
    out.column_at = tokens_[next_].at;
    out.column = column();
    if (f.takes == takes::ordered && tokens_[next_].is_word("by")) {
      ++next_;
      out.by_at = tokens_[next_].at;
      out.by = column();
    }
    if (f.takes == takes::share) {
      expect(",", "and a share, as in quantile(x, 0.95)");
      out.share = share();
    }
    if (f.takes == takes::most) expect(",", "and a number, as in top(x, 10)");
    if (f.takes == takes::most || (f.takes == takes::maybe_most && accept(","))) out.most = most();
  }

  std::string column() {
    const token& t = tokens_[next_];
    if (t.kind != token_kind::name && t.kind != token_kind::quoted_name)
      fail("expected the name of a column, found " + describe(t));
    ++next_;
    return t.value;
  }
  fraction share() {
    const token& t = tokens_[next_];
    const bool plain = t.raw.find_first_not_of("0123456789.") == std::string_view::npos;
    const std::size_t decimals = t.raw.size() - std::min(t.raw.find('.'), t.raw.size() - 1) - 1;
    const bool number = t.kind == token_kind::integer || t.kind == token_kind::real;
    if (!number || !plain || decimals > 18)
      fail("expected a share from 0 to 1, such as 0.95, found " + describe(t));
    fraction out;
    bool behind_point = false;
    for (const char c : t.raw) {
      if (c == '.') behind_point = true;
      if (c == '.') continue;
      out.over = std::min<std::int64_t>(out.over, 900'000'000'000'000'000) * 10 + (c - '0');
      if (behind_point) out.under *= 10;
    }
    if (out.over > out.under) fail("a share is at most 1, found " + describe(t));
    ++next_;
    return out;
  }
  std::int64_t most() {
    const token& t = tokens_[next_];
    std::int64_t out = 0;
    for (const char c : t.raw) out = std::min(out * 10 + (c - '0'), most_values + 1);
    if (t.kind != token_kind::integer || out < 1 || out > most_values)
      fail("expected a number of values from 1 to 1000000, found " + describe(t));
    ++next_;
    return out;
  }

  bool accept(std::string_view symbol) {
    if (!tokens_[next_].is(symbol)) return false;
    ++next_;
    return true;
  }
  void expect(std::string_view symbol, const std::string& where) {
    if (!accept(symbol))
      fail("expected '" + std::string(symbol) + "' " + where + ", found " +
           describe(tokens_[next_]));
  }
  call ended(const call& out) {
    expect(")", "at the end of the function");
    if (tokens_[next_].kind != token_kind::end)
      fail("one function makes one column; expected the end, found " + describe(tokens_[next_]) +
           "; core.derive computes with the columns made here");
    return out;
  }
  [[noreturn]] void fail(std::string message) const {
    throw expr::wrong{VIGIE_E_CONFIG, std::move(message), tokens_[next_].at};
  }

  std::vector<token> tokens_;
  std::size_t next_ = 0;
};

bool is_number(const field& f) {
  const bool meant = f.extension.empty() || decimal_scale(f) >= 0;
  return meant && (is_integer(f.kind) || f.kind == kind::float64);
}

// The type of a value of the column, without the layout it happens to have.
field like(const field& column, std::string name) {
  field out = column;
  out.name = std::move(name);
  out.index.clear();
  out.format = column.kind == kind::text ? "vu" : column.kind == kind::binary ? "vz" : "";
  return out;
}

field made(const call& c, const field& column, std::string name) {
  switch (c.fn) {
  case function::count:
  case function::distinct: return {.name = std::move(name), .kind = kind::int64};
  case function::mean: return {.name = std::move(name), .kind = kind::float64};
  case function::median:
    if (is_number(column)) return {.name = std::move(name), .kind = kind::float64};
    return like(column, std::move(name));
  case function::sum: {
    field out = like(column, std::move(name));
    if (is_integer(out.kind)) out.kind = out.kind == kind::uint64 ? kind::uint64 : kind::int64;
    return out;
  }
  case function::top:
    return list_of(std::move(name), struct_of("item", {like(column, "value"),
                                                       {.name = "count", .kind = kind::int64}}));
  case function::list:
  case function::set: return list_of(std::move(name), like(column, "item"));
  default: return like(column, std::move(name));
  }
}

} // namespace

call parse_call(std::string_view text) { return call_parser(text).parse(); }

bool keeps_values(function f) { return f >= function::distinct; }

field result_field(const call& c, const field* column, std::string name) {
  if (column == nullptr) return {.name = std::move(name), .kind = kind::int64};
  const auto refuse = [&](const std::string& wanted) {
    throw expr::wrong{VIGIE_E_SCHEMA,
                      "column " + expr::quoted(column->name) + " is " + describe(*column) +
                          "; wanted is " + wanted,
                      c.column_at};
  };
  const bool nested = column->kind == kind::list || column->kind == kind::structure;
  if (nested && c.fn != function::count) refuse("a plain value");
  if ((c.fn == function::sum || c.fn == function::mean) && !is_number(*column)) refuse("a number");
  field out = made(c, *column, std::move(name));
  out.sensitive = column->sensitive;
  if (c.fn == function::top) out.children[0].children[0].sensitive = column->sensitive;
  return out;
}

} // namespace vigie::core::agg
