// SPDX-License-Identifier: Apache-2.0
#include "html/warc.hpp"

#include "html/ascii.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>

namespace vigie::press::html {
namespace {

constexpr std::size_t none = std::string_view::npos;
constexpr std::size_t most_header = 1U << 20U;
constexpr std::size_t most_believed = std::size_t{1} << 31U; // bytes of a record found in a search
constexpr std::string_view magic = "WARC/1.";
constexpr std::size_t longest_version = magic.size() + 4; // with its end of line

// The value of a header field by its name, whatever its case; `lines` has one field a line.
std::string_view field(std::string_view lines, std::string_view name) {
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    const std::size_t colon = line.find(':');
    if (colon != none && same_letters(trim(line.substr(0, colon)), name))
      return trim(line.substr(colon + 1));
  }
  return {};
}

struct header_end {
  std::size_t at = none, next = none; // of the empty line, and behind it
};

// Headers end at an empty line; ends of lines are CR LF, or LF alone as some tools write them.
header_end end_of_header(std::string_view s) {
  for (std::size_t at = 0; (at = s.find('\n', at)) != none; ++at) {
    if (at > most_header || s.substr(at + 1).starts_with(magic)) return {};
    if (s.substr(at + 1, 2) == "\r\n") return {at + 1, at + 3};
    if (s.substr(at + 1, 1) == "\n") return {at + 1, at + 2};
  }
  return {};
}

std::optional<std::size_t> number(std::string_view s, int base = 10) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(s.data(), s.data() + s.size(), value, base);
  if (error != std::errc() || end != s.data() + s.size()) return std::nullopt;
  return value;
}

// Behind the line ends that close a record: two, or fewer from tools that forget them.
std::size_t behind_blank(std::string_view s, std::size_t at) {
  while (at < s.size() && (s[at] == '\r' || s[at] == '\n')) ++at;
  return at;
}

void fill(warc_record& to, std::string_view header) {
  to.type = field(header, "WARC-Type");
  to.uri = field(header, "WARC-Target-URI");
  if (to.uri.starts_with('<') && to.uri.ends_with('>'))
    to.uri = to.uri.substr(1, to.uri.size() - 2);
  to.date = field(header, "WARC-Date");
  to.media = field(header, "Content-Type");
}

// Behind the block of a record: two line ends, or what leads to the next record or the end all the
// same; npos: neither. Nothing where it cannot be told yet.
std::optional<std::size_t> end_of_block(std::string_view s, std::size_t at, bool last) {
  if (s.substr(at).starts_with("\r\n\r\n")) return at + 4;
  const std::size_t end = behind_blank(s, at);
  if (!last && s.size() - end < magic.size()) return std::nullopt;
  if (end == s.size() || s.substr(end).starts_with(magic)) return end;
  return none;
}

// "WARC/1.0", without its end of line.
bool is_version(std::string_view line) {
  const std::string_view digits = trim(line.substr(magic.size()));
  return !digits.empty() && digits.size() < 3 &&
         std::all_of(digits.begin(), digits.end(), [](char c) { return is_digit(c); });
}

// Whether a record begins with `s`, which begins with its magic; nothing where it cannot be told
// yet.
std::optional<bool> is_record(std::string_view s, bool last) {
  const auto unless_more = [&](bool may_come) {
    return may_come && !last ? std::nullopt : std::optional(false);
  };
  const std::size_t line = s.substr(0, longest_version).find('\n');
  if (line == none) return unless_more(s.size() < longest_version);
  if (!is_version(s.substr(0, line))) return false;
  const header_end header = end_of_header(s);
  if (header.at == none) return unless_more(s.size() <= most_header && s.find("\nWARC/1.") == none);
  const std::string_view fields = s.substr(0, header.at);
  const auto length = number(field(fields, "Content-Length"));
  if (!length || *length > most_believed || field(fields, "WARC-Type").empty()) return false;
  if (*length > s.size() - header.next) return unless_more(true);
  const auto end = end_of_block(s, header.next + *length, last);
  return end ? std::optional(*end != none) : std::nullopt;
}

std::string shown(std::string_view s) {
  std::string out;
  for (const char c : s.substr(0, 24)) out += c >= ' ' && c < 0x7f ? c : '?';
  return out;
}

} // namespace

std::optional<std::size_t> find_record(std::string_view s, std::size_t from, bool last) {
  for (std::size_t at = from; (at = s.find(magic, at)) != none; ++at) {
    if (at > 0 && s[at - 1] != '\n') continue;
    const auto sound = is_record(s.substr(at), last);
    if (!sound) return std::nullopt;
    if (*sound) return at;
  }
  return last ? std::optional(none) : std::nullopt;
}

namespace {

// A record that cannot be used ends where the next begins; not known before that is seen.
std::optional<warc_record> broken_or_more(std::string_view bytes, std::size_t from, bool last,
                                          std::string why) {
  const auto next = find_record(bytes, from, last);
  if (!next) return std::nullopt;
  warc_record out;
  out.size = std::min(*next, bytes.size());
  out.fault = std::move(why);
  return out;
}

} // namespace

std::optional<warc_record> first_record(std::string_view bytes, bool last) {
  const std::size_t begin = behind_blank(bytes, 0);
  if (begin == bytes.size()) {
    if (!last) return std::nullopt;
    warc_record blank;
    blank.size = bytes.size();
    return blank;
  }
  if (!bytes.substr(begin).starts_with(magic)) {
    if (!last && bytes.size() - begin < magic.size()) return std::nullopt;
    return broken_or_more(
        bytes, begin, last,
        "expected a WARC record, which begins with WARC/1.0 or WARC/1.1; found '" +
            shown(bytes.substr(begin)) + "'");
  }
  const header_end header = end_of_header(bytes.substr(begin));
  if (header.at == none)
    return broken_or_more(bytes, begin + 1, last,
                          "the record ends within its header; expected an empty line behind it");
  const std::string_view fields = bytes.substr(begin, header.at);
  const std::string_view length_text = field(fields, "Content-Length");
  const auto length = number(length_text);
  if (!length)
    return broken_or_more(bytes, begin + 1, last,
                          "the record has the Content-Length '" + shown(length_text) +
                              "'; expected its size in bytes");
  const std::size_t block = begin + header.next;
  if (*length > bytes.size() - block) {
    if (!last) return std::nullopt;
    auto cut =
        broken_or_more(bytes, begin + 1, last,
                       "the record is cut short: its header says " + std::to_string(*length) +
                           " bytes, " + std::to_string(bytes.size() - block) + " are there");
    if (cut) fill(*cut, fields);
    return cut;
  }
  const auto end = end_of_block(bytes, block + *length, last);
  if (!end) return std::nullopt;
  if (*end == none)
    return broken_or_more(bytes, begin + 1, last,
                          "no end of a record follows the " + std::to_string(*length) +
                              " bytes that the header says; expected two line ends and WARC/1.");
  warc_record out;
  out.size = *end;
  out.block = bytes.substr(block, *length);
  fill(out, fields);
  return out;
}

void split_media(std::string_view content_type, std::string_view& media,
                 std::string_view& charset) {
  const std::size_t end = content_type.find(';');
  media = trim(content_type.substr(0, end));
  while (end != none && !content_type.empty()) {
    content_type.remove_prefix(std::min(content_type.find(';'), content_type.size() - 1) + 1);
    std::string_view part = trim(content_type.substr(0, content_type.find(';')));
    if (!same_letters(part.substr(0, 8), "charset=")) {
      if (content_type.find(';') == none) return;
      continue;
    }
    part.remove_prefix(8);
    if (part.size() > 1 && (part[0] == '"' || part[0] == '\''))
      part = part.substr(1, part.size() - 2);
    charset = part;
    return;
  }
}

namespace {

// Undoes chunked transfer (RFC 9112, 7.1); false where the body is not chunked from its first byte.
bool unchunk(std::string_view s, std::string& out, std::string& fault) {
  bool first = true;
  for (;;) {
    const std::size_t line = s.find('\n');
    std::string_view size = line == none ? std::string_view() : trim(s.substr(0, line));
    size = trim(size.substr(0, size.find(';')));
    const auto n = number(size, 16);
    if (!n) {
      if (first) return false;
      fault = "the chunked body breaks off after " + std::to_string(out.size()) +
              " bytes; expected the size of a chunk";
      return true;
    }
    first = false;
    s.remove_prefix(line + 1);
    if (*n == 0) return true;
    if (*n > s.size()) {
      fault = "the chunked body ends within a chunk of " + std::to_string(*n) + " bytes, " +
              std::to_string(s.size()) + " are there";
      return true;
    }
    out += s.substr(0, *n);
    s.remove_prefix(*n);
    if (s.starts_with("\r\n"))
      s.remove_prefix(2);
    else if (s.starts_with("\n"))
      s.remove_prefix(1);
  }
}

struct end_inflate {
  void operator()(z_stream* z) const { inflateEnd(z); }
};

// gzip and zlib by their first bytes (window bits 15 + 32), raw deflate by -15 (RFC 1950 to 1952).
std::string inflate_all(std::string_view s, int window, std::size_t most, std::string& fault) {
  std::string out;
  z_stream z{};
  if (inflateInit2(&z, window) != Z_OK) return fault = "zlib has no memory", out;
  const std::unique_ptr<z_stream, end_inflate> held(&z);
  z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(s.data())); // zlib only reads it
  z.avail_in = static_cast<uInt>(s.size());
  std::array<char, 65'536> buffer;
  int status = Z_OK;
  while (status == Z_OK) {
    z.next_out = reinterpret_cast<Bytef*>(buffer.data());
    z.avail_out = static_cast<uInt>(buffer.size());
    status = inflate(&z, Z_NO_FLUSH);
    out.append(buffer.data(), buffer.size() - z.avail_out);
    if (out.size() > most) {
      fault = "the compressed body has more than " + std::to_string(most) + " bytes";
      return out;
    }
  }
  if (status != Z_STREAM_END)
    fault = "the compressed body is broken or cut short after " + std::to_string(out.size()) +
            " bytes" + (z.msg != nullptr ? std::string(": ") + z.msg : std::string());
  return out;
}

bool is_gzip(std::string_view s) { return s.starts_with("\x1f\x8b"); }
bool is_zlib(std::string_view s) {
  return s.size() > 2 && (static_cast<unsigned char>(s[0]) & 0x0FU) == 8 &&
         (static_cast<unsigned char>(s[0]) * 256U + static_cast<unsigned char>(s[1])) % 31 == 0;
}

void decompress(http_page& page, std::string_view coding, std::size_t most) {
  if (coding.empty() || same_letters(coding, "identity") || page.body.empty()) return;
  const bool gzip = same_letters(coding, "gzip") || same_letters(coding, "x-gzip");
  if (!gzip && !same_letters(coding, "deflate")) {
    page.fault = "the body has the content encoding '" + shown(coding) +
                 "', which is not read; gzip and deflate are";
    return;
  }
  if (gzip && !is_gzip(page.body)) return;
  const bool wrapped = gzip || is_zlib(page.body);
  if (!wrapped && trim(page.body).starts_with('<')) return;
  page.owned = inflate_all(page.body, wrapped ? 15 + 32 : -15, most, page.fault);
  page.body = page.owned;
}

} // namespace

http_page read_http(std::string_view message, std::size_t most) {
  http_page out;
  const header_end header = end_of_header(message);
  if (!message.starts_with("HTTP/") || header.at == none) {
    out.fault = "the record holds no HTTP response: it begins with '" + shown(message) +
                "'; expected HTTP/1.1, a header and an empty line";
    return out;
  }
  const std::string_view fields = message.substr(0, header.at);
  const std::size_t blank = fields.find(' ');
  out.status =
      static_cast<int>(number(trim(fields.substr(blank == none ? 0 : blank + 1, 3))).value_or(0));
  split_media(field(fields, "Content-Type"), out.media, out.charset);
  out.body = message.substr(header.next);
  std::string joined;
  if (same_letters(field(fields, "Transfer-Encoding"), "chunked") &&
      unchunk(out.body, joined, out.fault)) {
    out.owned = std::move(joined);
    out.body = out.owned;
  }
  if (out.fault.empty()) decompress(out, field(fields, "Content-Encoding"), most);
  return out;
}

} // namespace vigie::press::html
