// SPDX-License-Identifier: Apache-2.0
#include "io/excerpt.hpp"

#include "io/errors.hpp"
#include "io/reader.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::io {
namespace {

constexpr std::uint64_t any_record = std::uint64_t{1} << 40U;

// The part of the text that the span needs, as far as it is there.
result<std::string> text_between(const input& in, read_options options, std::uint64_t from,
                                 std::uint64_t to) {
  options.records = record_mode::lines;
  options.max_record = any_record;
  options.digest = false;
  auto splits = plan_splits(in, 0, std::max<std::uint64_t>(1, in.facts.size), options);
  if (!splits) return std::move(splits).error();
  split part = std::move(splits->front());
  if (!part.whole) {
    part.begin = std::min(from, in.facts.size);
    part.end = std::min(to, in.facts.size);
  }
  auto reader = split_reader::open(in, part, options);
  if (!reader) return std::move(reader).error();
  std::string out;
  for (;;) {
    auto c = (*reader)->next();
    if (!c) return std::move(c).error();
    if (!*c) return out;
    const auto begins = static_cast<std::uint64_t>((*c)->offset);
    if (begins >= to) return out;
    const std::uint64_t first = std::max(from, begins), last = std::min(to, begins + (*c)->size);
    if (first < last) out.append((*c)->data + (first - begins), last - first);
  }
}

} // namespace

result<excerpt> read_excerpt(const input& in, const read_options& options, std::uint64_t offset,
                             std::uint64_t length, std::uint64_t most, std::uint64_t around) {
  const std::uint64_t shown = std::min(length, most);
  const std::uint64_t from = offset - std::min(offset, around);
  auto text = text_between(in, options, from, offset + shown + (shown == length ? around : 0));
  if (!text) return std::move(text).error();
  const std::uint64_t before = offset - from;
  if (text->size() < before + shown)
    return fail(code::input_truncated,
                fmt::format("'{}' ends before byte {}", in.path, offset + shown))
        .at(in_file(in.path, from + text->size()));
  return excerpt{text->substr(0, before), text->substr(before, shown), text->substr(before + shown),
                 length - shown};
}

} // namespace vigie::io
