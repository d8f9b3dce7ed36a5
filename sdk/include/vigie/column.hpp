// SPDX-License-Identifier: MIT-0
// Reading Arrow arrays: `column` is a view of one array through its field, whatever its layout
// (offsets, large offsets, views, dictionary), with nulls and array offsets taken care of. It owns
// nothing; the array outlives it. Reading is thread-safe.
#pragma once

#include "types.hpp"

#include <bit>
#include <cstdint>
#include <span>
#include <string_view>

#pragma GCC visibility push(hidden)
namespace vigie {

// An Arrow utf8_view element: up to 12 bytes inline, else prefix, buffer and offset.
struct view_element {
  std::int32_t size;
  char prefix[4];
  std::int32_t buffer;
  std::int32_t offset;
};
static_assert(sizeof(view_element) == 16);

struct index_range {
  std::int64_t begin, end;
};

class column {
public:
  column() = default;
  column(const field& f, const ArrowArray& a) : field_(&f), size_(a.length) {
    const ArrowArray* values = &a;
    if (!f.index.empty()) {
      index_format_ = f.index[0];
      index_ = a.buffers[1];
      index_offset_ = a.offset;
      index_valid_ = bitmap(a);
      values = a.dictionary;
    }
    array_ = values;
    offset_ = values->offset;
    valid_ = bitmap(*values);
    if (f.kind == kind::structure) return;
    values_ = values->buffers[1];
    if (is_bytes(f.kind)) layout_ = layout_of(format_of(f));
  }

  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] const vigie::field& type() const { return *field_; }

  [[nodiscard]] bool is_null(std::int64_t i) const {
    if (index_ != nullptr) {
      if (index_valid_ != nullptr && !bit(index_valid_, i + index_offset_)) return true;
      i = index_at(i);
    }
    return valid_ != nullptr && !bit(valid_, i + offset_);
  }
  [[nodiscard]] bool has_nulls() const { return valid_ != nullptr || index_valid_ != nullptr; }

  // bool. Undefined for a null cell, like every accessor below.
  [[nodiscard]] bool boolean(std::int64_t i) const {
    return bit(static_cast<const std::uint8_t*>(values_), at(i));
  }

  // Any integer kind, date (days) and timestamp (microseconds). A uint64 above the int64 range
  // keeps its bits.
  [[nodiscard]] std::int64_t integer(std::int64_t i) const {
    const std::int64_t k = at(i);
    switch (field_->kind) {
    case kind::int8: return read<std::int8_t>(k);
    case kind::int16: return read<std::int16_t>(k);
    case kind::int32:
    case kind::date: return read<std::int32_t>(k);
    case kind::uint8: return read<std::uint8_t>(k);
    case kind::uint16: return read<std::uint16_t>(k);
    case kind::uint32: return read<std::uint32_t>(k);
    case kind::uint64: return std::bit_cast<std::int64_t>(read<std::uint64_t>(k));
    case kind::boolean: return boolean(i) ? 1 : 0;
    default: return read<std::int64_t>(k);
    }
  }

  // float64, and integers widened.
  [[nodiscard]] double real(std::int64_t i) const {
    if (field_->kind == kind::float64) return read<double>(at(i));
    if (field_->kind == kind::uint64) return static_cast<double>(read<std::uint64_t>(at(i)));
    return static_cast<double>(integer(i));
  }

  // text, binary and fixed_binary; valid as long as the array.
  [[nodiscard]] std::string_view text(std::int64_t i) const {
    const std::int64_t k = at(i);
    if (field_->kind == kind::fixed_binary) {
      const auto width = static_cast<std::size_t>(field_->width);
      return {static_cast<const char*>(values_) + static_cast<std::size_t>(k) * width, width};
    }
    switch (layout_) {
    case text_layout::offsets: return between(static_cast<const std::int32_t*>(values_), k);
    case text_layout::large_offsets: return between(static_cast<const std::int64_t*>(values_), k);
    case text_layout::views: return view(k);
    }
    return {};
  }

  // text and binary in views: the buffer in which the bytes of row i lie, which lives as long as
  // the array; null where they lie in the row's own element (up to 12 bytes) and in every other
  // layout. Two cells of one buffer lie in one piece of memory, so that what is between them can be
  // read, too.
  [[nodiscard]] const void* home(std::int64_t i) const {
    if (layout_ != text_layout::views || field_->kind == kind::fixed_binary) return nullptr;
    const auto& v = static_cast<const view_element*>(values_)[at(i)];
    return v.size <= 12 ? nullptr : array_->buffers[2 + v.buffer];
  }

  // list: the rows of `items()` that belong to row i.
  [[nodiscard]] index_range list(std::int64_t i) const {
    const auto* offsets = static_cast<const std::int32_t*>(values_);
    return {offsets[at(i)], offsets[at(i) + 1]};
  }
  [[nodiscard]] column items() const { return {field_->children[0], *array_->children[0]}; }

  // struct: a field's column; row i of it stands at `child_row(i)`.
  [[nodiscard]] column child(std::size_t index) const {
    return {field_->children[index], *array_->children[index]};
  }
  [[nodiscard]] std::int64_t child_row(std::int64_t i) const { return at(i); }

  // The raw values of a fixed-width kind without dictionary: size() of them. T must be the kind's
  // own type.
  template <class T> [[nodiscard]] std::span<const T> values() const {
    return {static_cast<const T*>(values_) + offset_, static_cast<std::size_t>(size_)};
  }

private:
  enum class text_layout : std::uint8_t { offsets, large_offsets, views };

  static text_layout layout_of(std::string_view format) {
    if (format == "vu" || format == "vz") return text_layout::views;
    return format == "U" || format == "Z" ? text_layout::large_offsets : text_layout::offsets;
  }
  static const std::uint8_t* bitmap(const ArrowArray& a) {
    return a.null_count == 0 || a.n_buffers == 0 ? nullptr
                                                 : static_cast<const std::uint8_t*>(a.buffers[0]);
  }
  static bool bit(const std::uint8_t* bits, std::int64_t i) {
    return ((bits[i >> 3] >> (i & 7)) & 1) != 0;
  }
  template <class T> [[nodiscard]] T read(std::int64_t k) const {
    return static_cast<const T*>(values_)[k];
  }
  template <class T>
  [[nodiscard]] std::string_view between(const T* offsets, std::int64_t k) const {
    const auto* data = static_cast<const char*>(array_->buffers[2]);
    return {data + offsets[k], static_cast<std::size_t>(offsets[k + 1] - offsets[k])};
  }
  [[nodiscard]] std::string_view view(std::int64_t k) const {
    const auto& v = static_cast<const view_element*>(values_)[k];
    const auto size = static_cast<std::size_t>(v.size);
    if (v.size <= 12) return {reinterpret_cast<const char*>(&v) + 4, size};
    return {static_cast<const char*>(array_->buffers[2 + v.buffer]) + v.offset, size};
  }
  [[nodiscard]] std::int64_t index_at(std::int64_t i) const {
    const std::int64_t k = i + index_offset_;
    switch (index_format_) {
    case 'c': return static_cast<const std::int8_t*>(index_)[k];
    case 's': return static_cast<const std::int16_t*>(index_)[k];
    case 'i': return static_cast<const std::int32_t*>(index_)[k];
    case 'C': return static_cast<const std::uint8_t*>(index_)[k];
    case 'S': return static_cast<const std::uint16_t*>(index_)[k];
    case 'I': return static_cast<const std::uint32_t*>(index_)[k];
    default: return static_cast<const std::int64_t*>(index_)[k];
    }
  }
  [[nodiscard]] std::int64_t at(std::int64_t i) const {
    return (index_ != nullptr ? index_at(i) : i) + offset_;
  }

  const vigie::field* field_ = nullptr;
  const ArrowArray* array_ = nullptr;
  const void* values_ = nullptr;
  const std::uint8_t* valid_ = nullptr;
  const void* index_ = nullptr;
  const std::uint8_t* index_valid_ = nullptr;
  std::int64_t size_ = 0, offset_ = 0, index_offset_ = 0;
  char index_format_ = 0;
  text_layout layout_ = text_layout::offsets;
};

} // namespace vigie
#pragma GCC visibility pop
