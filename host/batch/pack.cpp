// SPDX-License-Identifier: Apache-2.0
// A packed batch: mark, rows (u64), columns (u32), then each column, then the origins.
//   column:  u8 present, its array where it is
//   array:   u8 has nulls, its bits where it has; bool: bits; fixed width: the values; text and
//            binary: u64 bytes, offsets from 0 on (rows + 1 of them; views: rows sizes), the bytes;
//            list: offsets (rows + 1), the array of its items; struct: the arrays of its fields
//   origins: u8 present, a vigie_span a row
#include "pack.hpp"

#include "pack_layout.hpp"

#include <vigie/column.hpp>

#include <bit>
#include <limits>
#include <type_traits>

namespace vigie::data {
namespace {

// Rows of one array by index into its buffers, the array's offset included: a range, or a list in
// which -1 stands for a null that the array does not know of.
struct row_range {
  std::int64_t from = 0, rows = 0;
  const std::int64_t* list = nullptr;

  [[nodiscard]] std::int64_t at(std::int64_t i) const {
    return list != nullptr ? list[i] : from + i;
  }
};
using index_list = std::vector<std::int64_t>;
using bit_list = std::vector<std::uint8_t>; // empty: all bits are set

bool bit_of(const std::uint8_t* bits, std::int64_t i) {
  return ((bits[i >> 3] >> (i & 7)) & 1) != 0;
}
std::size_t bit_bytes(std::int64_t rows) { return static_cast<std::size_t>((rows + 7) / 8); }

const std::uint8_t* validity(const ArrowArray& a) {
  return a.null_count == 0 ? nullptr : static_cast<const std::uint8_t*>(a.buffers[0]);
}

// `rows` bits from bit `from` on; those behind them in the last byte are 0.
bit_list copy_bits(const std::uint8_t* bits, std::int64_t from, std::int64_t rows) {
  bit_list out(bit_bytes(rows));
  const auto shift = static_cast<unsigned>(from & 7);
  const std::uint8_t* in = bits + (from >> 3);
  const std::int64_t last = (static_cast<std::int64_t>(shift) + rows + 7) / 8 - 1;
  for (std::size_t k = 0; k < out.size(); ++k) {
    const bool more = shift > 0 && static_cast<std::int64_t>(k) < last;
    const unsigned next = more ? in[k + 1] : 0U;
    out[k] = static_cast<std::uint8_t>((in[k] >> shift) | (next << (8U - shift)));
  }
  if (rows % 8 != 0) out.back() &= static_cast<std::uint8_t>((1U << (rows % 8)) - 1);
  return out;
}

void set_bit(bit_list& bits, std::int64_t i) {
  auto& byte = bits[static_cast<std::size_t>(i >> 3)];
  byte = static_cast<std::uint8_t>(byte | (1U << (i & 7)));
}

// Which of the rows are no nulls.
bit_list valid_rows(const ArrowArray& a, const row_range& r) {
  const std::uint8_t* known = validity(a);
  if (r.rows == 0 || (known == nullptr && r.list == nullptr)) return {};
  bit_list out;
  if (r.list == nullptr) {
    out = copy_bits(known, r.from, r.rows);
  } else {
    out.resize(bit_bytes(r.rows));
    for (std::int64_t i = 0; i < r.rows; ++i)
      if (r.list[i] >= 0 && (known == nullptr || bit_of(known, r.list[i]))) set_bit(out, i);
  }
  std::int64_t set = 0;
  for (const std::uint8_t byte : out) set += std::popcount(byte);
  return set == r.rows ? bit_list() : out;
}

bool is_valid(const bit_list& valid, std::int64_t i) {
  return valid.empty() || bit_of(valid.data(), i);
}

[[noreturn]] void too_large() {
  throw error(VIGIE_E_RESOURCE, "a column of one batch is larger than 2 GiB; emit smaller batches");
}

// Where the bytes go: a text, or nowhere, to be counted.
class text_sink {
public:
  explicit text_sink(std::string& to) : to_(to) {}
  void bytes(const void* from, std::size_t n) {
    if (n > 0) to_.append(static_cast<const char*>(from), n);
  }
  char* room(std::size_t n) {
    to_.resize(to_.size() + n);
    return to_.data() + to_.size() - n;
  }

private:
  std::string& to_;
};

class counter {
public:
  void bytes(const void*, std::size_t n) { count_ += n; }
  char* room(std::size_t n) {
    count_ += n;
    return nullptr;
  }
  [[nodiscard]] std::size_t count() const { return count_; }

private:
  std::size_t count_ = 0;
};

template <class Sink> class packer {
public:
  explicit packer(Sink& to) : to_(to) {}

  template <class T> void number(T v) { to_.bytes(&v, sizeof v); }

  void array(const field& f, const ArrowArray& a, const row_range& r) {
    const bit_list valid = valid_rows(a, r);
    number<std::uint8_t>(valid.empty() ? 0 : 1);
    to_.bytes(valid.data(), valid.size());
    switch (f.kind) {
    case kind::boolean: return bits(a, r, valid);
    case kind::text:
    case kind::binary: return texts(f, a, r, valid);
    case kind::list: return lists(f, a, r, valid);
    case kind::structure: return fields(f, a, r, valid);
    default: return fixed(a, r, valid, width_of(f));
    }
  }

private:
  void bits(const ArrowArray& a, const row_range& r, const bit_list& valid) {
    if (r.rows == 0) return;
    const auto* from = static_cast<const std::uint8_t*>(a.buffers[1]);
    bit_list out;
    if (r.list == nullptr) {
      out = copy_bits(from, r.from, r.rows);
      for (std::size_t k = 0; k < valid.size(); ++k) out[k] &= valid[k];
    } else {
      out.resize(bit_bytes(r.rows));
      for (std::int64_t i = 0; i < r.rows; ++i)
        if (is_valid(valid, i) && bit_of(from, r.list[i])) set_bit(out, i);
    }
    to_.bytes(out.data(), out.size());
  }

  void fixed(const ArrowArray& a, const row_range& r, const bit_list& valid, std::size_t width) {
    const auto rows = static_cast<std::size_t>(r.rows);
    char* to = to_.room(rows * width);
    if (to == nullptr || rows * width == 0) return;
    const auto* from = static_cast<const char*>(a.buffers[1]);
    if (r.list == nullptr)
      std::memcpy(to, from + static_cast<std::size_t>(r.from) * width, rows * width);
    else if (width == 8)
      gather(to, from, r, std::integral_constant<std::size_t, 8>());
    else if (width == 4)
      gather(to, from, r, std::integral_constant<std::size_t, 4>());
    else
      gather(to, from, r, width);
    for (std::size_t i = 0; i < rows && !valid.empty(); ++i)
      if (!is_valid(valid, static_cast<std::int64_t>(i))) std::memset(to + i * width, 0, width);
  }
  // With a constant for `Width` a copy is one instruction.
  template <class Width>
  static void gather(char* to, const char* from, const row_range& r, Width width) {
    for (std::int64_t i = 0; i < r.rows; ++i)
      if (r.list[i] >= 0)
        std::memcpy(to + static_cast<std::size_t>(i) * width,
                    from + static_cast<std::size_t>(r.list[i]) * width, width);
  }

  void texts(const field& f, const ArrowArray& a, const row_range& r, const bit_list& valid) {
    switch (packed::layout_of(f)) {
    case packed::text_layout::offsets: return offset_texts<std::int32_t>(f, a, r, valid);
    case packed::text_layout::large_offsets: return offset_texts<std::int64_t>(f, a, r, valid);
    case packed::text_layout::views: return cells<std::int32_t, false>(f, a, r, valid);
    }
  }
  template <class T>
  void offset_texts(const field& f, const ArrowArray& a, const row_range& r,
                    const bit_list& valid) {
    if (r.rows == 0 || !in_one_piece<T>(a, r, valid)) return cells<T, true>(f, a, r, valid);
    const T* o = static_cast<const T*>(a.buffers[1]) + r.from;
    const auto size = static_cast<std::size_t>(o[r.rows] - o[0]);
    number<std::uint64_t>(size);
    shifted(o, r.rows + 1);
    if (size > 0) to_.bytes(static_cast<const char*>(a.buffers[2]) + o[0], size);
  }
  // Whether the cells of the rows follow each other, with nothing under the nulls.
  template <class T>
  static bool in_one_piece(const ArrowArray& a, const row_range& r, const bit_list& valid) {
    if (r.list != nullptr) return false;
    if (valid.empty()) return true;
    const T* o = static_cast<const T*>(a.buffers[1]) + r.from;
    for (std::int64_t i = 0; i < r.rows; ++i)
      if (!is_valid(valid, i) && o[i] != o[i + 1]) return false;
    return true;
  }
  template <class T> void shifted(const T* o, std::int64_t n) {
    char* to = to_.room(static_cast<std::size_t>(n) * sizeof(T));
    if (to == nullptr) return;
    for (std::int64_t i = 0; i < n; ++i) {
      const T v = o[i] - o[0];
      std::memcpy(to + static_cast<std::size_t>(i) * sizeof(T), &v, sizeof v);
    }
  }
  // Cell by cell; T is the type of offsets, or of sizes.
  template <class T, bool Offsets>
  void cells(const field& f, const ArrowArray& a, const row_range& r, const bit_list& valid) {
    const column c(f, a);
    const auto cell = [&](std::int64_t i) {
      return is_valid(valid, i) ? c.text(r.at(i) - a.offset) : std::string_view();
    };
    std::vector<T> ends;
    ends.reserve(static_cast<std::size_t>(r.rows) + 1);
    if (Offsets) ends.push_back(0);
    std::uint64_t sum = 0;
    for (std::int64_t i = 0; i < r.rows; ++i) {
      const std::size_t size = cell(i).size();
      sum += size;
      if (Offsets && sum > static_cast<std::uint64_t>(std::numeric_limits<T>::max())) too_large();
      ends.push_back(static_cast<T>(Offsets ? sum : size));
    }
    number<std::uint64_t>(sum);
    to_.bytes(ends.data(), ends.size() * sizeof(T));
    char* to = to_.room(sum);
    for (std::int64_t i = 0; i < r.rows && to != nullptr; ++i) {
      const std::string_view v = cell(i);
      if (!v.empty()) std::memcpy(to, v.data(), v.size());
      to += v.size();
    }
  }

  void lists(const field& f, const ArrowArray& a, const row_range& r, const bit_list& valid) {
    const ArrowArray& items = *a.children[0];
    const auto* all = static_cast<const std::int32_t*>(a.buffers[1]);
    if (r.rows == 0) {
      number<std::int32_t>(0);
      return array(f.children[0], items, {});
    }
    if (in_one_piece<std::int32_t>(a, r, valid)) {
      const std::int32_t* o = all + r.from;
      shifted(o, r.rows + 1);
      return array(f.children[0], items, {items.offset + o[0], o[r.rows] - o[0]});
    }
    std::vector<std::int32_t> ends{0};
    index_list rows;
    for (std::int64_t i = 0; i < r.rows; ++i) {
      if (is_valid(valid, i))
        for (std::int64_t k = all[r.at(i)]; k < all[r.at(i) + 1]; ++k)
          rows.push_back(items.offset + k);
      if (rows.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        too_large();
      ends.push_back(static_cast<std::int32_t>(rows.size()));
    }
    to_.bytes(ends.data(), ends.size() * sizeof(std::int32_t));
    array(f.children[0], items, {0, static_cast<std::int64_t>(rows.size()), rows.data()});
  }

  void fields(const field& f, const ArrowArray& a, const row_range& r, const bit_list& valid) {
    for (std::size_t k = 0; k < f.children.size(); ++k) {
      const ArrowArray& child = *a.children[k];
      if (r.list == nullptr && valid.empty()) {
        array(f.children[k], child, {child.offset + r.from, r.rows});
        continue;
      }
      index_list rows(static_cast<std::size_t>(r.rows), -1);
      for (std::int64_t i = 0; i < r.rows; ++i)
        if (is_valid(valid, i)) rows[static_cast<std::size_t>(i)] = child.offset + r.at(i);
      array(f.children[k], child, {0, r.rows, rows.data()});
    }
  }

  Sink& to_;
};

template <class Sink>
void pack_column(packer<Sink>& to, const field& f, const shared_column& c, std::int64_t n) {
  to.template number<std::uint8_t>(c.present() ? 1 : 0);
  if (!c.present()) return;
  if (!c.rows) return to.array(f, *c.array, {c.array->offset, n});
  index_list rows(c.rows->size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = (*c.rows)[i] + c.array->offset;
  to.array(f, *c.array, {0, n, rows.data()});
}

template <class Sink> void pack_to(Sink& sink, const schema& fields, const batch& b) {
  packer<Sink> to(sink);
  to.template number<std::uint32_t>(packed::mark);
  to.template number<std::uint64_t>(static_cast<std::uint64_t>(b.rows));
  to.template number<std::uint32_t>(static_cast<std::uint32_t>(fields.size()));
  for (std::size_t k = 0; k < fields.size(); ++k) pack_column(to, fields[k], b.columns[k], b.rows);
  to.template number<std::uint8_t>(b.origins ? 1 : 0);
  if (!b.origins) return;
  const auto rows = static_cast<std::size_t>(b.rows);
  if (!b.origin_rows) return sink.bytes(b.origins->data(), rows * sizeof(vigie_span));
  char* spans = sink.room(rows * sizeof(vigie_span));
  for (std::size_t i = 0; i < rows && spans != nullptr; ++i) {
    const vigie_span s = b.origin(static_cast<std::int64_t>(i));
    std::memcpy(spans + i * sizeof s, &s, sizeof s);
  }
}

} // namespace

void pack(const schema& fields, const batch& b, std::string& out) {
  text_sink sink(out);
  pack_to(sink, fields, b);
}

std::int64_t packed_bytes(const schema& fields, const batch& b) {
  counter sink;
  pack_to(sink, fields, b);
  return static_cast<std::int64_t>(sink.count());
}

} // namespace vigie::data
