// SPDX-License-Identifier: Apache-2.0
#include "parser.hpp"

#include "convert.hpp"
#include "meaning.hpp"

#include <charconv>
#include <optional>

namespace vigie::core::expr {
namespace {

// Binding powers, loosest first.
enum power : int {
  p_none = 0,
  p_or,
  p_and,
  p_not,
  p_is,
  p_compare,
  p_range, // between, in, like
  p_other, // || ~
  p_sum,
  p_product,
  p_sign,
  p_element,
  p_cast,
  p_member
};

std::string lowered(std::string_view s) {
  std::string out(s);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

std::optional<comparison> comparison_of(const token& t) {
  if (t.is("=")) return comparison::equal;
  if (t.is("<>") || t.is("!=")) return comparison::differs;
  if (t.is("<")) return comparison::less;
  if (t.is("<=")) return comparison::at_most;
  if (t.is(">")) return comparison::greater;
  if (t.is(">=")) return comparison::at_least;
  return std::nullopt;
}

// Regular expressions: ~ and its relatives.
bool is_match(const token& t) {
  return t.kind == token_kind::symbol && (t.raw.starts_with('~') || t.raw.starts_with("!~"));
}

class parser {
public:
  explicit parser(std::vector<token> tokens) : tokens_(std::move(tokens)) {}

  syntax_ptr whole() {
    if (now().kind == token_kind::end) fail("the expression is empty");
    syntax_ptr out = expression(p_none);
    if (now().kind == token_kind::end) return out;
    if (now().is(")")) fail("this ')' closes nothing");
    if (now().kind == token_kind::text && tokens_[next_ - 1].kind == token_kind::name)
      fail("expected an operator, found a text; only date, timestamp and "
           "interval stand before 'text'");
    fail("expected an operator or the end, found " + describe(now()));
  }

private:
  [[noreturn]] void fail(std::string message) const { fail_at(now().at, std::move(message)); }
  [[noreturn]] static void fail_at(std::size_t at, std::string message) {
    throw wrong{VIGIE_E_CONFIG, std::move(message), at};
  }

  [[nodiscard]] const token& now() const { return tokens_[next_]; }
  [[nodiscard]] const token& behind() const {
    return tokens_[std::min(next_ + 1, tokens_.size() - 1)];
  }
  token take() {
    token t = now();
    if (next_ + 1 < tokens_.size()) ++next_;
    return t;
  }
  bool accept(std::string_view symbol) {
    if (!now().is(symbol)) return false;
    take();
    return true;
  }
  bool accept_word(std::string_view word) {
    if (!now().is_word(word)) return false;
    take();
    return true;
  }
  void expect(std::string_view symbol, std::string_view where) {
    if (!accept(symbol))
      fail("expected '" + std::string(symbol) + "' " + std::string(where) + ", found " +
           describe(now()));
  }
  void expect_word(std::string_view word, std::string_view where) {
    if (!accept_word(word))
      fail("expected " + std::string(word) + " " + std::string(where) + ", found " +
           describe(now()));
  }

  static syntax_ptr node(form kind, std::size_t at) {
    auto out = std::make_unique<syntax>();
    out->kind = kind;
    out->at = at;
    return out;
  }
  static void adopt(syntax& parent, syntax_ptr child) {
    if (child->depth >= max_depth) too_deep(parent.at);
    parent.depth = std::max(parent.depth, child->depth + 1);
    parent.args.push_back(std::move(child));
  }
  template <class... Children>
  static syntax_ptr node(form kind, std::size_t at, Children... children) {
    syntax_ptr out = node(kind, at);
    (adopt(*out, std::move(children)), ...);
    return out;
  }
  [[noreturn]] static void too_deep(std::size_t at) {
    fail_at(at, "the expression nests deeper than " + std::to_string(max_depth) +
                    " levels; split it over several columns with core.derive");
  }

  // Precedence climbing: a prefix, then every operator that binds tighter than `above`.
  syntax_ptr expression(int above) {
    if (++level_ > max_depth) too_deep(now().at);
    syntax_ptr left = prefix(above);
    int closed = p_none; // an operator of this power just ended and does not chain
    for (;;) {
      const int power = power_here();
      if (power <= above) break;
      if (power == closed)
        fail(power == p_compare ? "comparisons do not chain; write a < b and b < c"
                                : "between, in and like do not chain; use parentheses");
      left = infix(std::move(left), power);
      closed = power == p_compare || power == p_range ? power : p_none;
    }
    --level_;
    return left;
  }

  // How tight the operator at hand binds; p_none where there is none.
  [[nodiscard]] int power_here() const {
    const token& t = now();
    if (t.kind == token_kind::symbol) return power_of_symbol(t);
    if (t.is_word("or")) return p_or;
    if (t.is_word("and")) return p_and;
    if (t.is_word("is")) return p_is;
    const token& word = t.is_word("not") ? behind() : t;
    const bool range = word.is_word("between") || word.is_word("in") || word.is_word("like") ||
                       word.is_word("ilike");
    return range ? p_range : p_none;
  }
  [[nodiscard]] static int power_of_symbol(const token& t) {
    if (comparison_of(t)) return p_compare;
    if (t.is("||") || is_match(t)) return p_other;
    if (t.is("+") || t.is("-")) return p_sum;
    if (t.is("*") || t.is("/") || t.is("%")) return p_product;
    if (t.is("[")) return p_element;
    if (t.is("::")) return p_cast;
    return t.is(".") ? p_member : p_none;
  }

  syntax_ptr infix(syntax_ptr left, int power) {
    const std::size_t at = now().at;
    switch (power) {
    case p_or: return flat(form::any_of, std::move(left), p_or, at);
    case p_and: return flat(form::all_of, std::move(left), p_and, at);
    case p_is: return is(std::move(left));
    case p_range: return range(std::move(left));
    case p_compare: return compared(std::move(left));
    case p_other:
      if (is_match(now())) return match(std::move(left));
      take();
      return node(form::concat, at, std::move(left), expression(p_other));
    case p_element: return element(std::move(left));
    case p_cast: take(); return cast_to(std::move(left), false, at);
    case p_member: return member(std::move(left));
    default: break;
    }
    const char symbol = take().raw[0];
    syntax_ptr out = node(form::arithmetic, at, std::move(left), expression(power));
    out->symbol = symbol;
    return out;
  }

  syntax_ptr compared(syntax_ptr left) {
    const token op = take();
    syntax_ptr out = node(form::compare, op.at, std::move(left), expression(p_compare));
    out->cmp = *comparison_of(op);
    return out;
  }

  // text ~ pattern is regexp_like(text, pattern); ~* does not tell upper from lower case.
  syntax_ptr match(syntax_ptr left) {
    const token op = take();
    syntax_ptr out = node(form::call, op.at, std::move(left), expression(p_other));
    out->text = "regexp_like";
    if (op.raw.ends_with('*')) adopt(*out, text_node("i", op.at));
    return op.raw.starts_with('!') ? node(form::invert, op.at, std::move(out)) : std::move(out);
  }
  static syntax_ptr text_node(std::string_view text, std::size_t at) {
    syntax_ptr out = node(form::text, at);
    out->text = text;
    return out;
  }

  // a and b and c is one node, so that long conditions are wide and not deep.
  syntax_ptr flat(form kind, syntax_ptr left, int power, std::size_t at) {
    syntax_ptr out = node(kind, at, std::move(left));
    const std::string_view word = kind == form::all_of ? "and" : "or";
    while (accept_word(word)) adopt(*out, expression(power));
    return out;
  }

  syntax_ptr is(syntax_ptr left) {
    const std::size_t at = take().at;
    const bool negated = accept_word("not");
    syntax_ptr out;
    if (accept_word("null") || accept_word("unknown")) {
      out = node(form::is_null, at, std::move(left));
    } else if (now().is_word("true") || now().is_word("false")) {
      out = node(form::is_truth, at, std::move(left));
      out->flag = take().is_word("true");
    } else if (accept_word("distinct")) {
      expect_word("from", "after 'distinct'");
      out = node(form::distinct, at, std::move(left), expression(p_is));
    } else {
      fail("expected null, true, false or distinct from after 'is', found " + describe(now()));
    }
    out->negated = negated;
    return out;
  }

  syntax_ptr range(syntax_ptr left) {
    const std::size_t at = now().at;
    const bool negated = accept_word("not");
    syntax_ptr out;
    if (accept_word("between")) {
      out = node(form::between, at, std::move(left), expression(p_range));
      expect_word("and", "between the two bounds of 'between'");
      adopt(*out, expression(p_range));
    } else if (accept_word("in")) {
      out = in_list(std::move(left), at);
    } else {
      const bool fold = take().is_word("ilike");
      out = node(form::like, at, std::move(left), expression(p_range));
      out->flag = fold;
      if (accept_word("escape")) adopt(*out, expression(p_range));
    }
    out->negated = negated;
    return out;
  }

  syntax_ptr in_list(syntax_ptr left, std::size_t at) {
    expect("(", "after 'in'");
    if (now().is(")")) fail("the list of 'in' is empty; it holds at least one value");
    syntax_ptr out = node(form::in_list, at, std::move(left));
    do adopt(*out, expression(p_none));
    while (accept(","));
    expect(")", "or ',' in the list of 'in'");
    return out;
  }

  syntax_ptr element(syntax_ptr left) {
    const std::size_t at = take().at;
    syntax_ptr out = node(form::element, at, std::move(left), expression(p_none));
    expect("]", "behind the number of the element");
    return out;
  }

  syntax_ptr member(syntax_ptr left) {
    take();
    if (now().kind != token_kind::name && now().kind != token_kind::quoted_name)
      fail("expected the name of a field after '.', found " + describe(now()));
    const token name = take();
    syntax_ptr out = node(form::member, name.at, std::move(left));
    out->text = name.value;
    return out;
  }

  syntax_ptr cast_to(syntax_ptr value, bool attempt, std::size_t at) {
    syntax_ptr out = node(form::cast, at, std::move(value));
    out->flag = attempt;
    const token name = take();
    std::string word = lowered(name.raw);
    if (word == "double" && accept_word("precision")) word = "float64";
    if (word == "decimal") {
      out->type = decimal(name.at);
      return out;
    }
    if (name.kind != token_kind::name || !find_type(word, out->type))
      fail_at(name.at, "expected a type, found " + describe(name) + "; types are " +
                           listed(type_names()) + " and decimal(2)" +
                           did_you_mean(word, type_names()));
    return out;
  }

  // decimal(2): digits behind the point.
  field decimal(std::size_t at) {
    std::int64_t scale = -1;
    if (accept("(") && now().kind == token_kind::integer) {
      const token digits = take();
      if (digits.raw.size() <= 2 && parse_integer(digits.raw, scale) && scale <= 18 && accept(")"))
        return decimal_type(static_cast<int>(scale));
    }
    fail_at(at, "write decimal(2), with the number of digits behind the point, 0 to 18");
  }

  // What an operand begins with.
  syntax_ptr prefix(int above) {
    const std::size_t at = now().at;
    if (accept("-")) return negated(at);
    if (accept("+")) return expression(p_sign - 1);
    if (now().is_word("not")) {
      if (above > p_not) fail("put parentheses around 'not ...' here");
      take();
      return node(form::invert, at, expression(p_not - 1));
    }
    if (accept("(")) {
      syntax_ptr inner = expression(p_none);
      if (now().is(",")) fail("a list in parentheses stands only behind 'in'");
      expect(")", "to close the parenthesis");
      return inner;
    }
    return now().kind == token_kind::name ? word() : literal();
  }

  // A minus sign before digits belongs to the number, so that -9223372036854775808 can be written.
  syntax_ptr negated(std::size_t at) {
    syntax_ptr inner = expression(p_sign - 1);
    constexpr auto lowest = std::uint64_t{1} << 63U;
    if (inner->kind == form::integer && inner->above_int64 &&
        static_cast<std::uint64_t>(inner->whole) == lowest) {
      inner->above_int64 = false;
      inner->at = at;
      return inner;
    }
    return node(form::negate, at, std::move(inner));
  }

  syntax_ptr literal() {
    const token t = take();
    switch (t.kind) {
    case token_kind::integer: return integer(t);
    case token_kind::real: return real(t);
    case token_kind::text: return named_node(form::text, t);
    case token_kind::quoted_name: return named_node(form::column, t);
    case token_kind::named_value: return named_node(form::named, t);
    default: break;
    }
    fail_at(t.at, "expected a number, 'text', a column, :name or '(', found " + describe(t));
  }
  static syntax_ptr named_node(form kind, const token& t) {
    syntax_ptr out = node(kind, t.at);
    out->text = t.value;
    out->flag = t.kind == token_kind::quoted_name;
    return out;
  }

  static syntax_ptr integer(const token& t) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(t.raw.data(), t.raw.data() + t.raw.size(), value);
    if (error != std::errc())
      fail_at(t.at,
              "the number is above 18446744073709551615; written with a point or an exponent it "
              "is a float64");
    syntax_ptr out = node(form::integer, t.at);
    out->whole = static_cast<std::int64_t>(value);
    out->above_int64 = value > static_cast<std::uint64_t>(INT64_MAX);
    return out;
  }
  static syntax_ptr real(const token& t) {
    syntax_ptr out = node(form::real, t.at);
    if (!parse_real(t.raw, out->real))
      fail_at(t.at, "the number is beyond the range of float64 (about 5e-324 to 1.8e308)");
    return out;
  }

  syntax_ptr word() {
    const token t = take();
    const std::string name = lowered(t.raw);
    if (name == "null") return node(form::null, t.at);
    if (name == "true" || name == "false") {
      syntax_ptr out = node(form::boolean, t.at);
      out->flag = name == "true";
      return out;
    }
    if (name == "case") return choose(t.at);
    if (is_reserved(name))
      fail_at(t.at, "expected a value, found " + describe(t) + "; a column of that name is " +
                        "written \"" + std::string(t.raw) + "\"");
    if (now().kind == token_kind::text && (name == "date" || name == "timestamp"))
      return moment(name == "date", take());
    if (now().kind == token_kind::text && name == "interval") return interval(take());
    if (now().is("(")) return call(t, name);
    return named_node(form::column, t);
  }

  static syntax_ptr moment(bool date, const token& t) {
    syntax_ptr out = node(date ? form::date : form::timestamp, t.at);
    std::int32_t days = 0;
    const bool good = date ? parse_date(t.value, days) : parse_timestamp(t.value, out->whole);
    if (!good)
      fail_at(t.at, quoted(t.value) + (date ? " is no date; dates look like '2014-05-20'"
                                            : " is no timestamp; timestamps look like "
                                              "'2014-05-20T13:43:00Z'"));
    if (date) out->whole = days;
    return out;
  }

  // '1 day', '2 hours 30 minutes': whole numbers of units that are always as long.
  static syntax_ptr interval(const token& t) {
    syntax_ptr out = node(form::interval, t.at);
    if (std::string why; !parse_interval(t.value, out->whole, why)) fail_at(t.at, why);
    return out;
  }

  syntax_ptr choose(std::size_t at) {
    const bool simple = !now().is_word("when");
    syntax_ptr out = node(simple ? form::choose_of : form::choose, at);
    if (simple) adopt(*out, expression(p_none));
    if (!now().is_word("when")) fail("expected when in 'case', found " + describe(now()));
    while (accept_word("when")) {
      adopt(*out, expression(p_none));
      expect_word("then", "after the condition of 'when'");
      adopt(*out, expression(p_none));
    }
    out->flag = accept_word("else");
    if (out->flag) adopt(*out, expression(p_none));
    expect_word("end", "to close 'case'");
    return out;
  }

  syntax_ptr call(const token& t, const std::string& name) {
    take();
    if (name == "cast" || name == "try_cast") {
      syntax_ptr value = expression(p_none);
      expect_word("as", "in cast(value as type)");
      syntax_ptr out = cast_to(std::move(value), name == "try_cast", t.at);
      expect(")", "behind the type");
      return out;
    }
    syntax_ptr out = node(form::call, t.at);
    out->text = name;
    if (accept(")")) return out;
    if (name == "position") return position(std::move(out));
    if (name == "extract") return extract(std::move(out));
    if (name == "substring") return substring(std::move(out));
    do adopt(*out, expression(p_none));
    while (accept(","));
    expect(")", "or ',' in the arguments of " + name);
    return out;
  }

  // extract(field from timestamp) is date_part('field', timestamp).
  syntax_ptr extract(syntax_ptr out) {
    out->text = "date_part";
    const token field = take();
    if (field.kind != token_kind::name && field.kind != token_kind::text)
      fail_at(field.at, "write extract(year from timestamp); found " + describe(field));
    adopt(*out,
          text_node(field.kind == token_kind::text ? field.value : lowered(field.raw), field.at));
    expect_word("from", "in extract(" + std::string(field.raw) + " from timestamp)");
    adopt(*out, expression(p_none));
    expect(")", "behind extract(... from timestamp");
    return out;
  }

  // substring(text from n for m), or with commas, is substr(text, n, m).
  syntax_ptr substring(syntax_ptr out) {
    out->text = "substr";
    adopt(*out, expression(p_none));
    const bool words = accept_word("from");
    if (!words) expect(",", "or from behind the text of substring");
    adopt(*out, expression(p_none));
    if (words ? accept_word("for") : accept(",")) adopt(*out, expression(p_none));
    expect(")", "behind substring(text from n for m");
    return out;
  }

  // position(part in text); the arguments are kept in the order of strpos(text, part).
  syntax_ptr position(syntax_ptr out) {
    syntax_ptr part = expression(p_range);
    if (now().is(",")) fail("write position(part in text), or strpos(text, part)");
    expect_word("in", "in position(part in text)");
    adopt(*out, expression(p_none));
    adopt(*out, std::move(part));
    expect(")", "behind position(part in text");
    return out;
  }

  std::vector<token> tokens_;
  std::size_t next_ = 0;
  int level_ = 0;
};

struct named_type {
  std::string_view name;
  vigie::kind kind;
};
// Beside these: ip and ipv4.
constexpr named_type castable[] = {
    {"bool", kind::boolean},    {"int8", kind::int8},          {"int16", kind::int16},
    {"int32", kind::int32},     {"int64", kind::int64},        {"uint8", kind::uint8},
    {"uint16", kind::uint16},   {"uint32", kind::uint32},      {"uint64", kind::uint64},
    {"float64", kind::float64}, {"text", kind::text},          {"binary", kind::binary},
    {"date", kind::date},       {"timestamp", kind::timestamp}};
constexpr named_type aliases[] = {{"boolean", kind::boolean},
                                  {"bigint", kind::int64},
                                  {"int", kind::int64},
                                  {"integer", kind::int64}};

} // namespace

bool find_type(std::string_view name, field& found) {
  if (name == "ip" || name == "ipv4") {
    found = name == "ip" ? ip_type() : ipv4_type();
    return true;
  }
  const auto look = [&](const auto& table) {
    for (const named_type& t : table) {
      if (t.name != name) continue;
      found = {.kind = t.kind};
      return true;
    }
    return false;
  };
  return look(castable) || look(aliases);
}

const std::vector<std::string>& type_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    for (const named_type& t : castable) out.emplace_back(t.name);
    out.insert(out.end(), {"ip", "ipv4"});
    return out;
  }();
  return names;
}

syntax_ptr parse(std::string_view text) { return parser(tokens_of(text)).whole(); }

} // namespace vigie::core::expr
