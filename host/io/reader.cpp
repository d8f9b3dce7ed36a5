// SPDX-License-Identifier: Apache-2.0
#include "io/reader.hpp"

#include "io/chunk_reader.hpp"
#include "io/errors.hpp"
#include "io/tar.hpp"
#include "io/text_source.hpp"

namespace vigie::io {
namespace {

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
