// SPDX-License-Identifier: Apache-2.0
#include "journal.hpp"

#include "io/crash.hpp"
#include "io/errors.hpp"
#include "io/files.hpp"
#include "io/output.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

namespace vigie::runs {
namespace {

constexpr std::size_t largest_record = std::size_t{64} << 20U;
constexpr std::uint64_t largest_journal = std::uint64_t{4} << 30U;
constexpr std::size_t crc_digits = 8;

std::uint32_t crc_of(std::string_view bytes, std::uint32_t before = 0) {
  const uLong sum = ::crc32_z(before, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  return static_cast<std::uint32_t>(sum);
}

std::string line_of(std::uint64_t number, std::string_view json) {
  const std::string rest = fmt::format("{} {}", number, json);
  return fmt::format("{:08x} {}\n", crc_of(rest), rest);
}

status check_record(std::string_view json) {
  if (json.empty() || json.find('\n') != std::string_view::npos)
    return fail(code::internal, "a record of a journal must be one line");
  if (json.size() > largest_record)
    return fail(code::internal,
                fmt::format("a record of {} bytes is too large for a journal", json.size()));
  return {};
}

// The check sum that `text` begins with, where a space follows it.
std::optional<std::uint32_t> crc_field(std::string_view text) {
  if (text.size() <= crc_digits || text[crc_digits] != ' ') return std::nullopt;
  std::uint32_t crc = 0;
  for (const char c : text.substr(0, crc_digits)) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (c < 'a' || c > 'f')) return std::nullopt; // one way to write it: no bit is free
    crc = crc << 4U | static_cast<std::uint32_t>(digit ? c - '0' : c - 'a' + 10);
  }
  return crc;
}

// The JSON of a line without its newline that is the record of this number.
std::optional<std::string_view> sound(std::string_view line, std::uint64_t number) {
  const std::optional<std::uint32_t> crc = crc_field(line);
  if (!crc) return std::nullopt;
  const std::string_view rest = line.substr(crc_digits + 1);
  if (crc_of(rest) != *crc) return std::nullopt;
  const std::string start = fmt::format("{} ", number);
  if (!rest.starts_with(start) || rest.size() == start.size()) return std::nullopt;
  return rest.substr(start.size());
}

// "N JSON": what a check sum may stand before. Without this the text "00000000 " would be a record,
// since that is the check sum of nothing.
bool numbered(std::string_view rest) {
  const std::size_t digits = rest.find_first_not_of("0123456789");
  return digits != 0 && digits != std::string_view::npos && rest[digits] == ' ' &&
         digits + 1 < rest.size();
}

// Does a sound record of any number begin in the line, from `first` on, and reach to its end? So a
// record is found whose newline before it was damaged. The check sum of each candidate follows from
// those of the line and of what stands before it (crc32_combine), so the line is read only twice.
bool ends_in_record(std::string_view line, std::size_t first) {
  const std::uint32_t whole = crc_of(line);
  std::uint32_t before = 0;
  std::size_t summed = 0;
  for (std::size_t at = first; at + crc_digits < line.size(); ++at) {
    const std::optional<std::uint32_t> crc = crc_field(line.substr(at, crc_digits + 1));
    const std::size_t start = at + crc_digits + 1;
    if (!crc || !numbered(line.substr(start))) continue;
    before = crc_of(line.substr(summed, start - summed), before);
    summed = start;
    const auto left = static_cast<z_off_t>(line.size() - start);
    const auto rest = static_cast<std::uint32_t>(::crc32_combine(before, 0, left)) ^ whole;
    if (rest == *crc) return true;
  }
  return false;
}

// `tail` begins with a bad record.
bool sound_records_follow(std::string_view tail) {
  for (std::size_t first = 1; !tail.empty(); first = 0) {
    const std::size_t end = std::min(tail.find('\n'), tail.size());
    if (ends_in_record(tail.substr(0, end), first)) return true;
    tail.remove_prefix(std::min(end + 1, tail.size()));
  }
  return false;
}

diagnostic damaged(const std::string& path, std::uint64_t offset, std::uint64_t number) {
  return fail(code::run_journal_damaged,
              fmt::format("record {} of the journal '{}' is not what was written", number, path))
      .at(io::in_file(path, offset))
      .help("the run cannot be continued; look at the disk, and start the run again with --force");
}

} // namespace

result<journal> journal::create(const std::string& path, std::string_view first) {
  if (status good = check_record(first); !good) return std::move(good).error();
  const std::string line = line_of(0, first);
  const io::durable_act act("journal.create");
  if (status made = io::write_file_atomically(path, line); !made) return std::move(made).error();
  result<io::append_file> file = io::append_file::open(path, path, line.size());
  if (!file) return std::move(file).error();
  act.done();
  return journal(std::move(*file), 1);
}

result<journal> journal::open(const std::string& path, const content& read) {
  result<io::append_file> file = io::append_file::open(path, path, read.length);
  if (!file) return std::move(file).error();
  if (status synced = file->sync(); !synced) return std::move(synced).error();
  return journal(std::move(*file), read.records.size());
}

status journal::append(std::string_view json) {
  if (status good = check_record(json); !good) return good;
  const io::durable_act act("journal.append");
  if (status added = file_.append(line_of(next_, json)); !added) return added;
  if (status synced = file_.sync(); !synced) return synced;
  ++next_;
  act.done();
  return {};
}

result<journal::content> journal::read(const std::string& path) {
  const result<std::string> bytes = io::read_small_file(path, largest_journal);
  if (!bytes) return bytes.error();
  content found;
  std::string_view left = *bytes;
  while (!left.empty()) {
    const std::size_t end = left.find('\n');
    if (end == std::string_view::npos) break;
    const auto json = sound(left.substr(0, end), found.records.size());
    if (!json) break;
    found.records.emplace_back(*json);
    found.length += end + 1;
    left.remove_prefix(end + 1);
  }
  found.torn = !left.empty();
  if (found.records.empty() || sound_records_follow(left))
    return damaged(path, found.length, found.records.size());
  return found;
}

} // namespace vigie::runs
