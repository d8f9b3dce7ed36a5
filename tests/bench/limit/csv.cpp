// SPDX-License-Identifier: Apache-2.0
#include "csv/index.hpp"
#include "csv/ipv4.hpp"
#include "limit/file.hpp"
#include "limit/flat_set.hpp"

#include <cstdint>
#include <vector>

namespace bench::limit {

namespace {

// Reads a.b.c.d up to a byte that is neither a digit nor a point, and steps over that byte.
std::uint32_t address(const char*& at) {
  std::uint32_t all = 0, part = 0;
  for (;; ++at) {
    const auto digit = static_cast<unsigned char>(*at - '0');
    if (digit < 10) {
      part = part * 10 + digit;
      continue;
    }
    all = all << 8U | part;
    part = 0;
    if (*at != '.') return ++at, all;
  }
}

const char* behind(const char* at, const char* end, char c) {
  const void* found = std::memchr(at, c, static_cast<std::size_t>(end - at));
  return found == nullptr ? end : static_cast<const char*>(found) + 1;
}

// Addresses to their place in the list, from 1 on; 0: not in it.
class listed {
public:
  void insert(std::uint32_t a, std::uint32_t place) {
    std::size_t at = slot(a);
    while (slots_[at].place != 0) at = (at + 1) & mask;
    slots_[at] = {a, place};
  }
  [[nodiscard]] std::uint32_t find(std::uint32_t a) const {
    std::size_t at = slot(a);
    while (slots_[at].place != 0 && slots_[at].address != a) at = (at + 1) & mask;
    return slots_[at].place;
  }

private:
  struct entry {
    std::uint32_t address = 0, place = 0;
  };
  static constexpr std::size_t mask = (1U << 14U) - 1;
  static std::size_t slot(std::uint32_t a) { return (a * 2654435761U) >> 18U; }
  std::vector<entry> slots_ = std::vector<entry>(mask + 1);
};

} // namespace

// Relies on the order of the columns: ts, src_ip, dst_ip and four more; no field is quoted.
void w3(line_blocks& in, std::string_view list, output& out) {
  constexpr std::uint32_t columns = 7, source = 1, target = 2;
  listed indicators;
  std::vector<std::string_view> names;
  const char *at = behind(list.data(), list.data() + list.size(), '\n'),
             *end = list.data() + list.size();
  while (at < end) {
    const char* begin = at;
    const std::uint32_t a = address(at);
    names.emplace_back(begin, static_cast<std::size_t>(at - 1 - begin));
    indicators.insert(a, static_cast<std::uint32_t>(names.size()));
    at = behind(at, end, '\n');
  }
  std::vector<std::uint32_t> sources(names.size());
  flat_set seen;
  const auto index_fields = vigie::core::csv_indexer();
  const auto read = vigie::core::csv_ipv4_reader();
  const vigie::core::csv_dialect plain{.quotes = false};
  vigie::core::csv_index index;
  index.reserve(0);
  std::vector<std::uint32_t> rows, targets, hits, hit_rows, from;
  std::uint32_t begin = columns; // of the first row among the places, behind the header
  for (std::string_view block = in.next(); !block.empty(); block = in.next(), begin = 0) {
    vigie::core::csv_scan_state state;
    index.size = 1;
    index.records = 0;
    index.places[0] = UINT32_MAX;
    index.reserve(block.size());
    index_fields(block.data(), 0, block.size(), plain, state, index);
    rows.clear();
    for (std::uint32_t row = begin; row + 1 < index.size; row += columns) rows.push_back(row);
    targets.resize(rows.size());
    read({block.data(), index.places.data(), rows, target}, 0, targets.data());
    hits.clear();
    hit_rows.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::uint32_t place = indicators.find(targets[i]);
      if (place == 0) continue;
      hits.push_back(place);
      hit_rows.push_back(rows[i]);
    }
    from.resize(hits.size());
    read({block.data(), index.places.data(), hit_rows, source}, 0, from.data());
    for (std::size_t i = 0; i < hits.size(); ++i)
      if (seen.insert(std::uint64_t{hits[i]} << 32U | from[i])) ++sources[hits[i] - 1];
  }
  out.put("dst_ip,sources\n");
  for (std::size_t i = 0; i < names.size(); ++i)
    if (sources[i] > 0) out.put(std::string(names[i]) + ',' + std::to_string(sources[i]) + '\n');
}

} // namespace bench::limit
