// SPDX-License-Identifier: MIT-0
// Making Arrow arrays: `builder` grows one column cell by cell and hands it over; its memory is the
// maker's and is freed through the array's release callback, from any thread. One builder, one
// thread.
#pragma once

#include "column.hpp"

#include <cstdlib>
#include <limits>
#include <new>
#include <span>

#pragma GCC visibility push(hidden)
namespace vigie {

static_assert(std::endian::native == std::endian::little,
              "builder stores the first bytes of wider integers");

// Growing memory, 64-byte aligned, with 64 readable bytes behind the content.
class buffer {
public:
  buffer() = default;
  buffer(buffer&& o) noexcept
      : data_(std::exchange(o.data_, nullptr)), size_(std::exchange(o.size_, 0)),
        room_(std::exchange(o.room_, 0)) {}
  buffer& operator=(buffer&& o) noexcept {
    std::swap(data_, o.data_);
    std::swap(size_, o.size_);
    std::swap(room_, o.room_);
    return *this;
  }
  buffer(const buffer&) = delete;
  buffer& operator=(const buffer&) = delete;
  ~buffer() { std::free(data_); }

  [[nodiscard]] char* data() { return data_; }
  [[nodiscard]] const char* data() const { return data_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  template <class T> [[nodiscard]] T* as() { return reinterpret_cast<T*>(data_); }

  // Where the next `bytes` would stand; they are not yet part of the content.
  [[nodiscard]] char* ahead(std::size_t bytes) {
    if (size_ + bytes + 64 > room_) [[unlikely]]
      reserve((size_ + bytes) * 2 + 192);
    return data_ + size_;
  }
  // Makes the content `bytes` larger and returns where the new part starts; its bytes are not set.
  char* grow(std::size_t bytes) {
    char* at = ahead(bytes);
    size_ += bytes;
    return at;
  }
  void append(const void* from, std::size_t bytes) {
    if (bytes > 0) std::memcpy(grow(bytes), from, bytes);
  }
  template <class T> void put(T value) { std::memcpy(grow(sizeof value), &value, sizeof value); }

private:
  void reserve(std::size_t bytes) {
    bytes = (bytes + 63) / 64 * 64;
    auto* fresh = static_cast<char*>(std::aligned_alloc(64, bytes));
    if (fresh == nullptr) throw std::bad_alloc();
    if (size_ > 0) std::memcpy(fresh, data_, size_);
    std::free(data_);
    data_ = fresh;
    room_ = bytes;
  }

  char* data_ = nullptr;
  std::size_t size_ = 0, room_ = 0;
};

namespace detail {

struct exported_array {
  std::vector<buffer> memory;
  std::vector<const void*> buffers;
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> child_pointers;
};

inline void release_array(ArrowArray* a) {
  auto* own = static_cast<exported_array*>(a->private_data);
  for (ArrowArray& c : own->children)
    if (c.release != nullptr) c.release(&c);
  delete own;
  a->release = nullptr;
}

inline void hand_over(std::unique_ptr<exported_array> own, std::int64_t length, std::int64_t nulls,
                      ArrowArray* out) {
  for (ArrowArray& c : own->children) own->child_pointers.push_back(&c);
  *out = {.length = length,
          .null_count = nulls,
          .offset = 0,
          .n_buffers = static_cast<std::int64_t>(own->buffers.size()),
          .n_children = static_cast<std::int64_t>(own->child_pointers.size()),
          .buffers = own->buffers.data(),
          .children = own->child_pointers.data(),
          .dictionary = nullptr,
          .release = release_array,
          .private_data = nullptr};
  out->private_data = own.release();
}

} // namespace detail

// Columns -> one batch. The columns are moved in.
inline void make_batch(std::vector<ArrowArray> columns, std::int64_t rows, ArrowArray* out) {
  auto own = std::make_unique<detail::exported_array>();
  own->children = std::move(columns);
  own->buffers = {nullptr};
  detail::hand_over(std::move(own), rows, 0, out);
}

// One column under construction. Appending a value of another kind than the column's is a fault of
// the caller: integer() serves all integer kinds, date and timestamp; text() serves text, binary
// and fixed_binary.
class builder {
public:
  // A builder without a field takes everything and keeps nothing: what a column gets that nobody
  // asked for.
  builder() = default;
  explicit builder(const field& f)
      : field_(f), used_(true), views_(format_of(f) == "vu" || format_of(f) == "vz"),
        large_(format_of(f) == "U" || format_of(f) == "Z"), width_(width_of(f)) {
    for (const field& c : f.children) children_.emplace_back(c);
    start();
  }

  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] bool used() const { return used_; }

  void null() {
    if (!used_) return;
    mark(false);
    switch (field_.kind) {
    case kind::boolean: set_bit(false); break;
    case kind::text:
    case kind::binary: views_ ? put_view({}) : end_text(); break;
    case kind::list: values_.put(static_cast<std::int32_t>(children_[0].size())); break;
    case kind::structure:
      for (builder& c : children_) c.null();
      break;
    default: std::memset(values_.grow(width_), 0, width_);
    }
    ++size_;
  }

  void boolean(bool v) {
    if (!used_) return;
    mark(true);
    set_bit(v);
    ++size_;
  }

  void integer(std::int64_t v) {
    if (!used_) return;
    mark(true);
    // All eight bytes are stored, whatever the width: there is room behind the content.
    std::memcpy(values_.grow(width_), &v, sizeof v);
    ++size_;
  }

  void real(double v) {
    if (!used_) return;
    mark(true);
    values_.put(v);
    ++size_;
  }

  void text(std::string_view v) {
    if (!used_) return;
    mark(true);
    if (views_) {
      put_view(v);
    } else if (field_.kind == kind::fixed_binary) {
      values_.append(v.data(), width_);
    } else {
      data_.append(v.data(), v.size());
      end_text();
    }
    ++size_;
  }

  // list: append the items to child(0), then end_list(). struct: append one value to every child,
  // then end_struct().
  [[nodiscard]] builder& child(std::size_t i) { return used_ ? children_[i] : nothing(); }
  void end_list() {
    if (!used_) return;
    mark(true);
    values_.put(checked32(children_[0].size()));
    ++size_;
  }
  void end_struct() {
    if (!used_) return;
    mark(true);
    ++size_;
  }

  // Room for n values without nulls of a fixed-width kind, to be filled by the caller. T must be
  // the kind's own type.
  template <class T> [[nodiscard]] std::span<T> fixed(std::int64_t n) {
    if (!used_) return {};
    if (has_nulls()) mark_many(n);
    size_ += n;
    return {reinterpret_cast<T*>(values_.grow(static_cast<std::size_t>(n) * sizeof(T))),
            static_cast<std::size_t>(n)};
  }

  // Cells written in place, for loops that fill many: room for the next n cells of a fixed-width
  // kind (T: the kind's own type) or of a column of views (T: view_element). They become part of
  // the column through take_ahead(), and are lost with any other call before it.
  template <class T> [[nodiscard]] T* ahead(std::int64_t n) {
    return reinterpret_cast<T*>(values_.ahead(static_cast<std::size_t>(n) * sizeof(T)));
  }
  // The first n cells written ahead are the next cells of the column, those with valid[i] == 0 as
  // nulls, whatever was written there. valid[i] is 0 or 1.
  void take_ahead(std::int64_t n, const std::uint8_t* valid) {
    const std::size_t wide = views_ ? sizeof(view_element) : width_;
    char* const at = values_.grow(static_cast<std::size_t>(n) * wide);
    const auto count = static_cast<std::size_t>(n);
    const void* gap = n == 0 ? nullptr : std::memchr(valid, 0, count);
    if (gap == nullptr) {
      if (has_nulls()) mark_many(n);
      size_ += n;
      return;
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (valid[i] == 0) std::memset(at + i * wide, 0, wide);
      mark(valid[i] != 0);
      ++size_;
    }
  }
  // Keeps a copy of a text in the column's own memory, for a cell written ahead.
  [[nodiscard]] view_element kept(std::string_view v) { return element_of(v); }

  // For "vu" columns of a decoder: text that lies inside [data, data + size) becomes a view into it
  // instead of a copy. The memory must live as long as the array; the host sees to that for the
  // chunk it handed to a decoder.
  void view_into(const char* data, std::size_t size) {
    base_ = data;
    base_size_ = size;
  }

  // Hands the column over and starts a new one. An unused builder gives nothing.
  void finish(ArrowArray* out) {
    auto own = std::make_unique<detail::exported_array>();
    if (has_nulls()) own->memory.push_back(std::move(valid_));
    own->buffers.push_back(has_nulls() ? own->memory.back().data() : nullptr);
    if (field_.kind != kind::structure) {
      values_.grow(0);
      own->buffers.push_back(values_.data());
      own->memory.push_back(std::move(values_));
    }
    if (is_bytes(field_.kind)) finish_text(*own);
    own->children.resize(children_.size());
    for (std::size_t i = 0; i < children_.size(); ++i) children_[i].finish(&own->children[i]);
    detail::hand_over(std::move(own), size_, nulls_, out);
    start();
  }

private:
  static builder& nothing() {
    thread_local builder none;
    return none;
  }
  [[nodiscard]] bool has_nulls() const { return nulls_ > 0; }
  [[nodiscard]] static std::int32_t checked32(std::int64_t n) {
    if (n > std::numeric_limits<std::int32_t>::max())
      throw error(VIGIE_E_RESOURCE,
                  "a column of one batch is larger than 2 GiB; emit smaller batches");
    return static_cast<std::int32_t>(n);
  }

  void start() {
    size_ = nulls_ = 0;
    valid_ = buffer();
    values_ = buffer();
    data_ = buffer();
    if (field_.kind == kind::list)
      values_.put(std::int32_t{0});
    else if (is_bytes(field_.kind) && !views_)
      end_text();
  }

  // The validity bitmap exists only from the first null on.
  void mark(bool valid) {
    if (valid && !has_nulls()) return;
    if (!has_nulls()) {
      const auto bytes = static_cast<std::size_t>(size_ / 8 + 1);
      std::memset(valid_.grow(bytes), 0xff, bytes);
    }
    if (static_cast<std::size_t>(size_ / 8) >= valid_.size()) *valid_.grow(1) = '\xff';
    if (!valid) {
      clear_bit(valid_, size_);
      ++nulls_;
    }
  }
  void mark_many(std::int64_t n) {
    const auto bytes = static_cast<std::size_t>((size_ + n) / 8 + 1);
    if (bytes > valid_.size()) {
      const std::size_t more = bytes - valid_.size();
      std::memset(valid_.grow(more), 0xff, more);
    }
  }
  static void clear_bit(buffer& bits, std::int64_t i) {
    auto& byte = bits.as<std::uint8_t>()[i / 8];
    byte = static_cast<std::uint8_t>(byte & ~(1U << (i % 8)));
  }
  void set_bit(bool v) {
    if (static_cast<std::size_t>(size_ / 8) >= values_.size()) *values_.grow(1) = 0;
    auto& byte = values_.as<std::uint8_t>()[size_ / 8];
    if (v) byte = static_cast<std::uint8_t>(byte | (1U << (size_ % 8)));
  }
  void end_text() {
    const auto end = static_cast<std::int64_t>(data_.size());
    if (large_)
      values_.put(end);
    else
      values_.put(checked32(end));
  }

  void put_view(std::string_view v) { values_.put(element_of(v)); }

  [[nodiscard]] view_element element_of(std::string_view v) {
    if (v.size() <= 12) return short_element(v);
    view_element e{};
    e.size = checked32(static_cast<std::int64_t>(v.size()));
    std::memcpy(e.prefix, v.data(), 4);
    const bool inside =
        base_ != nullptr && v.data() >= base_ && v.data() + v.size() <= base_ + base_size_;
    e.buffer = inside || base_ == nullptr ? 0 : 1;
    e.offset = checked32(inside ? v.data() - base_ : static_cast<std::int64_t>(data_.size()));
    if (!inside) data_.append(v.data(), v.size());
    return e;
  }

  // Up to 12 bytes go into the element itself, in steps of fixed size.
  [[nodiscard]] static view_element short_element(std::string_view v) {
    std::uint64_t low = 0, high = 0; // bytes 0 to 7, 8 to 11
    const char* const at = v.data();
    const std::size_t n = v.size();
    const auto read4 = [](const char* from) {
      std::uint32_t word = 0;
      std::memcpy(&word, from, 4);
      return std::uint64_t{word};
    };
    if (n >= 4) {
      low = read4(at);
      if (n >= 8) {
        low |= read4(at + 4) << 32;
        high = n > 8 ? read4(at + n - 4) >> (8 * (12 - n)) : 0;
      } else if (n > 4) {
        low |= read4(at + n - 4) >> (8 * (8 - n)) << 32;
      }
    } else {
      for (std::size_t i = 0; i < n; ++i)
        low |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
    }
    view_element e{};
    e.size = static_cast<std::int32_t>(n);
    std::memcpy(e.prefix, &low, 4);
    e.buffer = static_cast<std::int32_t>(low >> 32);
    e.offset = static_cast<std::int32_t>(high);
    return e;
  }

  void finish_text(detail::exported_array& own) {
    data_.grow(0);
    if (views_) {
      buffer sizes;
      if (base_ != nullptr) {
        own.buffers.push_back(base_);
        sizes.put(static_cast<std::int64_t>(base_size_));
      }
      sizes.put(static_cast<std::int64_t>(data_.size()));
      own.buffers.push_back(data_.data());
      own.buffers.push_back(sizes.data());
      own.memory.push_back(std::move(sizes));
    } else {
      own.buffers.push_back(data_.data());
    }
    own.memory.push_back(std::move(data_));
  }

  vigie::field field_;
  bool used_ = false, views_ = false, large_ = false;
  std::size_t width_ = 8; // bytes of a value of fixed width
  std::int64_t size_ = 0, nulls_ = 0;
  buffer valid_, values_, data_;
  std::vector<builder> children_;
  const char* base_ = nullptr;
  std::size_t base_size_ = 0;
};

} // namespace vigie
#pragma GCC visibility pop
