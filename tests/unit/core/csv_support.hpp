// SPDX-License-Identifier: Apache-2.0
// Runs core.read_csv as the host does, in splits and chunks of any size, and shows what comes out
// as text. For the tests of the CSV reader; one thread.
#pragma once

#include "json/cell.hpp"
#include "read_csv.hpp"
#include "utf8.hpp"

#include <vigie/testing.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace vigie::core::tests {

struct csv_outcome {
  struct place {
    std::int64_t offset, length;
    friend bool operator==(const place&, const place&) = default;
  };
  std::vector<std::string> rows;   // cells between spaces
  std::vector<std::string> errors; // "offset+length column: why"
  std::vector<place> row_places, error_places;
  std::string thrown; // what an error of the whole call says
  friend bool operator==(const csv_outcome&, const csv_outcome&) = default;
};

inline std::string escaped(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n' || c == '\r' || c == '\t')
      out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    else if (byte < 0x20 || byte == 0x7f)
      out += std::string("\\x") + hex[byte >> 4U] + hex[byte & 15U];
    else if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else
      out += c;
  }
  return out + '"';
}

inline bool is_utf8(std::string_view text) { return ill_formed_at(text) == std::string_view::npos; }

inline std::string shown(const column& c, std::int64_t i) {
  if (c.is_null(i)) return "-";
  if (c.type().kind == kind::text) return escaped(c.text(i));
  std::string out;
  append_plain(out, c, i);
  return out;
}

class csv_run {
public:
  explicit csv_run(const std::function<void(read_csv&)>& set, std::vector<std::string> wanted = {})
      : wanted_(std::move(wanted)) {
    set(made_.component);
  }

  [[nodiscard]] read_csv& component() { return made_.component; }
  void bind() {
    owned_schema all;
    call([&](vigie_error* e) { return table().bind(&made_, &all.schema, e); });
    std::vector<std::int32_t> which;
    for (std::size_t i = 0; i < made_.all.size(); ++i)
      if (wanted_.empty()) which.push_back(static_cast<std::int32_t>(i));
    for (const std::string& w : wanted_)
      if (!w.empty()) which.push_back(find_field(made_.all, w));
    fields_.clear();
    for (const std::int32_t w : which) fields_.push_back(made_.all[static_cast<std::size_t>(w)]);
    call([&](vigie_error* e) {
      return table().project(&made_, which.data(), static_cast<std::uint32_t>(which.size()), e);
    });
  }

  // The input in splits that begin at the borders found from `cuts` on, each in chunks of about
  // `chunk_bytes`.
  csv_outcome read(std::string_view bytes, const std::vector<std::size_t>& cuts = {},
                   std::size_t chunk_bytes = 1 << 19) {
    csv_outcome out;
    try {
      bind();
      std::size_t begin = 0;
      for (const std::size_t cut : cuts) {
        if (cut <= begin || cut >= bytes.size() ||
            (table().form(&made_) & VIGIE_RECORDS_UNCUT) != 0)
          continue;
        const std::size_t end = border_from(bytes, cut);
        if (end >= bytes.size()) break;
        split(bytes, begin, end, chunk_bytes, out);
        begin = end;
      }
      split(bytes, begin, bytes.size(), chunk_bytes, out);
    } catch (const error& e) {
      out.thrown = e.message;
    }
    return out;
  }

private:
  static const vigie_decode_0& table() { return detail::decode_table<read_csv>::table; }
  [[nodiscard]] bool lines() {
    return (table().form(&made_) & ~std::uint32_t{VIGIE_RECORDS_UNCUT}) == VIGIE_RECORDS_LINES;
  }

  std::size_t border_from(std::string_view bytes, std::size_t cut) {
    for (std::size_t window = 4096;; window *= 2) {
      const std::string seen(bytes.substr(cut - 1, window)); // of its own: reads behind it show
      const std::int64_t end = lines() ? static_cast<std::int64_t>(seen.find('\n') + 1)
                                       : table().border(&made_, {seen.data(), seen.size()}, 0);
      if (end > 0) return cut - 1 + static_cast<std::size_t>(end);
      if (cut - 1 + window >= bytes.size()) return bytes.size();
    }
  }

  void split(std::string_view bytes, std::size_t begin, std::size_t end, std::size_t chunk_bytes,
             csv_outcome& out) {
    const std::string head(bytes.substr(0, 1 << 16));
    const vigie_input in{sizeof in, 0, {"in", 2}, {head.data(), head.size()}, begin == 0 ? 1 : 0};
    void* task = nullptr;
    call([&](vigie_error* e) { return table().open(&made_, &task_, &in, &task, e); });
    const std::unique_ptr<void, void (*)(void*)> close(task, table().close);
    for (std::size_t at = begin, size = chunk_bytes; at < end;) {
      const std::string seen(bytes.substr(at, std::min(size, end - at)));
      const std::size_t whole = at + size >= end ? seen.size() : last_border(seen);
      size = whole > 0 ? chunk_bytes : size * 2;
      if (whole > 0) chunk(task, seen.substr(0, whole), at, out);
      at += whole;
    }
  }

  std::size_t last_border(const std::string& seen) {
    if (lines()) return seen.rfind('\n') + 1;
    const auto exact = last_record_by_records(seen);
    const auto fast =
        static_cast<std::size_t>(table().last_border(&made_, {seen.data(), seen.size()}));
    if (fast != exact) throw error(VIGIE_E_INTERNAL, "last_border and border differ");
    return fast;
  }
  std::size_t last_record_by_records(const std::string& seen) {
    for (std::size_t at = 0;;) {
      const std::int64_t end = table().border(&made_, {seen.data() + at, seen.size() - at}, 1);
      if (end < 0) return at;
      at += static_cast<std::size_t>(end);
    }
  }

  void chunk(void* task, const std::string& records, std::size_t offset, csv_outcome& out) {
    std::string padded = records;
    padded.append(64, '\0');
    struct sink {
      csv_run* self;
      csv_outcome* out;
    } to{this, &out};
    const vigie_decoded d{
        sizeof d, &to,
        [](void* c, std::int64_t n, ArrowArray* moved, const vigie_span* spans) -> vigie_status {
          auto& s = *static_cast<sink*>(c);
          s.self->collect(n, moved, spans, *s.out);
          return VIGIE_OK;
        },
        [](void* c, vigie_span where, vigie_status, vigie_str column, vigie_str why) {
          auto& o = *static_cast<sink*>(c)->out;
          o.errors.push_back(std::to_string(where.offset) + "+" + std::to_string(where.length) +
                             " " + std::string(column.data, column.size) + ": " +
                             std::string(why.data, why.size));
          o.error_places.push_back({where.offset, where.length});
        }};
    call([&](vigie_error* e) {
      return table().chunk(task, {padded.data(), records.size()}, static_cast<std::int64_t>(offset),
                           &d, e);
    });
  }

  void collect(std::int64_t n, ArrowArray* moved, const vigie_span* spans, csv_outcome& out) {
    const batch b(fields_, moved);
    for (std::int64_t i = 0; i < n; ++i) {
      std::string& row = out.rows.emplace_back();
      for (const column& c : b.columns()) row += (row.empty() ? "" : " ") + shown(c, i);
      out.row_places.push_back({spans[i].offset, spans[i].length});
    }
  }

  template <class F> static void call(F&& f) {
    vigie_error e{};
    e.struct_size = sizeof e;
    e.param = e.item = -1;
    if (const vigie_status s = f(&e); s < 0) throw error(s, e.message).at_param(e.param, e.item);
  }

  detail::instance<read_csv> made_;
  std::vector<std::string> wanted_;
  schema fields_;
  vigie_task task_{sizeof(vigie_task), 1, {"step", 4}};
};

} // namespace vigie::core::tests
