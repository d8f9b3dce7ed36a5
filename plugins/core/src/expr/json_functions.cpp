// SPDX-License-Identifier: Apache-2.0
// Functions that look into texts that are JSON. The whole text is checked before a part of it
// counts; one that is no JSON is an error of its row.
#include "convert.hpp"
#include "functions.hpp"
#include "json/scan.hpp"
#include "wrong.hpp"

#include <array>
#include <cstring>
#include <optional>

namespace vigie::core::expr {
namespace {

// The scanner reads objects: another value is wrapped in one, under a key without letters.
constexpr std::string_view before = R"({"":)", after = "}";
constexpr std::size_t padding = 64; // readable bytes behind a text, as the scanner wants

struct place {
  bool whole = true; // no path
  json_wants in_object, in_wrapped;
};

// A path may begin with an item: the text can be an array.
json_path path_of(const std::string& text) {
  if (!text.starts_with('[')) return parse_json_path(text);
  json_path out = parse_json_path("\"\"" + text);
  out.erase(out.begin());
  return out;
}

std::shared_ptr<const void> prepare_place(const argument_list& args) {
  auto out = std::make_shared<place>();
  json_path path;
  if (args.size() > 1) {
    try {
      path = path_of(args[1]->value.text);
    } catch (const error& e) {
      throw wrong{VIGIE_E_CONFIG, e.message, args[1]->at};
    }
  }
  out->whole = path.empty();
  if (!out->whole) out->in_object.add(path, 0);
  path.insert(path.begin(), json_step(std::string()));
  out->in_wrapped.add(path, 0);
  // Where the value ends, to see that it is the whole text.
  out->in_wrapped.add({json_step(std::string())}, 1);
  return out;
}

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
std::string_view without_blanks(std::string_view t) {
  while (!t.empty() && blank(t.front())) t.remove_prefix(1);
  while (!t.empty() && blank(t.back())) t.remove_suffix(1);
  return t;
}

// The scanner reads lines: line ends between tokens become blanks. Those in texts stay, and are
// refused.
void join_lines(std::string& json) {
  bool inside = false;
  for (std::size_t at = 0; at < json.size(); ++at) {
    if (json[at] == '"') inside = !inside;
    if (inside && json[at] == '\\') ++at;
    if (!inside && (json[at] == '\n' || json[at] == '\r')) json[at] = ' ';
  }
}

// Finds one place in texts, with memory that is kept from row to row.
class finder {
public:
  explicit finder(const place& at) : at_(at) {}

  // false: the text is no JSON. The value's raw text lies in `text` itself.
  bool find(std::string_view text, json_value& out) {
    text = without_blanks(text);
    const bool object = text.starts_with('{') && !at_.whole;
    room_.clear();
    if (!object) room_ += before;
    const std::size_t begin = room_.size();
    room_ += text;
    if (text.find('\n') != text.npos) join_lines(room_);
    if (!object) room_ += after;
    const std::size_t size = room_.size();
    room_.append(padding, '\0');
    std::array<json_value, 2> slots;
    if (!scanner_.object({room_.data(), size}, object ? at_.in_object : at_.in_wrapped, slots))
      return false;
    if (!object && slots[1].raw.size() != text.size()) return false;
    out = slots[0];
    if (out.kind == json_kind::absent) return true;
    const auto from = static_cast<std::size_t>(out.raw.data() - room_.data());
    out.raw = text.substr(from - begin, out.raw.size());
    return true;
  }

private:
  const place& at_;
  json_scanner scanner_;
  std::string room_;
};

std::string no_json(const call_frame& f, std::size_t row) {
  const std::string what = f.node.type.sensitive ? "a text" : quoted(f.text(0, row));
  return what + " is no JSON; ask json_valid first where texts may be none";
}

// Calls work(row, value) for the rows whose JSON has the place; null for those without.
template <class Work> void each_value(const call_frame& f, Work work) {
  finder at(f.prepared<place>());
  each_live(f, [&](std::size_t row) {
    json_value found;
    if (!at.find(f.text(0, row), found)) return f.fail(row, [&] { return no_json(f, row); });
    if (found.kind == json_kind::absent) return f.null(row);
    work(row, found);
  });
}
template <class Work> void each_scalar(const call_frame& f, Work work) {
  each_value(f, [&](std::size_t row, const json_value& v) {
    if (v.kind == json_kind::null) return f.null(row);
    work(row, v);
  });
}
void fail_kind(const call_frame& f, std::size_t row, const json_value& found,
               std::string_view wanted) {
  f.fail(row, [&] {
    const std::string shown = f.node.type.sensitive ? "" : " " + quoted(found.raw);
    return "the JSON value" + shown + " is " + std::string(name_of(found.kind)) + "; expected " +
           std::string(wanted) + "; json_text takes every value";
  });
}

void json_valid(const call_frame& f) {
  const auto any = prepare_place({});
  finder at(*static_cast<const place*>(any.get()));
  each_live(f, [&](std::size_t row) {
    json_value found;
    f.put(row, std::uint8_t{at.find(f.text(0, row), found)});
  });
}

void json_get(const call_frame& f) {
  each_value(f, [&](std::size_t row, const json_value& v) { f.put(row, v.raw); });
}

void json_text(const call_frame& f) {
  std::string made;
  each_scalar(f, [&](std::size_t row, const json_value& v) {
    if (v.kind != json_kind::text) return f.put(row, v.raw);
    if (!v.escaped) return f.put(row, v.inner());
    made.clear();
    append_unescaped(made, v.inner());
    f.put(row, f.texts.keep(made));
  });
}

void json_int(const call_frame& f) {
  each_scalar(f, [&](std::size_t row, const json_value& v) {
    std::int64_t out = 0;
    if (v.kind != json_kind::integer || !parse_integer(v.raw, out))
      return fail_kind(f, row, v, "a whole number of int64");
    f.put(row, out);
  });
}
void json_real(const call_frame& f) {
  each_scalar(f, [&](std::size_t row, const json_value& v) {
    double out = 0;
    const bool number = v.kind == json_kind::integer || v.kind == json_kind::real;
    if (!number || !parse_real(v.raw, out)) return fail_kind(f, row, v, "a number of float64");
    f.put(row, out);
  });
}
void json_bool(const call_frame& f) {
  each_scalar(f, [&](std::size_t row, const json_value& v) {
    if (v.kind != json_kind::boolean) return fail_kind(f, row, v, "true or false");
    f.put(row, std::uint8_t{v.raw == "true"});
  });
}

void json_type(const call_frame& f) {
  each_value(f, [&](std::size_t row, const json_value& v) {
    switch (v.kind) {
    case json_kind::null: return f.put(row, std::string_view("null"));
    case json_kind::boolean: return f.put(row, std::string_view("boolean"));
    case json_kind::integer:
    case json_kind::real: return f.put(row, std::string_view("number"));
    case json_kind::text: return f.put(row, std::string_view("string"));
    case json_kind::array: return f.put(row, std::string_view("array"));
    default: return f.put(row, std::string_view("object"));
    }
  });
}

// Items of an array or keys of an object that was checked before: the commas of its own level.
std::int64_t parts_of(std::string_view raw) {
  std::int64_t commas = 0, level = 0;
  bool any = false;
  for (std::size_t at = 0; at < raw.size(); ++at) {
    const char c = raw[at];
    if (level >= 1 && !blank(c) && !(level == 1 && (c == ']' || c == '}'))) any = true;
    if (c == '"') {
      for (++at; raw[at] != '"'; ++at)
        if (raw[at] == '\\') ++at;
    } else if (c == '[' || c == '{') {
      ++level;
    } else if (c == ']' || c == '}') {
      --level;
    } else if (c == ',' && level == 1) {
      ++commas;
    }
  }
  return any ? commas + 1 : 0;
}
void json_length(const call_frame& f) {
  each_value(f, [&](std::size_t row, const json_value& v) {
    if (v.kind != json_kind::array && v.kind != json_kind::object) return f.null(row);
    f.put(row, parts_of(v.raw));
  });
}

constexpr function table[] = {
    {"json_bool", "json_bool(json, path)", "tc", 2, 'b', json_bool, prepare_place},
    {"json_get", "json_get(json, path)", "tc", 2, 'j', json_get, prepare_place},
    {"json_int", "json_int(json, path)", "tc", 2, 'i', json_int, prepare_place},
    {"json_length", "json_length(json [, path])", "tc", 1, 'i', json_length, prepare_place},
    {"json_real", "json_real(json, path)", "tc", 2, 'r', json_real, prepare_place},
    {"json_text", "json_text(json, path)", "tc", 2, 't', json_text, prepare_place},
    {"json_type", "json_type(json [, path])", "tc", 1, 't', json_type, prepare_place},
    {"json_valid", "json_valid(text)", "t", 1, 'b', json_valid},
};

} // namespace

std::span<const function> json_functions() { return table; }

} // namespace vigie::core::expr
