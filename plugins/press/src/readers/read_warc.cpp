// SPDX-License-Identifier: Apache-2.0
#include "readers/read_warc.hpp"

#include "common/civil/civil.hpp"
#include "html/ascii.hpp"
#include "html/warc.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>

namespace vigie::press {
namespace {

constexpr std::size_t most_page = std::size_t{64} << 20U;
constexpr std::size_t most_record = std::numeric_limits<std::int32_t>::max();

bool is_html(std::string_view media, std::string_view body) {
  if (media.empty()) return html::trim(body.substr(0, 512)).starts_with('<');
  return html::same_letters(media, "text/html") ||
         html::same_letters(media, "application/xhtml+xml");
}

// URLs and charsets of a header are ASCII by their standards; other bytes would be no text.
void text_or_null(builder& to, std::string_view s) {
  const bool ascii = std::all_of(s.begin(), s.end(), [](char c) { return c > 0x20 && c < 0x7f; });
  !s.empty() && ascii ? to.text(s) : to.null();
}

// A row stands where its page stands. A page that was unpacked has no bytes of its own there, and
// its row stands where the record does; of the same size by chance, it must not look like the page.
struct row_place {
  std::int64_t offset = 0, length = 0;
};
row_place place_of(const vigie::chunk& bytes, row_place record, std::string_view page) {
  const std::less_equal<> before;
  const char* const begin = bytes.bytes.data();
  if (!page.empty() && before(begin, page.data()) &&
      before(page.data() + page.size(), begin + bytes.bytes.size()))
    return {bytes.offset + (page.data() - begin), static_cast<std::int64_t>(page.size())};
  if (record.length == static_cast<std::int64_t>(page.size())) --record.length;
  return record;
}

} // namespace

void read_warc::task::page(std::string_view page, std::string_view url, std::string_view charset,
                           std::string_view date, decoded& out) const {
  out[0].text(name);
  out[1].text(page);
  text_or_null(out[2], url);
  text_or_null(out[3], charset);
  const auto fetched = civil::parse_timestamp(date);
  fetched ? out[4].integer(*fetched) : out[4].null();
}

void read_warc::task::chunk(const vigie::chunk& bytes, decoded& out) const {
  std::size_t at = 0;
  while (at < bytes.bytes.size()) {
    const auto found = html::first_record(bytes.bytes.substr(at), true);
    if (!found || found->size == 0) return;
    const html::warc_record& record = *found;
    const std::int64_t offset = bytes.offset + static_cast<std::int64_t>(at);
    const auto length = static_cast<std::int64_t>(std::min(record.size, most_record));
    at += record.size;
    if (!record.fault.empty()) {
      out.reject(offset, length, "html", record.fault);
      continue;
    }
    if (record.type == "resource") {
      std::string_view media, charset;
      html::split_media(record.media, media, charset);
      if (!is_html(media, record.block)) continue;
      page(record.block, record.uri, charset, record.date, out);
      const row_place at_page = place_of(bytes, {offset, length}, record.block);
      out.row(at_page.offset, at_page.length);
    }
    if (record.type != "response" || html::same_letters(record.uri.substr(0, 4), "dns:")) continue;
    const html::http_page p = html::read_http(record.block, most_page);
    const bool passed_over = p.status != 0 && (p.status < 200 || p.status > 299);
    if (passed_over || (!p.media.empty() && !is_html(p.media, {}))) continue;
    if (!p.fault.empty()) {
      out.reject(offset, length, "html", p.fault);
      continue;
    }
    if (!is_html(p.media, p.body)) continue;
    page(p.body, record.uri, p.charset, record.date, out);
    const row_place at_page = place_of(bytes, {offset, length}, p.body);
    out.row(at_page.offset, at_page.length);
  }
}

std::uint32_t read_warc::form() const { return VIGIE_RECORDS_OWN | VIGIE_RECORDS_UNCUT; }

std::int64_t read_warc::border(std::string_view bytes, bool at_start) const {
  if (!at_start) return -1; // only the lengths of the records before tell
  const auto record = html::first_record(bytes, false);
  return record ? static_cast<std::int64_t>(record->size) : -1;
}

std::int64_t read_warc::last_border(std::string_view bytes) const {
  std::size_t at = 0;
  while (at < bytes.size()) {
    const auto record = html::first_record(bytes.substr(at), false);
    if (!record || record->size == 0) break;
    at += record->size;
  }
  return static_cast<std::int64_t>(at);
}

} // namespace vigie::press
