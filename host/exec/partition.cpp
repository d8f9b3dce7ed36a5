// SPDX-License-Identifier: Apache-2.0
#include "partition.hpp"

#include "batch/cell.hpp"
#include "batch/gather.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <array>
#include <numeric>

namespace vigie::exec {
namespace {

// The address in the notation that people know: dotted, or RFC 5952 as inet_ntop writes it.
std::string ip_text(std::string_view bytes) {
  constexpr std::string_view mapped("\0\0\0\0\0\0\0\0\0\0\xff\xff", 12); // RFC 4291, 2.5.5.2
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool ipv4 = bytes.starts_with(mapped);
  const char* from = bytes.data() + (ipv4 ? mapped.size() : 0);
  ::inet_ntop(ipv4 ? AF_INET : AF_INET6, from, text.data(), text.size());
  return text.data();
}

std::string ipv4_text(std::uint32_t a) {
  return fmt::format("{}.{}.{}.{}", a >> 24U, (a >> 16U) & 255U, (a >> 8U) & 255U, a & 255U);
}

std::string text_of(const column& c, std::int64_t row) {
  if (is_ipv4(c.type())) return ipv4_text(static_cast<std::uint32_t>(c.integer(row)));
  if (is_ip(c.type())) return ip_text(c.text(row));
  return data::display(c, row);
}

// Adds the cell to `key` so that different rows of cells have different keys.
void append_key(const column& c, std::int64_t row, std::string& key) {
  if (c.is_null(row)) {
    key += '\0';
    return;
  }
  key += '\1';
  if (!is_bytes(c.type().kind) && c.type().kind != kind::fixed_binary) {
    const std::int64_t v = c.integer(row);
    key.append(reinterpret_cast<const char*>(&v), sizeof v);
    return;
  }
  const std::string_view text = c.text(row);
  const std::uint64_t size = text.size();
  key.append(reinterpret_cast<const char*>(&size), sizeof size);
  key += text;
}

} // namespace

partitioner::partitioner(const plan::step_plan& s) : step_(s) {
  if (!s.is_partitioned()) files_.push_back(s.file);
}

std::string partitioner::name_of(const std::vector<column>& cells, std::int64_t row) const {
  std::string out;
  std::size_t k = 0;
  for (const plan::name_piece& p : step_.file_name) {
    if (!p.is_column) {
      out += p.text;
      continue;
    }
    const column& c = cells[k++];
    out += c.is_null(row) ? std::string(plan::null_name) : plan::safe_name(text_of(c, row));
  }
  return out;
}

std::size_t partitioner::group_of(const std::vector<column>& cells, std::int64_t row) {
  key_.clear();
  for (const column& c : cells) append_key(c, row, key_);
  const auto at = known_.find(key_);
  if (at != known_.end()) return at->second;
  std::string name = name_of(cells, row);
  // Different cells may give one name: {a}{b} of "x", "yz" and "xy", "z".
  const auto [file, fresh] = by_name_.try_emplace(name, files_.size());
  if (fresh) files_.push_back(std::move(name));
  known_.emplace(key_, file->second);
  return file->second;
}

diagnostic too_many_partitions(const plan::step_plan& s) {
  return fail(code::output_partitions,
              fmt::format("'{}' would be more than {} files", s.file, s.max_partitions))
      .at({.step = s.name})
      .help("name the files by a column with fewer values, or raise max_partitions");
}

result<std::vector<partition_rows>> partitioner::split(const data::batch& b) {
  if (!step_.is_partitioned()) return std::vector<partition_rows>{{files_.front(), b}};
  std::vector<data::shared_column> held;
  std::vector<column> cells;
  for (const plan::name_piece& p : step_.file_name) {
    if (!p.is_column) continue;
    const auto at = static_cast<std::size_t>(p.column);
    held.push_back(data::gather(step_.ports[0].fields[at], b.columns[at]));
    cells.emplace_back(step_.ports[0].fields[at], *held.back().array);
  }
  std::vector<std::shared_ptr<std::vector<std::int32_t>>> rows;
  std::vector<std::size_t> order;
  for (std::int64_t i = 0; i < b.rows; ++i) {
    const std::size_t group = group_of(cells, i);
    if (group >= static_cast<std::size_t>(step_.max_partitions)) return too_many_partitions(step_);
    if (group >= rows.size()) rows.resize(group + 1);
    if (!rows[group]) {
      rows[group] = std::make_shared<std::vector<std::int32_t>>();
      order.push_back(group);
    }
    rows[group]->push_back(static_cast<std::int32_t>(i));
  }
  std::vector<partition_rows> out;
  for (const std::size_t group : order)
    out.push_back({files_[group], order.size() == 1 ? b : data::select(b, rows[group])});
  return out;
}

data::batch rows_between(const data::batch& b, std::int64_t first, std::int64_t count) {
  if (first == 0 && count == b.rows) return b;
  auto rows = std::make_shared<std::vector<std::int32_t>>(static_cast<std::size_t>(count));
  std::iota(rows->begin(), rows->end(), static_cast<std::int32_t>(first));
  return data::select(b, rows);
}

} // namespace vigie::exec
