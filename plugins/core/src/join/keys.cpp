// SPDX-License-Identifier: Apache-2.0
#include "join/keys.hpp"

#include "expr/lexer.hpp"

#include <algorithm>

namespace vigie::core {
namespace {

struct key_names {
  std::string left, right;
};

[[noreturn]] void fail(std::size_t item, vigie_status code, std::string message,
                       std::int64_t byte = -1) {
  throw error(code, std::move(message)).at_param(0, static_cast<int>(item), byte);
}

// name | left = right
key_names names_of(const std::string& entry) {
  const std::vector<expr::token> tokens = expr::tokens_of(entry);
  const auto name = [&](std::size_t i) {
    const expr::token& t = tokens[i];
    if (t.kind != expr::token_kind::name && t.kind != expr::token_kind::quoted_name)
      throw expr::wrong{VIGIE_E_CONFIG, "expected the name of a column, found " + describe(t),
                        t.at};
    return t.value;
  };
  key_names out{name(0), name(0)};
  std::size_t next = 1;
  if (tokens[1].is("=")) {
    out.right = name(2);
    next = 3;
  }
  if (tokens[next].kind != expr::token_kind::end)
    throw expr::wrong{VIGIE_E_CONFIG,
                      "expected 'name' or 'left = right', found " + describe(tokens[next]),
                      tokens[next].at};
  return out;
}

int position(const schema& in, const std::string& name, const char* side, std::size_t item) {
  const int found = find_field(in, name);
  if (found >= 0) return found;
  std::vector<std::string> names;
  for (const field& f : in) names.push_back(f.name);
  fail(item, VIGIE_E_SCHEMA,
       "there is no column '" + name + "' on the " + side + " side; it has " + expr::listed(names) +
           expr::did_you_mean(name, names));
}

bool is_number(kind k) {
  return is_integer(k) || k == kind::date || k == kind::timestamp || k == kind::boolean;
}

void must_be_plain(const field& f, std::size_t item) {
  if (f.kind == kind::float64)
    fail(item, VIGIE_E_SCHEMA,
         "column '" + f.name +
             "' is float64, and floating-point numbers that look alike may differ in their last "
             "bit; round them to integers with core.derive, or join by other columns");
  if (!is_number(f.kind) && !is_bytes(f.kind) && f.kind != kind::fixed_binary)
    fail(item, VIGIE_E_SCHEMA,
         "column '" + f.name + "' is " + describe(f) + "; rows are joined by plain values only");
}

void must_agree(const field& a, const field& b, std::size_t item) {
  const bool integers = is_integer(a.kind) && is_integer(b.kind);
  if ((integers || a.same_type(b)) && a.extension == b.extension) return;
  fail(item, VIGIE_E_SCHEMA,
       "column '" + a.name + "' of the left side is " + describe(a) + " and column '" + b.name +
           "' of the right side is " + describe(b) +
           "; bring both to one type with core.derive, or read them as one");
}

} // namespace

join_on join_on::bind(binding& b, const std::vector<std::string>& entries) {
  join_on out;
  if (entries.empty()) throw error(VIGIE_E_CONFIG, "no column to join by is given").at_param(0);
  std::vector<int> seen_left;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    key_names names;
    try {
      names = names_of(entries[i]);
    } catch (const expr::wrong& w) {
      fail(i, w.status, w.message, static_cast<std::int64_t>(w.at));
    }
    const int left = position(b.input(0), names.left, "left", i);
    const int right = position(b.input(1), names.right, "right", i);
    const field& l = b.input(0)[static_cast<std::size_t>(left)];
    const field& r = b.input(1)[static_cast<std::size_t>(right)];
    must_be_plain(l, i);
    must_be_plain(r, i);
    must_agree(l, r, i);
    if (std::find(out.right_columns.begin(), out.right_columns.end(), right) !=
            out.right_columns.end() ||
        std::find(seen_left.begin(), seen_left.end(), left) != seen_left.end())
      fail(i, VIGIE_E_CONFIG, "a column of '" + entries[i] + "' stands in two entries of 'on'");
    seen_left.push_back(left);
    out.right_columns.push_back(right);
    out.left.push_back(b.at(left, 0));
    out.right.push_back(b.at(right, 1));
    out.within_int64.push_back((l.kind == kind::uint64) != (r.kind == kind::uint64) &&
                               is_integer(l.kind));
    out.form = is_number(l.kind) ? key_form::number : key_form::text;
  }
  if (entries.size() > 1) out.form = key_form::several;
  return out;
}

void join_keys::read(const batch& in) {
  rows_.clear();
  keys_.clear();
  if (on_.form == key_form::text) return read_text(in[needs_[0]]);
  bytes_.clear();
  ends_.clear();
  for (std::int64_t i = 0; i < in.size(); ++i) {
    const std::size_t from = bytes_.size();
    if (encode(in, i)) {
      rows_.push_back(static_cast<std::int32_t>(i));
      ends_.push_back(bytes_.size());
    } else {
      bytes_.resize(from);
    }
  }
  std::size_t from = 0;
  for (const std::size_t end : ends_) {
    keys_.emplace_back(bytes_.data() + from, end - from);
    from = end;
  }
}

void join_keys::read_text(const column& c) {
  const std::int64_t n = c.size();
  const bool nulls = c.has_nulls();
  for (std::int64_t i = 0; i < n; ++i) {
    if (nulls && c.is_null(i)) continue;
    rows_.push_back(static_cast<std::int32_t>(i));
    keys_.push_back(c.text(i));
  }
}

// Numbers take eight bytes; texts stand behind their length, so that ("ab", "c") is not ("a",
// "bc").
bool join_keys::encode(const batch& in, std::int64_t row) {
  for (std::size_t k = 0; k < needs_.size(); ++k) {
    const column& c = in[needs_[k]];
    if (c.is_null(row)) return false;
    std::uint64_t bits = 0;
    std::string_view text;
    if (is_number(c.type().kind)) {
      bits = static_cast<std::uint64_t>(c.integer(row));
      if (on_.within_int64[k] && bits >> 63U != 0) return false;
    } else {
      text = c.text(row);
      bits = text.size();
    }
    bytes_.append(reinterpret_cast<const char*>(&bits), sizeof bits);
    bytes_ += text;
  }
  return true;
}

} // namespace vigie::core
