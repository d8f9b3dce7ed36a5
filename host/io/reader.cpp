// SPDX-License-Identifier: Apache-2.0
#include "io/reader.hpp"

#include "io/errors.hpp"
#include "io/record_borders.hpp"
#include "io/tar.hpp"
#include "io/text_source.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

namespace vigie::io {
namespace {

class chunk_reader final : public split_reader {
public:
  chunk_reader(const std::string& path, const read_options& options,
               std::unique_ptr<text_source> source)
      : path_(path), options_(options), source_(std::move(source)),
        offset_(source_->first_offset()) {}

  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] bool told_break() const { return told_break_; }

  result<std::optional<chunk>> next() override;
  [[nodiscard]] const std::optional<split_digest>& digest() const override { return digest_; }
  [[nodiscard]] const std::string& encoding() const override { return source_->encoding(); }
  [[nodiscard]] std::uint64_t replaced() const override { return source_->replaced(); }
  [[nodiscard]] std::uint64_t stored_bytes() const override { return source_->stored_bytes(); }

private:
  // A buffer being filled with whole records.
  struct filling {
    std::shared_ptr<std::byte[]> bytes;
    std::size_t capacity = 0;
    std::size_t size = 0;

    [[nodiscard]] char* data() const { return reinterpret_cast<char*>(bytes.get()); }
    [[nodiscard]] std::string_view text() const { return {data(), size}; }
  };

  [[nodiscard]] result<std::optional<chunk>> step();
  [[nodiscard]] std::size_t first_capacity() const;
  static void grow(filling& f, std::size_t capacity);
  [[nodiscard]] result<std::size_t> read(char* to, std::size_t bytes);
  void unread(std::string_view last);
  [[nodiscard]] std::size_t held_back() const { return carry_.size() - carry_at_; }
  [[nodiscard]] status fill(filling& f);
  [[nodiscard]] status end_or_break();
  [[nodiscard]] result<std::optional<chunk>> break_off(const filling& f);
  [[nodiscard]] result<bool> begins_too_long(const filling& f) const;
  [[nodiscard]] chunk emit(const filling& f, std::size_t end);
  [[nodiscard]] result<std::optional<chunk>> skip(const filling& f);
  [[nodiscard]] result<std::uint64_t> length_from(std::string_view seen);
  [[nodiscard]] status finish();

  std::string path_;
  read_options options_;
  std::unique_ptr<text_source> source_;
  std::uint64_t offset_;    // of the next record
  std::vector<char> carry_; // bytes read too far; those from carry_at_ on come again
  std::size_t carry_at_ = 0;
  bool ended_ = false;                  // the source has
  std::optional<diagnostic> broken_by_; // instead of its end
  bool told_break_ = false;
  bool gave_any_ = false;
  bool finished_ = false;
  std::optional<diagnostic> failed_;
  std::optional<split_digest> digest_;
};

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

// Bytes of the member at hand; the archive's reader outlives it.
class member_stream final : public byte_stream {
public:
  explicit member_stream(tar_reader& tar) : tar_(tar) {}
  result<std::size_t> read(char* to, std::size_t bytes) override { return tar_.read(to, bytes); }

private:
  tar_reader& tar_;
};

class archive_reader final : public split_reader {
public:
  archive_reader(const input& in, const read_options& options, std::unique_ptr<text_source> archive)
      : in_(in), options_(options), archive_(std::move(archive)),
        tar_(archive_->stream(), in.path) {
    options_.digest = false; // of members
    digests_ = options.digest;
  }

  [[nodiscard]] bool is_archive() const override { return true; }
  result<std::optional<member>> next_member() override;
  result<std::optional<chunk>> next() override;
  [[nodiscard]] const std::optional<split_digest>& digest() const override { return digest_; }
  [[nodiscard]] const std::string& encoding() const override { return encoding_; }
  [[nodiscard]] std::uint64_t replaced() const override {
    return replaced_ + (text_ ? text_->replaced() : 0);
  }
  [[nodiscard]] std::uint64_t stored_bytes() const override { return archive_->stored_bytes(); }
  [[nodiscard]] std::pair<std::uint64_t, std::string> passed_over() const override {
    return {tar_.passed_over(), well_formed(tar_.first_passed_over())};
  }

private:
  [[nodiscard]] result<std::optional<member>> step();
  [[nodiscard]] result<std::optional<tar_member>> find_member();
  [[nodiscard]] status leave_member();
  [[nodiscard]] status finish();

  input in_;
  read_options options_;
  std::unique_ptr<text_source> archive_;
  tar_reader tar_;
  std::optional<tar_member> at_;
  std::unique_ptr<chunk_reader> text_;
  std::int64_t longer_ = 0; // the texts so far than their stored bytes
  std::uint64_t replaced_ = 0;
  std::string encoding_;
  bool digests_ = true;
  bool finished_ = false;
  bool broke_in_member_ = false;
  std::optional<chunk> break_; // behind the last member
  std::optional<diagnostic> failed_;
  std::optional<split_digest> digest_;
};

// What was not read of a text is read, so that the next one gets its offset.
status archive_reader::leave_member() {
  if (!text_) return {};
  for (bool more = true; more;) {
    const auto c = text_->next();
    if (!c) return c.error();
    more = c->has_value();
  }
  replaced_ += text_->replaced();
  broke_in_member_ = text_->told_break() && tar_.is_broken();
  const std::string& encoding = text_->encoding();
  if (encoding_.empty()) encoding_ = encoding;
  if (encoding_ != encoding) encoding_ = "auto"; // each member has one of its own
  const auto text = static_cast<std::int64_t>(text_->offset());
  longer_ = text - static_cast<std::int64_t>(at_->offset + at_->size);
  text_.reset();
  return {};
}

// Nothing where the archive breaks off; a break within a member was told as that member's.
result<std::optional<tar_member>> archive_reader::find_member() {
  auto found = tar_.next();
  if (found || !options_.give_breaks || !is_break(found.error())) return found;
  if (broke_in_member_) return std::optional<tar_member>();
  chunk c;
  c.offset = static_cast<std::int64_t>(tar_.at()) + longer_;
  c.skipped = skipped_record{c.offset, 0, found.error()};
  break_ = std::move(c);
  return std::optional<tar_member>();
}

result<std::optional<chunk>> archive_reader::next() {
  if (failed_) return *failed_;
  if (break_) return std::exchange(break_, std::nullopt);
  if (!text_) return std::optional<chunk>();
  auto c = text_->next();
  if (!c) failed_ = c.error();
  return c;
}

result<std::optional<member>> archive_reader::step() {
  if (auto ok = leave_member(); !ok) return std::move(ok).error();
  auto found = find_member();
  if (!found) return std::move(found).error();
  at_ = *std::move(found);
  if (!at_) {
    if (auto ok = finish(); !ok) return std::move(ok).error();
    return std::optional<member>();
  }
  member out;
  out.name = in_.name + "!" + well_formed(at_->name);
  out.offset = static_cast<std::uint64_t>(static_cast<std::int64_t>(at_->offset) + longer_);
  const std::string shown = in_.path + "!" + well_formed(at_->name);
  auto text =
      text_source::open_member(std::make_unique<member_stream>(tar_), shown, out.offset, options_);
  if (!text) return std::move(text).error();
  auto head = (*text)->look_ahead(member_head_bytes);
  if (!head) return std::move(head).error();
  out.head = *std::move(head);
  text_ = std::make_unique<chunk_reader>(shown, options_, std::move(*text));
  return std::optional(std::move(out));
}

status archive_reader::finish() {
  finished_ = true;
  if (encoding_.empty()) encoding_ = "utf-8";
  if (status same = archive_->check_file(); !same) return same;
  if (!digests_) return {};
  result<split_digest> sum = archive_->digest();
  if (!sum) return std::move(sum).error();
  digest_ = *sum;
  return {};
}

result<std::optional<member>> archive_reader::next_member() {
  if (failed_) return *failed_;
  if (finished_) return std::optional<member>();
  auto found = step();
  if (!found) failed_ = found.error();
  return found;
}

} // namespace

result<std::unique_ptr<split_reader>> split_reader::open(const input& in, const split& part,
                                                         const read_options& options) {
  if (status good = check_options(options); !good) return std::move(good).error();
  result<std::unique_ptr<text_source>> source = text_source::open(in, part, options);
  if (!source) return std::move(source).error();
  if ((*source)->is_archive())
    return std::unique_ptr<split_reader>(
        std::make_unique<archive_reader>(in, options, std::move(*source)));
  return std::unique_ptr<split_reader>(
      std::make_unique<chunk_reader>(in.path, options, std::move(*source)));
}

result<std::string> read_head(const input& in, std::size_t bytes, const read_options& options) {
  if (in.standard_input) return std::string();
  read_options whole = options;
  whole.records = record_mode::file;
  whole.digest = false;
  whole.archives = archives::none;
  result<std::vector<split>> splits =
      plan_splits(in, 0, std::max<std::uint64_t>(1, in.facts.size), whole);
  if (!splits) return std::move(splits).error();
  result<std::unique_ptr<text_source>> source = text_source::open(in, splits->front(), whole);
  if (!source) return std::move(source).error();
  return (*source)->look_ahead(bytes);
}

} // namespace vigie::io
