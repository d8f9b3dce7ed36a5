// SPDX-License-Identifier: Apache-2.0
// Random expressions over random rows, computed by the evaluator and by a plain walk over one row
// at a time that knows nothing of chunks, masks and kernels.
#include "catch.hpp"
#include "expr_support.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <random>

using namespace vigie::core;
using vigie::kind;

namespace {

struct failure {}; // the row is rejected

using value = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string>;
using row = std::vector<value>;
using compute = std::function<value(const row&)>;

struct made { // an expression as text and as a function
  std::string text;
  compute run;
};

bool absent(const value& v) { return v.index() == 0; }
std::int64_t whole(const value& v) { return std::get<std::int64_t>(v); }

// long double holds every int64 and every double exactly on the machines this runs on.
static_assert(std::numeric_limits<long double>::digits >= 64);
int order(const value& a, const value& b) {
  if (const auto* text = std::get_if<std::string>(&a)) {
    const int c = text->compare(std::get<std::string>(b));
    return c < 0 ? -1 : c > 0;
  }
  const auto number = [](const value& v) -> long double {
    if (const auto* truth = std::get_if<bool>(&v)) return *truth ? 1 : 0;
    if (const auto* real = std::get_if<double>(&v)) return *real;
    return static_cast<long double>(whole(v));
  };
  const long double x = number(a), y = number(b);
  if (std::isnan(x) || std::isnan(y)) return int{std::isnan(x)} - int{std::isnan(y)};
  return x < y ? -1 : x > y;
}

__extension__ using wide = __int128;

value arithmetic(char op, const value& a, const value& b) {
  if (absent(a) || absent(b)) return nullptr;
  const wide x = whole(a), y = whole(b);
  if ((op == '/' || op == '%') && y == 0) throw failure{};
  const wide r = op == '+'   ? x + y
                 : op == '-' ? x - y
                 : op == '*' ? x * y
                 : op == '/' ? x / y
                             : x % y;
  if (r < INT64_MIN || r > INT64_MAX) throw failure{};
  return static_cast<std::int64_t>(r);
}

value real_arithmetic(char op, const value& a, const value& b) {
  if (absent(a) || absent(b)) return nullptr;
  const double x = std::get<double>(a), y = std::get<double>(b);
  if (op == '/' && y == 0 && !std::isnan(x)) throw failure{};
  const double r = op == '+' ? x + y : op == '-' ? x - y : op == '*' ? x * y : x / y;
  if (std::isinf(r) && !std::isinf(x) && !std::isinf(y)) throw failure{};
  return r;
}

bool like(std::string_view text, std::string_view pattern) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '%')
    return like(text, pattern.substr(1)) || (!text.empty() && like(text.substr(1), pattern));
  return !text.empty() && (pattern[0] == '_' || pattern[0] == text[0]) &&
         like(text.substr(1), pattern.substr(1));
}

value parse(const value& v, bool attempt) {
  if (absent(v)) return nullptr;
  const auto& text = std::get<std::string>(v);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  const bool digits = text.size() > first && text.size() < 30 &&
                      text.find_first_not_of("0123456789", first) == std::string::npos;
  wide number = 0;
  for (std::size_t at = first; digits && at < text.size(); ++at)
    number = number * 10 + (text[at] - '0');
  if (first == 1) number = -number;
  if (digits && number >= INT64_MIN && number <= INT64_MAX)
    return static_cast<std::int64_t>(number);
  if (attempt) return nullptr;
  throw failure{};
}

// Columns: i, j int64; s int32; r, q float64; t, u text; b, c bool.
class generator {
public:
  explicit generator(std::uint64_t seed) : random_(seed) {}

  made expression(int depth) {
    switch (below(4)) {
    case 0: return integer(depth);
    case 1: return real(depth);
    case 2: return text(depth);
    default: return truth(depth);
    }
  }
  made truth(int depth) {
    if (depth == 0) return leaf(7, 2, {"true", "false"}, {true, false});
    switch (below(11)) {
    case 0: return all_of(truth(depth - 1), truth(depth - 1), truth(depth - 1));
    case 1: return any_of(truth(depth - 1), truth(depth - 1));
    case 2: return invert(truth(depth - 1));
    case 3:
    case 4:
    case 5: return compare(depth - 1);
    case 6: return is_null(expression(depth - 1));
    case 7: return in_list(depth - 1);
    case 8: return between(depth - 1);
    case 9: return matches(text(depth - 1));
    default: return either(truth(depth - 1), truth(depth - 1), truth(depth - 1));
    }
  }

private:
  std::size_t below(std::size_t n) { return random_() % n; }
  template <class T> T pick(std::vector<T> of) { return of[below(of.size())]; }

  // One of `n` columns from `first`, or a literal.
  made leaf(std::size_t first, std::size_t n, std::vector<std::string> texts,
            std::vector<value> values) {
    static const char* const names[] = {"i", "j", "s", "r", "q", "t", "u", "b", "c"};
    if (below(3) > 0) {
      const std::size_t at = first + below(n);
      return {names[at], [at](const row& r) { return r[at]; }};
    }
    const std::size_t at = below(texts.size());
    return {texts[at], [v = values[at]](const row&) { return v; }};
  }

  made integer(int depth) {
    if (depth == 0)
      return leaf(0, 3,
                  {"0", "1", "(-1)", "3", "9223372036854775807", "(-9223372036854775808)",
                   "cast(null as int64)"},
                  {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{3}, INT64_MAX,
                   INT64_MIN, nullptr});
    switch (below(7)) {
    case 0:
    case 1:
    case 2: {
      const char op = pick<char>({'+', '-', '*', '/', '%'});
      made a = integer(depth - 1), b = integer(depth - 1);
      return {"(" + a.text + " " + op + " " + b.text + ")", [=](const row& r) {
                const value x = a.run(r), y = b.run(r);
                return arithmetic(op, x, y);
              }};
    }
    case 3: return either(truth(depth - 1), integer(depth - 1), integer(depth - 1));
    case 4: return first_of(integer(depth - 1), integer(depth - 1));
    case 5: return cast_text(text(depth - 1), below(2) == 0);
    default: return extreme(integer(depth - 1), integer(depth - 1), below(2) == 0);
    }
  }

  made real(int depth) {
    if (depth == 0)
      return leaf(3, 2,
                  {"0.0", "1.5", "1e308", "9007199254740992.0", "cast('nan' as float64)",
                   "9223372036854775808.0"},
                  {0.0, 1.5, 1e308, 9007199254740992.0, std::nan(""), 9223372036854775808.0});
    switch (below(5)) {
    case 0:
    case 1: {
      const char op = pick<char>({'+', '-', '*', '/'});
      made a = real(depth - 1), b = real(depth - 1);
      return {"(" + a.text + " " + op + " " + b.text + ")", [=](const row& r) {
                const value x = a.run(r), y = b.run(r);
                return real_arithmetic(op, x, y);
              }};
    }
    case 2: return either(truth(depth - 1), real(depth - 1), real(depth - 1));
    case 3: return first_of(real(depth - 1), real(depth - 1));
    default: return extreme(real(depth - 1), real(depth - 1), below(2) == 0);
    }
  }

  made text(int depth) {
    using std::string;
    if (depth == 0)
      return leaf(5, 2, {"''", "'a'", "'ab'", "'7'", "cast(null as text)"},
                  {string(), string("a"), string("ab"), string("7"), nullptr});
    switch (below(8)) {
    case 5: return reversed(text(depth - 1));
    case 6: return first_characters(text(depth - 1), integer(depth - 1));
    case 7: return first_match(text(depth - 1));
    case 0: {
      made a = text(depth - 1), b = text(depth - 1);
      return {"(" + a.text + " || " + b.text + ")", [=](const row& r) -> value {
                const value x = a.run(r), y = b.run(r);
                if (absent(x) || absent(y)) return nullptr;
                return std::get<std::string>(x) + std::get<std::string>(y);
              }};
    }
    case 1: {
      made a = integer(depth - 1);
      return {"cast(" + a.text + " as text)", [=](const row& r) -> value {
                const value x = a.run(r);
                if (absent(x)) return nullptr;
                return std::to_string(whole(x));
              }};
    }
    case 2: return either(truth(depth - 1), text(depth - 1), text(depth - 1));
    case 3: return null_if(text(depth - 1), text(depth - 1));
    default: return extreme(text(depth - 1), text(depth - 1), below(2) == 0);
    }
  }

  made reversed(made a) {
    return {"reverse(" + a.text + ")", [=](const row& r) -> value {
              value x = a.run(r);
              if (auto* text = std::get_if<std::string>(&x))
                std::reverse(text->begin(), text->end());
              return x;
            }};
  }
  made first_characters(made a, made n) {
    return {"left(" + a.text + ", " + n.text + ")", [=](const row& r) -> value {
              const value x = a.run(r), y = n.run(r);
              if (absent(x) || absent(y)) return nullptr;
              const auto& text = std::get<std::string>(x);
              const auto size = static_cast<wide>(text.size());
              const wide kept = whole(y) < 0 ? size + whole(y) : wide{whole(y)};
              return text.substr(0, static_cast<std::size_t>(std::clamp<wide>(kept, 0, size)));
            }};
  }
  // The first run of letters a and b.
  made first_match(made a) {
    return {"regexp_extract(" + a.text + ", '[ab]+')", [=](const row& r) -> value {
              const value x = a.run(r);
              if (absent(x)) return nullptr;
              const auto& text = std::get<std::string>(x);
              const std::size_t from = text.find_first_of("ab");
              if (from == text.npos) return nullptr;
              return text.substr(from, text.find_first_not_of("ab", from) - from);
            }};
  }

  made all_of(made a, made b, made c) {
    return {"(" + a.text + " and " + b.text + " and " + c.text + ")", [=](const row& r) -> value {
              bool unknown = false;
              for (const made* m : {&a, &b, &c}) {
                const value v = m->run(r);
                if (absent(v))
                  unknown = true;
                else if (!std::get<bool>(v))
                  return false;
              }
              if (unknown) return nullptr;
              return true;
            }};
  }
  made any_of(made a, made b) {
    return {"(" + a.text + " or " + b.text + ")", [=](const row& r) -> value {
              const value x = a.run(r);
              if (!absent(x) && std::get<bool>(x)) return true;
              const value y = b.run(r);
              if (!absent(y) && std::get<bool>(y)) return true;
              if (absent(x) || absent(y)) return nullptr;
              return false;
            }};
  }
  made invert(made a) {
    return {"(not " + a.text + ")", [=](const row& r) -> value {
              const value x = a.run(r);
              if (absent(x)) return nullptr;
              return !std::get<bool>(x);
            }};
  }
  made is_null(made a) {
    const bool negated = below(2) == 0;
    return {"(" + a.text + (negated ? " is not null)" : " is null)"),
            [=](const row& r) -> value { return absent(a.run(r)) != negated; }};
  }

  // Two expressions that can be compared.
  std::pair<made, made> two(int depth) {
    switch (below(5)) {
    case 0: return {integer(depth), integer(depth)};
    case 1: return {text(depth), text(depth)};
    case 2: return {integer(depth), real(depth)};
    case 3: return {truth(depth), truth(depth)};
    default: return {real(depth), below(2) == 0 ? real(depth) : integer(depth)};
    }
  }
  made compare(int depth) {
    auto [a, b] = two(depth);
    const std::string op = pick<std::string>(
        {"=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from"});
    return {
        "(" + a.text + " " + op + " " + b.text + ")", [a = a, b = b, op](const row& r) -> value {
          const value x = a.run(r), y = b.run(r);
          if (op.starts_with("is")) {
            const bool same = absent(x) || absent(y) ? absent(x) == absent(y) : order(x, y) == 0;
            return same == (op == "is not distinct from");
          }
          if (absent(x) || absent(y)) return nullptr;
          const int o = order(x, y);
          if (op == "=") return o == 0;
          if (op == "<>") return o != 0;
          if (op == "<") return o < 0;
          if (op == "<=") return o <= 0;
          return op == ">" ? o > 0 : o >= 0;
        }};
  }

  // Constants are looked at first, then the others from left to right.
  made in_list(int depth) {
    auto [x, item] = two(depth);
    const bool negated = below(2) == 0;
    std::string text = "(" + x.text + (negated ? " not" : "") + " in (" + item.text;
    std::vector<made> items = {item};
    const bool with_null = below(3) == 0;
    if (with_null) text += ", null";
    return {text + "))", [x = x, items, with_null, negated](const row& r) -> value {
              const value v = x.run(r);
              if (absent(v)) return nullptr;
              bool unknown = with_null;
              for (const made& m : items) {
                const value i = m.run(r);
                if (absent(i))
                  unknown = true;
                else if (order(v, i) == 0)
                  return !negated;
              }
              if (unknown) return nullptr;
              return negated;
            }};
  }
  made between(int depth) {
    auto [x, low] = two(depth);
    made high = low;
    const bool negated = below(2) == 0;
    return {"(" + x.text + (negated ? " not" : "") + " between " + low.text + " and " + high.text +
                ")",
            [x = x, low = low, high, negated](const row& r) -> value {
              const value v = x.run(r), l = low.run(r);
              const bool known = !absent(v) && !absent(l);
              if (known && order(v, l) < 0) return negated;
              const value h = high.run(r);
              if (absent(v) || absent(h)) return nullptr;
              if (order(v, h) > 0) return negated;
              if (!known) return nullptr;
              return !negated;
            }};
  }
  made matches(made a) {
    if (below(3) == 0)
      return {"(" + a.text + " ~ '^a.*b$')", [=](const row& r) -> value {
                const value x = a.run(r);
                if (absent(x)) return nullptr;
                const auto& text = std::get<std::string>(x);
                return text.size() > 1 && text.starts_with('a') && text.ends_with('b');
              }};
    const auto pattern =
        pick<std::string>({"%", "a%", "%b", "_", "%a%", "a_", "", "%_b%", "%7%7%"});
    return {"(" + a.text + " like '" + pattern + "')", [=](const row& r) -> value {
              const value x = a.run(r);
              if (absent(x)) return nullptr;
              return like(std::get<std::string>(x), pattern);
            }};
  }
  made either(made when, made then, made otherwise) {
    return {"case when " + when.text + " then " + then.text + " else " + otherwise.text + " end",
            [=](const row& r) {
              const value w = when.run(r);
              return !absent(w) && std::get<bool>(w) ? then.run(r) : otherwise.run(r);
            }};
  }
  made first_of(made a, made b) {
    return {"coalesce(" + a.text + ", " + b.text + ")", [=](const row& r) {
              const value x = a.run(r);
              return absent(x) ? b.run(r) : x;
            }};
  }
  made null_if(made a, made b) {
    return {"nullif(" + a.text + ", " + b.text + ")", [=](const row& r) -> value {
              const value x = a.run(r), y = b.run(r);
              if (!absent(x) && !absent(y) && order(x, y) == 0) return nullptr;
              return x;
            }};
  }
  made extreme(made a, made b, bool greatest) {
    return {(greatest ? "greatest(" : "least(") + a.text + ", " + b.text + ")", [=](const row& r) {
              const value x = a.run(r), y = b.run(r);
              if (absent(x) || absent(y)) return absent(x) ? y : x;
              const int o = order(x, y);
              return (greatest ? o < 0 : o > 0) ? y : x;
            }};
  }
  made cast_text(made a, bool attempt) {
    return {(attempt ? "try_cast(" : "cast(") + a.text + " as int64)",
            [=](const row& r) { return parse(a.run(r), attempt); }};
  }

  std::mt19937_64 random_;
};

cell to_cell(const value& v) {
  return std::visit([](const auto& x) { return cell(x); }, v);
}

bool same(const cell& a, const cell& b) {
  const auto* x = std::get_if<double>(&a.value);
  const auto* y = std::get_if<double>(&b.value);
  if (x == nullptr || y == nullptr) return a == b;
  return std::isnan(*x) ? std::isnan(*y) : *x == *y;
}

// Every column draws from values that are likely to meet each other.
std::vector<row> random_rows(std::size_t n) {
  std::mt19937_64 random(7);
  const std::vector<value> wholes = {
      nullptr,         std::int64_t{0}, std::int64_t{1}, std::int64_t{-1},
      std::int64_t{7}, INT64_MAX,       INT64_MIN,       std::int64_t{9007199254740993}};
  const std::vector<value> small = {nullptr, std::int64_t{0}, std::int64_t{7},
                                    std::int64_t{INT32_MIN}, std::int64_t{INT32_MAX}};
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<value> reals = {
      nullptr, 0.0, -0.0, 1.0, 7.5, std::nan(""), infinity, -infinity, 9007199254740992.0, 5e-324};
  const std::vector<value> texts = {nullptr,
                                    std::string(),
                                    std::string("a"),
                                    std::string("ab"),
                                    std::string("7"),
                                    std::string("-3"),
                                    std::string("a longer text that no view holds inline")};
  const std::vector<value> truths = {nullptr, true, false};
  std::vector<row> out;
  for (std::size_t k = 0; k < n; ++k) {
    row r;
    for (const auto* from :
         {&wholes, &wholes, &small, &reals, &reals, &texts, &texts, &truths, &truths})
      r.push_back((*from)[random() % from->size()]);
    out.push_back(std::move(r));
  }
  return out;
}

table as_table(const std::vector<row>& rows) {
  table t{{{.name = "i", .kind = kind::int64},
           {.name = "j", .kind = kind::int64},
           {.name = "s", .kind = kind::int32},
           {.name = "r", .kind = kind::float64},
           {.name = "q", .kind = kind::float64},
           {.name = "t", .format = "vu"},
           {.name = "u"},
           {.name = "b", .kind = kind::boolean},
           {.name = "c", .kind = kind::boolean}},
          {}};
  for (const row& r : rows) {
    vigie::testing::row cells;
    for (const value& v : r) cells.push_back(to_cell(v));
    t.rows.push_back(std::move(cells));
  }
  return t;
}

// The first row on which the two disagree, or "".
std::string difference(const made& m, const std::vector<row>& rows, const table& t) {
  const auto out = derived(m.text, t);
  std::map<std::int64_t, std::string> rejected;
  for (const auto& r : out.rejects) rejected[r.row] = r.why;
  for (std::size_t k = 0; k < rows.size(); ++k) {
    const bool failed = rejected.contains(static_cast<std::int64_t>(k));
    bool expected_failure = false;
    value expected = nullptr;
    try {
      expected = m.run(rows[k]);
    } catch (const failure&) {
      expected_failure = true;
    }
    if (failed != expected_failure)
      return "row " + std::to_string(k) + (failed ? " rejected" : " not rejected");
    if (failed && rejected[static_cast<std::int64_t>(k)].empty()) return "no reason";
    if (!failed && !same(out.rows[k][0], to_cell(expected)))
      return "row " + std::to_string(k) + " differs";
  }
  return {};
}

} // namespace

TEST_CASE("the evaluator agrees with a plain walk over each row") {
  const std::vector<row> rows = random_rows(60);
  const table t = as_table(rows);
  generator next(20140520);
  int wrong = 0;
  for (int k = 0; k < 6000 && wrong < 3; ++k) {
    const made m = next.expression(1 + k % 4);
    const std::string what = difference(m, rows, t);
    if (what.empty()) continue;
    ++wrong;
    UNSCOPED_INFO(m.text << ": " << what);
  }
  CHECK(wrong == 0);
}
