// SPDX-License-Identifier: Apache-2.0
// Functions of texts: their letters, parts and lengths.
#include "characters.hpp"
#include "functions.hpp"
#include "letters.hpp"
#include "wrong.hpp"

#include <unicode/utf8.h>

#include <cstring>

namespace vigie::core::expr {
namespace {

std::int64_t number(std::size_t n) { return static_cast<std::int64_t>(n); }

template <void (*Map)(std::string_view, std::string&)> void change_case(const call_frame& f) {
  std::string made;
  each_live(f, [&](std::size_t row) {
    Map(f.text(0, row), made);
    f.put(row, f.texts.keep(made));
  });
}

void join(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view a = f.text(0, row), b = f.text(1, row);
    char* to = f.texts.take(a.size() + b.size());
    if (!a.empty()) std::memcpy(to, a.data(), a.size());
    if (!b.empty()) std::memcpy(to + a.size(), b.data(), b.size());
    f.put(row, std::string_view(to, a.size() + b.size()));
  });
}

void length(const call_frame& f) {
  each_live(f, [&](std::size_t row) { f.put(row, number(characters(f.text(0, row)))); });
}
void octet_length(const call_frame& f) {
  each_live(f, [&](std::size_t row) { f.put(row, number(f.text(0, row).size())); });
}

// Characters [from, from + count) of those that exist; from may lie before the first.
void substr(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    const std::int64_t from = f.whole(1, row);
    std::int64_t end = INT64_MAX;
    if (f.args.size() > 2) {
      const std::int64_t count = f.whole(2, row);
      if (count < 0)
        return f.fail(row,
                      [] { return std::string("substr cannot take fewer than 0 characters"); });
      if (__builtin_add_overflow(from, count, &end)) end = INT64_MAX;
    }
    const std::int64_t first = std::max<std::int64_t>(from, 1);
    if (end <= first) return f.put(row, std::string_view());
    const std::size_t begin = character_at(t, static_cast<std::size_t>(first - 1));
    const std::size_t size = character_at(t.substr(begin), static_cast<std::size_t>(end - first));
    f.put(row, t.substr(begin, size));
  });
}

// Whether the character of `t` at [at, next) is among those of `set`.
bool among(std::string_view set, std::string_view character) {
  for (std::size_t at = 0; at < set.size();) {
    const std::size_t next = next_character(set, at);
    if (set.substr(at, next - at) == character) return true;
    at = next;
  }
  return false;
}
std::string_view without_first(std::string_view t, std::string_view set) {
  while (!t.empty() && among(set, t.substr(0, next_character(t, 0))))
    t.remove_prefix(next_character(t, 0));
  return t;
}
std::string_view without_last(std::string_view t, std::string_view set) {
  while (!t.empty()) {
    std::size_t at = t.size() - 1;
    while (at > 0 && continues_character(t[at])) --at;
    if (!among(set, t.substr(at))) break;
    t = t.substr(0, at);
  }
  return t;
}

template <bool First, bool Last> void trim(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view set = f.args.size() > 1 ? f.text(1, row) : " ";
    std::string_view t = f.text(0, row);
    if (First) t = without_first(t, set);
    if (Last) t = without_last(t, set);
    f.put(row, t);
  });
}

std::size_t count_of(std::string_view t, std::string_view part) {
  std::size_t n = 0;
  for (std::size_t at = find_part(t, part, 0); at != t.npos;
       at = find_part(t, part, at + part.size()))
    ++n;
  return n;
}

void replace(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row), part = f.text(1, row), by = f.text(2, row);
    const std::size_t n = part.empty() ? 0 : count_of(t, part);
    if (n == 0) return f.put(row, t);
    const std::size_t kept = t.size() - n * part.size();
    if (by.size() > (text_arena::most - std::min(kept, text_arena::most)) / n)
      throw too_much_text{};
    char* const made = f.texts.take(kept + n * by.size());
    char* to = made;
    std::size_t at = 0;
    for (std::size_t hit = find_part(t, part, 0); hit != t.npos; hit = find_part(t, part, at)) {
      to += t.substr(at, hit - at).copy(to, hit - at);
      to += by.copy(to, by.size());
      at = hit + part.size();
    }
    to += t.substr(at).copy(to, t.size() - at);
    f.put(row, std::string_view(made, static_cast<std::size_t>(to - made)));
  });
}

void starts_with(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    f.put(row, std::uint8_t{f.text(0, row).starts_with(f.text(1, row))});
  });
}
void ends_with(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    f.put(row, std::uint8_t{f.text(0, row).ends_with(f.text(1, row))});
  });
}
void contains(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const bool hit = find_part(f.text(0, row), f.text(1, row), 0) != std::string_view::npos;
    f.put(row, std::uint8_t{hit});
  });
}
void strpos(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    const std::size_t hit = find_part(t, f.text(1, row), 0);
    f.put(row, hit == t.npos ? std::int64_t{0} : number(characters(t.substr(0, hit))) + 1);
  });
}

// ---- parts by count ----------------------------------------------------------------------------

// The first `count` characters, or all but the last -count.
std::string_view left_part(std::string_view t, std::int64_t count) {
  if (count >= 0) return t.substr(0, character_at(t, static_cast<std::size_t>(count)));
  const auto all = number(characters(t));
  return count < -all ? std::string_view() : left_part(t, all + count);
}
void left(const call_frame& f) {
  each_live(f, [&](std::size_t row) { f.put(row, left_part(f.text(0, row), f.whole(1, row))); });
}
// The last `count` characters, or all but the first -count.
void right(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    const std::int64_t count = f.whole(1, row), all = number(characters(t));
    const std::int64_t skipped = count >= 0 ? std::max<std::int64_t>(all - count, 0)
                                            : (count == INT64_MIN ? INT64_MAX : -count);
    f.put(row, t.substr(character_at(t, static_cast<std::size_t>(skipped))));
  });
}

// `count` characters of `fill`, again and again.
void append_fill(std::string& out, std::string_view fill, std::size_t count) {
  const std::size_t of_fill = characters(fill);
  if (of_fill == 0) return;
  if (fill.size() > 0 && count / of_fill >= text_arena::most / fill.size()) throw too_much_text{};
  for (; count >= of_fill; count -= of_fill) out += fill;
  out += fill.substr(0, character_at(fill, count));
}
template <bool Front> void pad(const call_frame& f) {
  std::string made;
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row), fill = f.args.size() > 2 ? f.text(2, row) : " ";
    const auto size = static_cast<std::size_t>(std::max<std::int64_t>(f.whole(1, row), 0));
    const std::size_t own = characters(t);
    if (own >= size) return f.put(row, t.substr(0, character_at(t, size)));
    made.clear();
    if (!Front) made += t;
    append_fill(made, fill, size - own);
    if (Front) made += t;
    f.put(row, f.texts.keep(made));
  });
}

void repeat(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    const auto times = static_cast<std::size_t>(std::max<std::int64_t>(f.whole(1, row), 0));
    if (t.empty() || times == 0) return f.put(row, std::string_view());
    if (times > text_arena::most / t.size()) throw too_much_text{};
    char* const made = f.texts.take(t.size() * times);
    char* to = made;
    for (std::size_t n = 0; n < times; ++n) to += t.copy(to, t.size());
    f.put(row, std::string_view(made, t.size() * times));
  });
}

void reverse(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    char* const made = f.texts.take(t.size());
    char* to = made + t.size();
    for (std::size_t at = 0; at < t.size();) {
      const std::size_t next = next_character(t, at);
      to -= next - at;
      t.substr(at, next - at).copy(to, next - at);
      at = next;
    }
    f.put(row, std::string_view(made, t.size()));
  });
}

// Field `n` from the front, or from the back where it is below 0.
std::string_view field_of(std::string_view t, std::string_view border, std::int64_t n) {
  if (border.empty()) return n == 1 || n == -1 ? t : std::string_view();
  if (n < 0) {
    const std::int64_t all = number(count_of(t, border)) + 1;
    if (n < -all) return {};
    n += all + 1;
  }
  std::size_t at = 0;
  for (std::size_t end = find_part(t, border, 0);; end = find_part(t, border, at)) {
    if (--n == 0) return t.substr(at, end == t.npos ? t.npos : end - at);
    if (end == t.npos) return {};
    at = end + border.size();
  }
}
void split_part(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::int64_t n = f.whole(2, row);
    if (n == 0)
      return f.fail(row, [] {
        return std::string("split_part counts its parts from 1, and from -1 backwards; found 0");
      });
    f.put(row, field_of(f.text(0, row), f.text(1, row), n));
  });
}

// ---- single characters -------------------------------------------------------------------------

void code_point(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    UChar32 c = 0;
    std::int32_t at = 0;
    const auto size = static_cast<std::int32_t>(std::min<std::size_t>(t.size(), 4));
    if (size > 0) U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(t.data()), at, size, c);
    f.put(row, std::int64_t{c});
  });
}
void character(const call_frame& f) {
  each_live(f, [&](std::size_t row) {
    const std::int64_t c = f.whole(0, row);
    if (c < 1 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
      return f.fail(row, [] {
        return std::string("chr wants the number of a character, 1 to 1114111 without 55296 to "
                           "57343");
      });
    char* const made = f.texts.take(4);
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(made, size, static_cast<UChar32>(c));
    f.put(row, std::string_view(made, static_cast<std::size_t>(size)));
  });
}

// ---- normal forms ------------------------------------------------------------------------------

std::shared_ptr<const void> prepare_form(const argument_list& args) {
  static const std::vector<std::string> names = {"nfc", "nfd", "nfkc", "nfkd"};
  const std::string given = args.size() > 1 ? args[1]->value.text : "nfc";
  std::string name;
  to_lower(given, name);
  const auto at = std::find(names.begin(), names.end(), name);
  if (at == names.end())
    throw wrong{VIGIE_E_CONFIG, "normalize knows NFC, NFD, NFKC and NFKD; found " + quoted(given),
                args[1]->at};
  return std::make_shared<normal_form>(static_cast<normal_form>(at - names.begin()));
}
void normalize(const call_frame& f) {
  std::string made;
  each_live(f, [&](std::size_t row) {
    const std::string_view t = f.text(0, row);
    f.put(row, to_normal(t, f.prepared<normal_form>(), made) ? f.texts.keep(made) : t);
  });
}

constexpr function table[] = {
    {"ascii", "ascii(text)", "t", 1, 'i', code_point},
    {"chr", "chr(number)", "i", 1, 't', character},
    {"contains", "contains(text, part)", "tt", 2, 'b', contains},
    {"ends_with", "ends_with(text, part)", "tt", 2, 'b', ends_with},
    {"left", "left(text, count)", "ti", 2, 't', left},
    {"length", "length(text)", "t", 1, 'i', length},
    {"lower", "lower(text)", "t", 1, 't', change_case<to_lower>},
    {"lpad", "lpad(text, size [, fill])", "tit", 2, 't', pad<true>},
    {"ltrim", "ltrim(text [, characters])", "tt", 1, 't', trim<true, false>},
    {"normalize", "normalize(text [, form])", "tc", 1, 't', normalize, prepare_form},
    {"octet_length", "octet_length(text)", "y", 1, 'i', octet_length},
    {"position", "position(part in text)", "tt", 2, 'i', strpos},
    {"repeat", "repeat(text, times)", "ti", 2, 't', repeat},
    {"replace", "replace(text, part, by)", "ttt", 3, 't', replace},
    {"reverse", "reverse(text)", "t", 1, 't', reverse},
    {"right", "right(text, count)", "ti", 2, 't', right},
    {"rpad", "rpad(text, size [, fill])", "tit", 2, 't', pad<false>},
    {"rtrim", "rtrim(text [, characters])", "tt", 1, 't', trim<false, true>},
    {"split_part", "split_part(text, border, n)", "tti", 3, 't', split_part},
    {"starts_with", "starts_with(text, part)", "tt", 2, 'b', starts_with},
    {"strpos", "strpos(text, part)", "tt", 2, 'i', strpos},
    {"substr", "substr(text, from [, count])", "tii", 2, 't', substr},
    {"trim", "trim(text [, characters])", "tt", 1, 't', trim<true, true>},
    {"upper", "upper(text)", "t", 1, 't', change_case<to_upper>},
};
constexpr function join_entry = {"||", "a || b", "tt", 2, 't', join};

} // namespace

std::span<const function> text_functions() { return table; }

const function& join_texts() { return join_entry; }

} // namespace vigie::core::expr
