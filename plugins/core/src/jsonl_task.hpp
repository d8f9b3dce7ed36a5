// SPDX-License-Identifier: Apache-2.0
// Reads the lines of one split for core.read_jsonl. A line is walked first (json/walk.hpp), its
// cells written where they will stay; a line the walk does not take is scanned (json/scan.hpp),
// which gives the same cells or the reason why there are none. Text columns are views into the
// chunk, which the host keeps alive. One thread.
#pragma once

#include "json/scan.hpp"
#include "json/walk.hpp"
#include "read_jsonl.hpp"

namespace vigie::core {

struct read_jsonl::task {
  static constexpr std::size_t most_bytes = INT32_MAX; // of a span, and where a view may begin

  task(const read_jsonl& reader, const input&, const task_info&) : reader_(reader) {}
  void chunk(const vigie::chunk& bytes, decoded& out);

  // Used by the walk: puts the value into the row at hand; false where its column is of another
  // type.
  [[nodiscard]] bool take(int slot, const char* begin, const char* end, json_kind kind,
                          bool escaped);

private:
  static constexpr std::int64_t most_rows = 1024, least_rows = 16; // of a block
  static constexpr std::int64_t most_cells = 64 * 1024;

  // A value in the type of its column; of a list or a struct, those inside follow.
  struct cell {
    json_value value;
    std::int64_t integer = 0; // of a list: how many items
    double real = 0;
  };
  enum class way : std::uint8_t { view, raw_view, number, held };
  struct column {
    std::size_t index = 0; // in the schema
    json_cell_type type = {};
    bool required = false;
    way by = way::held; // held: appended when the row is known to be good
    builder* to = nullptr;
    void* cells = nullptr;                // of the block at hand
    std::vector<std::uint8_t> valid = {}; // of the block at hand: 1 where there is a value
  };

  void start(decoded& out);
  void add_column(decoded& out, std::size_t index, json_cell_type type, bool required);
  void begin_block();
  void end_block();
  // What the fast way knows of the line that begins at `at`; the byte behind it, or nullptr.
  [[nodiscard]] const char* walk_line(const char* at, std::int64_t offset, decoded& out);
  void scan_line(std::string_view text, std::int64_t offset, decoded& out);
  void add_row(std::string_view text, std::int64_t offset, decoded& out);
  void forget_row();

  // The fault of the value in its column, or nothing.
  [[nodiscard]] std::string take_column(std::size_t slot);
  // Appends the value to cells_.
  [[nodiscard]] std::string hold(json_cell_type& type, const json_value& value);
  [[nodiscard]] std::string hold_list(json_cell_type& type, const json_value& value);
  [[nodiscard]] std::string hold_struct(json_cell_type& type, const json_value& value);
  [[nodiscard]] bool read(json_type type, cell& to);
  [[nodiscard]] bool hold_all();
  void put_all();
  // Appends cell `at` of cells_ and those inside it; returns which comes behind.
  std::size_t put(const json_cell_type& type, bool list, std::size_t at, builder& to);
  void put_scalar(json_type type, const cell& from, builder& to);

  // A view of bytes of the chunk; at least four stand before them.
  [[nodiscard]] view_element view_at([[maybe_unused]] column& c, const char* text,
                                     std::size_t size) const;
  [[nodiscard]] std::string_view text_of(const json_value& value);

  const read_jsonl& reader_;
  bool started_ = false;
  json_wants wants_;
  json_scanner scanner_;
  std::optional<json_walk<task>> walk_;
  std::vector<column> columns_;              // those someone reads
  std::vector<std::size_t> held_, required_; // which of them are
  std::optional<std::size_t> raw_;
  std::vector<json_value> values_; // of the line at hand, by column
  // Rows written ahead: a power of two, so that a batch is full with some; fewer where columns are
  // many.
  std::int64_t block_ = most_rows;
  std::int64_t row_ = 0;                       // in the block
  std::string_view base_;                      // the chunk
  std::vector<cell> cells_;                    // of the line at hand, in columns that are held
  std::vector<std::vector<json_value>> spare_; // for items, one a level of nesting
  std::string room_;
};

#ifdef __SSE2__
// By size: which bytes of a view element are the text itself.
alignas(16) inline constexpr auto inline_masks = [] {
  std::array<std::array<std::uint8_t, 16>, 13> masks{};
  for (std::size_t size = 0; size < masks.size(); ++size)
    for (std::size_t i = 0; i < size; ++i) masks[size][4 + i] = 0xff;
  return masks;
}();
#endif

inline view_element read_jsonl::task::view_at([[maybe_unused]] column& c, const char* text,
                                              std::size_t size) const {
  view_element e{};
  if (size <= 12) {
#ifdef __SSE2__
    // The four bytes before the text make room for its size.
    const auto load = [](const void* from) {
      return _mm_loadu_si128(static_cast<const __m128i*>(from));
    };
    const __m128i bytes = _mm_and_si128(load(text - 4), load(inline_masks[size].data()));
    const __m128i head = _mm_cvtsi32_si128(static_cast<int>(size));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&e), _mm_or_si128(bytes, head));
    return e;
#else
    return c.to->kept({text, size});
#endif
  }
  if (base_.size() > most_bytes) [[unlikely]]
    return c.to->kept({text, size}); // which knows what to do
  e.size = static_cast<std::int32_t>(size);
  std::memcpy(e.prefix, text, 4);
  e.offset = static_cast<std::int32_t>(text - base_.data());
  return e;
}

inline bool read_jsonl::task::take(int slot, const char* begin, const char* end, json_kind kind,
                                   bool escaped) {
  const auto index = static_cast<std::size_t>(slot);
  column& c = columns_[index];
  const auto row = static_cast<std::size_t>(row_);
  const json_value value{{begin, static_cast<std::size_t>(end - begin)}, kind, escaped};
  if (c.by == way::held) {
    values_[index] = value;
    return true;
  }
  if (kind == json_kind::null) return true;
  auto* const views = static_cast<view_element*>(c.cells);
  const auto size = static_cast<std::size_t>(end - begin);
  if (c.by == way::view) {
    if (kind != json_kind::text) return false;
    views[row] = escaped ? c.to->kept(text_of(value)) : view_at(c, begin + 1, size - 2);
  } else if (c.by == way::raw_view) {
    views[row] = view_at(c, begin, size);
  } else {
    cell one{.value = value};
    if (!read(c.type.type, one)) return false;
    if (c.type.type == json_type::date)
      static_cast<std::int32_t*>(c.cells)[row] = static_cast<std::int32_t>(one.integer);
    else if (c.type.type == json_type::real)
      static_cast<double*>(c.cells)[row] = one.real;
    else
      static_cast<std::int64_t*>(c.cells)[row] = one.integer;
  }
  c.valid[row] = 1;
  return true;
}

} // namespace vigie::core
