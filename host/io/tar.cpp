// SPDX-License-Identifier: Apache-2.0
#include "io/tar.hpp"

#include "io/errors.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace vigie::io {
namespace {

// Offsets and sizes of the fields of a header.
constexpr std::size_t name_at = 0, name_size = 100;
constexpr std::size_t size_at = 124, size_size = 12;
constexpr std::size_t sum_at = 148, sum_size = 8;
constexpr std::size_t type_at = 156;
constexpr std::size_t magic_at = 257;
constexpr std::size_t prefix_at = 345, prefix_size = 155;

constexpr std::uint64_t most_extension = std::uint64_t{1} << 20U; // names and records: bytes
constexpr std::uint64_t most_size = std::uint64_t{1} << 60U;

std::string_view until_nul(std::string_view field) { return field.substr(0, field.find('\0')); }

// Octal digits, with blanks before and blanks or NUL behind them; or base-256, told by the top bit.
std::optional<std::uint64_t> number(std::string_view field) {
  if ((static_cast<unsigned char>(field[0]) & 0x80U) != 0) {
    std::uint64_t out = static_cast<unsigned char>(field[0]) & 0x7fU;
    for (const char c : field.substr(1)) {
      if (out > std::numeric_limits<std::uint64_t>::max() >> 8U) return std::nullopt;
      out = out << 8U | static_cast<unsigned char>(c);
    }
    return out;
  }
  const std::size_t first = std::min(field.find_first_not_of(' '), field.size());
  std::size_t end = first;
  std::uint64_t out = 0; // twelve octal digits need 36 bits
  for (; end < field.size() && field[end] >= '0' && field[end] <= '7'; ++end)
    out = out * 8 + static_cast<std::uint64_t>(field[end] - '0');
  if (field.find_first_not_of(std::string_view(" \0", 2), end) != std::string_view::npos)
    return std::nullopt;
  return out;
}

// The sum of all bytes with the field itself as blanks; some old programs added signed bytes.
bool sum_is_right(std::string_view block) {
  const auto said = number(block.substr(sum_at, sum_size));
  std::int64_t plain = 0, with_sign = 0;
  for (std::size_t i = 0; i < tar_block; ++i) {
    const char c = i >= sum_at && i < sum_at + sum_size ? ' ' : block[i];
    plain += static_cast<unsigned char>(c);
    with_sign += static_cast<signed char>(c);
  }
  return said && (static_cast<std::int64_t>(*said) == plain ||
                  static_cast<std::int64_t>(*said) == with_sign);
}

bool all_zeros(std::string_view block) {
  return block.find_first_not_of('\0') == std::string_view::npos;
}

std::uint64_t padding_of(std::uint64_t size) { return (tar_block - size % tar_block) % tar_block; }

std::optional<std::uint64_t> decimal(std::string_view digits) {
  std::uint64_t out = 0;
  const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  const bool whole = bad == std::errc() && end == digits.data() + digits.size() && !digits.empty();
  return whole ? std::optional(out) : std::nullopt;
}

} // namespace

bool is_tar(std::string_view head) {
  return head.size() >= tar_block && head.substr(magic_at, 5) == "ustar" &&
         sum_is_right(head.substr(0, tar_block));
}

std::string_view tar_reader::field(std::size_t at, std::size_t size) const {
  return std::string_view(block_).substr(at, size);
}

diagnostic tar_reader::fault(code c, std::string_view what) const {
  return fail(c, fmt::format("{}, at byte {} of the archive", what, at_))
      .at(in_file(path_, at_))
      .help(c == code::archive_unsupported ? "unpack it with tar, and read the files"
                                           : "fetch the file again, or check it with `tar -t`");
}

// Of fewer bytes than were asked for: what the stream below says of its end, or that there are too
// few.
diagnostic tar_reader::early_end(std::string_view what) {
  char one = 0;
  const auto more = archive_.read(&one, 1);
  return more ? fault(code::archive_truncated, what) : more.error();
}

result<bool> tar_reader::read_block() {
  block_.resize(tar_block);
  const auto got = archive_.read(block_.data(), tar_block);
  if (!got) return got.error();
  if (*got == 0) return false;
  if (*got < tar_block) return early_end("the archive ends inside a header");
  at_ += tar_block;
  return true;
}

result<std::size_t> tar_reader::read(char* to, std::size_t bytes) {
  if (broken_) return *broken_;
  const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(bytes, left_));
  const auto got = archive_.read(to, wanted);
  if (!got && !is_break(got.error())) return got.error();
  const std::size_t read = got ? *got : 0;
  at_ += read;
  left_ -= read;
  if (read == wanted) return read;
  diagnostic end = got ? early_end("the archive ends inside a member") : got.error();
  if (!is_break(end)) return end;
  broken_ = std::move(end);
  return read > 0 ? result<std::size_t>(read) : result<std::size_t>(*broken_);
}

status tar_reader::skip_member() {
  std::string block(std::size_t{1} << 16U, '\0');
  left_ += std::exchange(padding_, 0);
  while (left_ > 0)
    if (const auto got = read(block.data(), block.size()); !got) return got.error();
  return {};
}

result<std::string> tar_reader::read_text(std::uint64_t size) {
  if (size > most_extension)
    return fault(code::archive_unsupported,
                 fmt::format("an extended header of {} bytes, more than 1 MiB", size));
  std::string out(static_cast<std::size_t>(size), '\0');
  left_ = size;
  padding_ = padding_of(size);
  const auto got = read(out.data(), out.size());
  if (!got) return got.error();
  return *got < out.size() ? result<std::string>(*broken_) : result<std::string>(std::move(out));
}

// "LENGTH KEY=VALUE\n", where LENGTH counts all of it.
status tar_reader::take_pax(std::string_view records, bool global) {
  while (!records.empty()) {
    const std::size_t blank = records.find(' ');
    const auto length = decimal(records.substr(0, std::min(blank, records.size())));
    const bool sound = blank != std::string_view::npos && length && *length > blank + 1 &&
                       *length <= records.size() && records[*length - 1] == '\n';
    if (!sound) return fault(code::archive_damaged, "an extended header is no list of records");
    const std::string_view record = records.substr(blank + 1, *length - blank - 2);
    const std::size_t equals = record.find('=');
    if (equals == std::string_view::npos)
      return fault(code::archive_damaged, "an extended header has a record without '='");
    if (auto ok = take_record(record.substr(0, equals), record.substr(equals + 1), global); !ok)
      return ok;
    records.remove_prefix(*length);
  }
  return {};
}

status tar_reader::take_record(std::string_view key, std::string_view value, bool global) {
  if (key.starts_with("GNU.sparse."))
    return fault(code::archive_unsupported, "a member with holes (sparse)");
  if (key != "path" && key != "size") return {};
  if (global)
    return fault(code::archive_unsupported,
                 fmt::format("a global header that gives every member one {}", key));
  if (key == "path") {
    next_.name = value;
    return {};
  }
  next_.size = decimal(value);
  if (!next_.size || *next_.size > most_size)
    return fault(code::archive_damaged, "an extended header whose size is no number");
  return {};
}

// Headers that speak of the member behind them: true where this was one.
result<bool> tar_reader::take_extension(char type, std::uint64_t size) {
  if (std::string_view("xgLKV").find(type) == std::string_view::npos) return false;
  const auto text = read_text(size);
  if (!text) return text.error();
  if (type == 'L') next_.name = until_nul(*text);
  status ok;
  if (type == 'x' || type == 'g') ok = take_pax(*text, type == 'g');
  if (!ok) return std::move(ok).error();
  return true;
}

result<std::optional<tar_member>> tar_reader::take_member(char type, std::uint64_t size) {
  const extension said = std::exchange(next_, {});
  std::string name(until_nul(field(name_at, name_size)));
  const std::string_view prefix = until_nul(field(prefix_at, prefix_size));
  if (!prefix.empty() && field(magic_at, 6) == std::string_view("ustar\0", 6))
    name = fmt::format("{}/{}", prefix, name);
  if (said.name) name = *said.name;
  while (name.starts_with("./")) name.erase(0, 2);
  if (type == 'S' || type == 'M')
    return fault(code::archive_unsupported,
                 type == 'S' ? "a member with holes (sparse)" : "a member of several volumes");
  // What a link, a device or a folder says of a size is no data.
  left_ = type >= '1' && type <= '6' ? 0 : said.size.value_or(size);
  padding_ = padding_of(left_);
  const bool folder = type == '5' || (type == '\0' && name.ends_with('/'));
  const bool regular = type == '0' || type == '\0' || type == '7';
  if (regular && !folder) return std::optional(tar_member{std::move(name), left_, at_});
  if (!folder && passed_over_++ == 0) first_passed_over_ = std::move(name);
  return std::optional<tar_member>();
}

result<std::optional<tar_member>> tar_reader::next() {
  for (;;) {
    if (auto ok = skip_member(); !ok) return std::move(ok).error();
    const auto more = read_block();
    if (!more) return more.error();
    if (!*more && closed_) return std::optional<tar_member>();
    if (!*more)
      return fault(code::archive_truncated, "the archive ends without the blocks that close it");
    if (all_zeros(block_)) {
      closed_ = true;
      continue;
    }
    if (!sum_is_right(block_))
      return fault(code::archive_damaged, closed_ ? "other bytes follow the end of the archive"
                                                  : "a header has a wrong check sum");
    closed_ = false;
    const auto size = number(field(size_at, size_size));
    if (!size || *size > most_size)
      return fault(code::archive_damaged, "a header whose size is no number");
    const char type = block_[type_at];
    const auto extends = take_extension(type, *size);
    if (!extends) return extends.error();
    if (*extends) continue;
    auto member = take_member(type, *size);
    if (!member || *member) return member;
  }
}

} // namespace vigie::io
