// SPDX-License-Identifier: Apache-2.0
#include "write_jsonl.hpp"

#include "json/cell.hpp"

#include <bit>
#include <cstring>

namespace vigie::core {
namespace {

write_jsonl::way way_of(const field& f) {
  using way = write_jsonl::way;
  if (f.kind == kind::text) return is_json(f) ? way::json : way::text;
  if (f.kind == kind::float64) return way::real;
  if (!is_integer(f.kind) || is_ipv4(f) || decimal_scale(f) >= 0) return way::other;
  return f.kind == kind::uint64 ? way::whole : way::integer;
}

} // namespace

void write_jsonl::params(vigie::params& p) {
  p.add("columns", columns, "Which columns to write, in which order. Without it, all.");
  p.add("nulls", nulls, "`keep` writes `\"name\":null`; `drop` leaves the key out.")
      .choices({"keep", "drop"});
}

void write_jsonl::bind(binding& b) {
  const chosen_columns chosen = choose(b, columns);
  bound.clear();
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::string key = ",";
    append_quoted(key, chosen.fields[i].name);
    key += ':';
    const std::size_t size = key.size();
    key.resize((size + 15) / 16 * 16);
    bound.push_back({chosen.needs[i], way_of(chosen.fields[i]), std::move(key), size});
  }
}

void write_jsonl::task::write(const batch& rows, vigie::writer& to) {
  constexpr std::size_t piece = 256 * 1024;
  std::vector<const column*> cells;
  for (const bound_column& c : writer_.bound) cells.push_back(&rows[c.from]);
  out_.clear();
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    append_row(cells, row);
    if (out_.size() < piece) continue;
    to.write(out_.text());
    out_.clear();
  }
  if (out_.size() > 0) to.write(out_.text());
}

void write_jsonl::task::append_row(const std::vector<const column*>& cells, std::int64_t row) {
  const bool drop = writer_.nulls == "drop";
  const std::size_t start = out_.size();
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const bool null = cells[c]->is_null(row);
    if (null && drop) continue;
    const bound_column& b = writer_.bound[c];
    out_.put_padded(b.key.data(), b.key_size);
    if (null)
      out_.put("null");
    else if (b.by == way::text)
      out_.quoted(cells[c]->text(row));
    else
      append_cell(c, *cells[c], row);
  }
  if (out_.size() == start)
    out_.put('{');
  else
    out_.replace(start, '{'); // the first key's comma
  out_.put("}\n");
}

void write_jsonl::task::append_cell(std::size_t c, const column& cells, std::int64_t row) {
  switch (writer_.bound[c].by) {
  case way::integer: return out_.number(cells.integer(row));
  case way::whole: return out_.number(std::bit_cast<std::uint64_t>(cells.integer(row)));
  case way::real: return out_.real(cells.real(row));
  case way::json: return append_value(c, cells.text(row));
  default: break;
  }
  spare_.clear();
  append_json(spare_, cells, row);
  out_.put(spare_);
}

// Checked where it will stand, as zeros can be put behind it there.
void write_jsonl::task::append_value(std::size_t c, std::string_view text) {
  if (!checks_[c]) checks_[c].emplace();
  const std::string_view value = trim_json(text);
  char* const at = out_.room(value.size());
  if (!value.empty()) std::memcpy(at, value.data(), value.size());
  char* const end = at + value.size();
  std::memset(end, 0, json_out::slack);
  if (!checks_[c]->is_value(at, end)) return out_.quoted(text);
  out_.end_at(end);
}

} // namespace vigie::core
