// SPDX-License-Identifier: Apache-2.0
#include "json/path.hpp"

#include <vigie/vigie.hpp>

#include <charconv>

namespace vigie::core {
namespace {

[[noreturn]] void wrong(std::string_view path, std::size_t at, std::string_view what) {
  throw error(VIGIE_E_CONFIG, "path '" + std::string(path) + "': " + std::string(what) +
                                  "; write it like a.b, a[0].b or a.\"b.c\"")
      .at_param(-1, -1, static_cast<std::int64_t>(at));
}

class path_reader {
public:
  explicit path_reader(std::string_view path) : path_(path) {}

  json_path read() {
    json_path out;
    out.emplace_back(key());
    while (at_ < path_.size()) {
      if (path_[at_] == '[') {
        out.emplace_back(item());
      } else if (path_[at_] == '.') {
        ++at_;
        out.emplace_back(key());
      } else {
        wrong(path_, at_, "a dot or a bracket must follow here");
      }
    }
    return out;
  }

private:
  std::string key() {
    if (at_ < path_.size() && path_[at_] == '"') return quoted();
    const std::size_t end = std::min(path_.find_first_of(".[]\"", at_), path_.size());
    if (end == at_) wrong(path_, at_, "a key is missing here");
    std::string out(path_.substr(at_, end - at_));
    at_ = end;
    return out;
  }

  std::string quoted() {
    const std::size_t start = at_++;
    std::string out;
    for (; at_ < path_.size() && path_[at_] != '"'; ++at_) {
      if (path_[at_] == '\\' && at_ + 1 < path_.size()) ++at_;
      out += path_[at_];
    }
    if (at_ >= path_.size()) wrong(path_, start, "this quote is not closed");
    ++at_;
    return out;
  }

  std::int64_t item() {
    const char* begin = path_.data() + at_ + 1;
    std::int64_t number = 0;
    const auto done = std::from_chars(begin, path_.data() + path_.size(), number);
    const auto end = static_cast<std::size_t>(done.ptr - path_.data());
    const bool closed = end < path_.size() && path_[end] == ']';
    if (done.ec != std::errc() || !closed || number < 0)
      wrong(path_, at_, "brackets hold the number of an item, from 0");
    at_ = end + 1;
    return number;
  }

  std::string_view path_;
  std::size_t at_ = 0;
};

} // namespace

json_path parse_json_path(std::string_view path) { return path_reader(path).read(); }

void json_wants::add(const json_path& path, int slot) {
  int node = root();
  for (const json_step& step : path) node = grow(node, step);
  nodes_[static_cast<std::size_t>(node)].slots.push_back(slot);
}

int json_wants::find(int node, const json_step& step) const {
  std::size_t next = 0;
  if (const auto* key = std::get_if<std::string>(&step)) return below(node, *key, next);
  return below(node, std::get<std::int64_t>(step));
}

int json_wants::grow(int node, const json_step& step) {
  const int found = find(node, step);
  if (found != nobody) return found;
  const int made = static_cast<int>(nodes_.size());
  nodes_.emplace_back();
  place& p = nodes_[static_cast<std::size_t>(node)];
  if (const auto* key = std::get_if<std::string>(&step))
    p.keys.emplace_back(*key, made);
  else
    p.items.emplace_back(std::get<std::int64_t>(step), made);
  return made;
}

} // namespace vigie::core
