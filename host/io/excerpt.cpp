// SPDX-License-Identifier: Apache-2.0
#include "io/excerpt.hpp"

#include "io/errors.hpp"
#include "io/reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::io {
namespace {

constexpr std::uint64_t any_record = std::uint64_t{1} << 40U;

// Text around a span, and where it begins.
struct found_text {
  std::string text;
  std::uint64_t begins = 0;
};

// Adds what the text at hand has of [from, to).
status add_between(split_reader& reader, std::uint64_t from, std::uint64_t to, found_text& out) {
  for (;;) {
    auto c = reader.next();
    if (!c) return std::move(c).error();
    if (!*c) return {};
    const auto begins = static_cast<std::uint64_t>((*c)->offset);
    if (begins >= to) return {};
    const std::uint64_t first = std::max(from, begins), last = std::min(to, begins + (*c)->size);
    if (first >= last) continue;
    if (out.text.empty()) out.begins = first;
    out.text.append((*c)->data + (first - begins), last - first);
  }
}

// The part of the text that the span at `offset` needs, as far as it is there; of an archive that
// of one member.
result<found_text> text_between(const input& in, read_options options, std::uint64_t from,
                                std::uint64_t offset, std::uint64_t to) {
  options.records = record_mode::lines;
  options.max_record = any_record;
  options.digest = false;
  options.give_breaks = true; // rows before a break, and the rest that was rejected, have bytes
  auto splits = plan_splits(in, 0, std::max<std::uint64_t>(1, in.facts.size), options);
  if (!splits) return std::move(splits).error();
  split part = std::move(splits->front());
  if (!part.whole) {
    part.begin = std::min(from, in.facts.size);
    part.end = std::min(to, in.facts.size);
  }
  auto reader = split_reader::open(in, part, options);
  if (!reader) return std::move(reader).error();
  found_text out{.text = {}, .begins = from};
  if (!(*reader)->is_archive()) {
    if (auto ok = add_between(**reader, from, to, out); !ok) return std::move(ok).error();
    return out;
  }
  for (;;) {
    auto m = (*reader)->next_member();
    if (!m) return std::move(m).error();
    if (!*m || (*m)->offset > offset) return out;
    out = {.text = {}, .begins = from};
    if (auto ok = add_between(**reader, from, to, out); !ok) return std::move(ok).error();
    if (out.begins + out.text.size() > offset) return out;
  }
}

} // namespace

result<excerpt> read_excerpt(const input& in, const read_options& options, std::uint64_t offset,
                             std::uint64_t length, std::uint64_t most, std::uint64_t around) {
  const std::uint64_t shown = std::min(length, most);
  const std::uint64_t from = offset - std::min(offset, around);
  auto text =
      text_between(in, options, from, offset, offset + shown + (shown == length ? around : 0));
  if (!text) return std::move(text).error();
  const std::string_view all = text->text;
  const std::uint64_t before = offset - std::min(offset, text->begins);
  if (all.size() < before + shown)
    return fail(code::input_truncated,
                fmt::format("'{}' ends before byte {}", in.path, offset + shown))
        .at(in_file(in.path, text->begins + all.size()));
  return excerpt{std::string(all.substr(0, before)), std::string(all.substr(before, shown)),
                 std::string(all.substr(before + shown)), length - shown};
}

} // namespace vigie::io
