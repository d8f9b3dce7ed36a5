// SPDX-License-Identifier: Apache-2.0
#include "io/chunk_reader.hpp"

#include "io/errors.hpp"
#include "io/record_borders.hpp"

#include <algorithm>
#include <cstring>

namespace vigie::io {

// One byte more than the longest record allowed tells a record of that length from a longer one.
std::size_t chunk_reader::first_capacity() const {
  const std::uint64_t most = options_.max_record + 1;
  const std::uint64_t expected = source_->expected();
  std::uint64_t wanted = options_.chunk_bytes;
  if (expected < most) { // one byte more lets the end be seen at once
    const std::uint64_t all = expected + held_back() + 1;
    wanted = options_.records == record_mode::file ? all : std::min(wanted, all);
  }
  return static_cast<std::size_t>(std::min(most, std::max<std::uint64_t>(wanted, held_back() + 1)));
}

void chunk_reader::grow(filling& f, std::size_t capacity) {
  auto larger = std::make_shared_for_overwrite<std::byte[]>(capacity + chunk_padding);
  if (f.size > 0) std::memcpy(larger.get(), f.bytes.get(), f.size);
  f.bytes = std::move(larger);
  f.capacity = capacity;
}

// As byte_stream::read, with what was read too far coming first.
result<std::size_t> chunk_reader::read(char* to, std::size_t bytes) {
  const std::size_t again = std::min(bytes, held_back());
  if (again > 0) std::memcpy(to, carry_.data() + carry_at_, again);
  carry_at_ += again;
  if (again == bytes) return again;
  const result<std::size_t> more = source_->read(to + again, bytes - again);
  if (!more && (again == 0 || !is_break(more.error()))) return more.error();
  return again + (more ? *more : 0);
}

// Gives back the last bytes that were read. A tiny max_record gives back a window in many small
// steps, so what is still held is not copied each time.
void chunk_reader::unread(std::string_view last) {
  if (held_back() > 0 && last.size() <= carry_at_) {
    carry_at_ -= last.size();
    return;
  }
  std::vector<char> all(last.begin(), last.end());
  all.insert(all.end(), carry_.begin() + static_cast<std::ptrdiff_t>(carry_at_), carry_.end());
  carry_ = std::move(all);
  carry_at_ = 0;
}

status chunk_reader::fill(filling& f) {
  const result<std::size_t> got = read(f.data() + f.size, f.capacity - f.size);
  if (!got && !is_break(got.error())) return got.error();
  f.size += got ? *got : 0;
  return f.size < f.capacity ? end_or_break() : status();
}

// Asked where the source gave less than it was asked for.
status chunk_reader::end_or_break() {
  ended_ = true;
  char one = 0;
  const result<std::size_t> more = source_->read(&one, 1);
  if (more) return {};
  if (!options_.give_breaks || !is_break(more.error())) return more.error();
  broken_by_ = more.error();
  return {};
}

// The whole records before a break; once there are none, the rest.
result<std::optional<chunk>> chunk_reader::break_off(const filling& f) {
  const result<std::size_t> end = last_end(options_, f.text(), path_, offset_);
  if (!end) return end.error();
  if (*end > 0) return std::optional(emit(f, *end));
  chunk c = emit(f, f.size);
  c.skipped = skipped_record{c.offset, static_cast<std::int64_t>(c.size), broken_by_};
  told_break_ = true;
  return std::optional(std::move(c));
}

result<bool> chunk_reader::begins_too_long(const filling& f) const {
  if (f.size <= options_.max_record) return false;
  const result<std::int64_t> end = first_end(options_, f.text(), true, path_, offset_);
  if (!end) return end.error();
  return *end < 0 || static_cast<std::uint64_t>(*end) > options_.max_record;
}

chunk chunk_reader::emit(const filling& f, std::size_t end) {
  unread(f.text().substr(end));
  std::memset(f.data() + end, 0, chunk_padding);
  chunk c{.buffer = f.bytes,
          .data = f.data(),
          .size = end,
          .offset = static_cast<std::int64_t>(offset_),
          .skipped = std::nullopt};
  offset_ += end;
  gave_any_ = true;
  return c;
}

result<std::optional<chunk>> chunk_reader::step() {
  filling f;
  grow(f, first_capacity());
  while (!told_break_) {
    if (status filled = fill(f); !filled) return std::move(filled).error();
    const result<bool> too_long = begins_too_long(f);
    if (!too_long) return too_long.error();
    if (*too_long) return skip(f);
    if (broken_by_) return break_off(f);
    if (ended_ && f.size == 0 && (gave_any_ || options_.records != record_mode::file)) break;
    const result<std::size_t> end = ended_ ? f.size : last_end(options_, f.text(), path_, offset_);
    if (!end) return end.error();
    if (*end > 0 || ended_) return std::optional(emit(f, *end));
    grow(f, static_cast<std::size_t>(
                std::min<std::uint64_t>(f.capacity * 2, options_.max_record + 1)));
  }
  if (status done = finish(); !done) return std::move(done).error();
  return std::optional<chunk>();
}

// The length of a record whose first bytes, all that were read, are `seen`: reads on to its end and
// gives back the rest. The memory is one window, whatever the length.
result<std::uint64_t> chunk_reader::length_from(std::string_view seen) {
  const bool own = options_.records == record_mode::own;
  std::vector<char> window(own ? search_window(options_) : std::size_t{1} << 16U);
  std::size_t held =
      own ? std::min(seen.size(), window.size() / 2) : 0; // a border may need what stands before it
  std::memcpy(window.data(), seen.data() + seen.size() - held, held);
  std::uint64_t length = seen.size();
  for (;;) {
    const std::size_t wanted = window.size() - held;
    const result<std::size_t> got = read(window.data() + held, wanted);
    if (!got && !is_break(got.error())) return got.error();
    held += got ? *got : 0;
    length += got ? *got : 0;
    const bool ends = !got || *got < wanted;
    const std::string_view text{window.data(), held};
    const result<std::int64_t> end = first_end(options_, text, false, path_, offset_);
    if (!end) return end.error();
    if (*end > 0) {
      const std::string_view behind = text.substr(static_cast<std::size_t>(*end));
      unread(behind);
      return length - behind.size();
    }
    if (ends) {
      if (status known = end_or_break(); !known) return std::move(known).error();
      return length;
    }
    const std::size_t keep = own ? held / 2 : 0;
    std::memmove(window.data(), window.data() + held - keep, keep);
    held = keep;
  }
}

result<std::optional<chunk>> chunk_reader::skip(const filling& f) {
  const result<std::int64_t> end = first_end(options_, f.text(), true, path_, offset_);
  if (!end) return end.error();
  std::uint64_t length = f.size;
  if (*end > 0) {
    length = static_cast<std::uint64_t>(*end);
    unread(f.text().substr(static_cast<std::size_t>(*end)));
  } else if (!ended_) {
    const result<std::uint64_t> all = length_from(f.text());
    if (!all) return all.error();
    length = *all;
  }
  chunk c;
  c.offset = static_cast<std::int64_t>(offset_);
  c.skipped = skipped_record{c.offset, static_cast<std::int64_t>(length), {}};
  if (broken_by_ && *end <= 0) {
    c.skipped->broken_by = broken_by_;
    told_break_ = true;
  }
  offset_ += length;
  gave_any_ = true;
  return std::optional(std::move(c));
}

status chunk_reader::finish() {
  finished_ = true;
  if (status same = source_->check_file(); !same) return same;
  if (!options_.digest) return {};
  result<split_digest> sum = source_->digest();
  if (!sum) return std::move(sum).error();
  digest_ = *sum;
  return {};
}

result<std::optional<chunk>> chunk_reader::next() {
  if (failed_) return *failed_;
  if (finished_) return std::optional<chunk>();
  result<std::optional<chunk>> c = step();
  if (!c) failed_ = c.error();
  return c;
}

} // namespace vigie::io
