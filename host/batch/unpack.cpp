// SPDX-License-Identifier: Apache-2.0
// Reads what pack.cpp writes; the form is described there. Every length is held against the bytes
// that are left before anything is allocated or read.
#include "check.hpp"
#include "pack.hpp"
#include "pack_layout.hpp"

#include <vigie/builder.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <limits>

namespace vigie::data {
namespace {

constexpr std::int64_t most_rows = std::numeric_limits<std::int32_t>::max();

// After the first thing that is wrong everything reads as nothing: the arrays that are made then
// are empty, and thrown away by `unpack`.
class unpacker {
public:
  explicit unpacker(std::string_view bytes) : bytes_(bytes), left_(bytes) {}

  [[nodiscard]] bool sound() const { return wrong_ == nullptr; }
  [[nodiscard]] bool at_end() const { return left_.empty(); }
  void wrong(const char* what) {
    if (wrong_ != nullptr) return;
    wrong_ = what;
    wrong_at_ = bytes_.size() - left_.size();
    left_ = {};
  }
  [[nodiscard]] diagnostic damage() const {
    return fail(code::pack_damaged, fmt::format("{} packed bytes hold no batch: at byte {}, {}",
                                                bytes_.size(), wrong_at_, wrong_))
        .help("run again; where it happens again, check the disk of the work folder");
  }

  // n * width bytes, or nothing.
  std::string_view take(std::int64_t n, std::size_t width) {
    const auto count = static_cast<std::uint64_t>(n);
    if (n < 0 || (width > 0 && count > left_.size() / width)) {
      wrong("they end too early");
      return {};
    }
    const std::string_view out = left_.substr(0, count * width);
    left_.remove_prefix(out.size());
    return out;
  }
  template <class T> T number() {
    T v{};
    const std::string_view from = take(1, sizeof v);
    if (from.size() == sizeof v) std::memcpy(&v, from.data(), sizeof v);
    return v;
  }
  bool flag() {
    const auto v = number<std::uint8_t>();
    if (v > 1) wrong("a mark that is 0 or 1 is neither");
    return v == 1;
  }

  void array(const field& f, std::int64_t rows, ArrowArray* out) {
    auto own = std::make_unique<detail::exported_array>();
    const std::int64_t nulls = validity(rows, *own);
    switch (f.kind) {
    case kind::boolean: values(take((rows + 7) / 8, 1), *own); break;
    case kind::text:
    case kind::binary: texts(f, rows, *own); break;
    case kind::list: items(f, rows, *own); break;
    case kind::structure: fields(f, rows, *own); break;
    default: values(take(rows, width_of(f)), *own);
    }
    detail::hand_over(std::move(own), sound() ? rows : 0, sound() ? nulls : 0, out);
  }

private:
  // The first buffer; returns how many nulls there are.
  std::int64_t validity(std::int64_t rows, detail::exported_array& own) {
    own.buffers.push_back(nullptr);
    if (!flag()) return 0;
    const std::string_view bits = take((rows + 7) / 8, 1);
    if (bits.empty()) return 0;
    std::int64_t set = 0;
    for (const char byte : bits) set += std::popcount(static_cast<unsigned char>(byte));
    const unsigned behind = static_cast<unsigned char>(bits.back()) >> (rows % 8);
    if ((rows % 8 != 0 && behind != 0) || set == rows)
      wrong("the bits of nulls are not as written");
    own.buffers[0] = copy(bits, own);
    return rows - set;
  }

  static char* memory(std::size_t bytes, detail::exported_array& own) {
    buffer to;
    char* at = to.grow(bytes);
    own.memory.push_back(std::move(to));
    return at;
  }
  static char* copy(std::string_view bytes, detail::exported_array& own) {
    char* to = memory(bytes.size(), own);
    if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
    return to;
  }
  static void values(std::string_view bytes, detail::exported_array& own) {
    own.buffers.push_back(copy(bytes, own));
  }

  void texts(const field& f, std::int64_t rows, detail::exported_array& own) {
    const auto size = number<std::uint64_t>();
    switch (packed::layout_of(f)) {
    case packed::text_layout::offsets: return offset_texts<std::int32_t>(rows, size, own);
    case packed::text_layout::large_offsets: return offset_texts<std::int64_t>(rows, size, own);
    case packed::text_layout::views: return views(rows, size, own);
    }
  }
  template <class T>
  void offset_texts(std::int64_t rows, std::uint64_t size, detail::exported_array& own) {
    offsets<T>(take(rows + 1, sizeof(T)), size, own);
    values(take(static_cast<std::int64_t>(size), 1), own);
  }
  // Offsets that ascend from 0 to `end`.
  template <class T>
  void offsets(std::string_view bytes, std::uint64_t end, detail::exported_array& own) {
    const T* o = reinterpret_cast<const T*>(copy(bytes, own));
    own.buffers.push_back(o);
    if (!sound()) return;
    const std::size_t last = bytes.size() / sizeof(T) - 1;
    bool ascending = o[0] == 0;
    for (std::size_t i = 0; i < last; ++i) ascending &= o[i + 1] >= o[i];
    if (!ascending || static_cast<std::uint64_t>(o[last]) != end)
      wrong("offsets are not as written");
  }

  struct view_sizes {
    std::uint64_t all = 0, outside = 0; // bytes of all cells, of those that are not in their view
  };
  view_sizes sizes_of(std::string_view sizes) {
    view_sizes out;
    for (std::size_t at = 0; at < sizes.size(); at += sizeof(std::int32_t)) {
      std::int32_t size = 0;
      std::memcpy(&size, sizes.data() + at, sizeof size);
      if (size < 0) wrong("the size of a text is negative");
      out.all += static_cast<std::uint64_t>(size);
      if (size > 12) out.outside += static_cast<std::uint64_t>(size);
    }
    return out;
  }
  void views(std::int64_t rows, std::uint64_t size, detail::exported_array& own) {
    const std::string_view sizes = take(rows, sizeof(std::int32_t));
    const view_sizes sum = sizes_of(sizes);
    if (sum.all != size) wrong("the sizes of texts do not add up");
    const std::string_view bytes = take(static_cast<std::int64_t>(size), 1);
    const std::int64_t n = sound() ? rows : 0;
    auto* elements = reinterpret_cast<view_element*>(
        memory(static_cast<std::size_t>(n) * sizeof(view_element), own));
    char* to = memory(sound() ? sum.outside : 0, own);
    own.buffers.push_back(elements);
    place_views(sizes.data(), bytes.data(), n, elements, to, own);
  }
  // Offsets of views have 31 bits: where they do not reach, the same memory goes on as a further
  // buffer.
  static void place_views(const char* sizes, const char* from, std::int64_t n, view_element* to,
                          char* data, detail::exported_array& own) {
    std::vector<std::int64_t> lengths{0};
    own.buffers.push_back(data);
    for (std::int64_t i = 0; i < n; ++i) {
      view_element v{};
      std::memcpy(&v.size, sizes + static_cast<std::size_t>(i) * sizeof v.size, sizeof v.size);
      const auto size = static_cast<std::size_t>(v.size);
      if (size <= 12) {
        if (size > 0) std::memcpy(reinterpret_cast<char*>(&v) + 4, from, size);
      } else {
        if (lengths.back() > most_rows - v.size) {
          lengths.push_back(0);
          own.buffers.push_back(data);
        }
        std::memcpy(v.prefix, from, sizeof v.prefix);
        v.buffer = static_cast<std::int32_t>(lengths.size() - 1);
        v.offset = static_cast<std::int32_t>(lengths.back());
        std::memcpy(data, from, size);
        data += size;
        lengths.back() += v.size;
      }
      from += size;
      to[i] = v;
    }
    own.buffers.push_back(copy(
        {reinterpret_cast<const char*>(lengths.data()), lengths.size() * sizeof(lengths[0])}, own));
  }

  void items(const field& f, std::int64_t rows, detail::exported_array& own) {
    const std::string_view bytes = take(rows + 1, sizeof(std::int32_t));
    std::int32_t end = 0;
    if (!bytes.empty()) std::memcpy(&end, bytes.data() + bytes.size() - sizeof end, sizeof end);
    end = std::max(end, 0);
    offsets<std::int32_t>(bytes, static_cast<std::uint64_t>(end), own);
    own.children.resize(1);
    array(f.children[0], end, &own.children[0]);
  }
  void fields(const field& f, std::int64_t rows, detail::exported_array& own) {
    own.children.resize(f.children.size());
    for (std::size_t k = 0; k < f.children.size(); ++k)
      array(f.children[k], rows, &own.children[k]);
  }

  std::string_view bytes_, left_;
  const char* wrong_ = nullptr;
  std::size_t wrong_at_ = 0;
};

std::shared_ptr<const std::vector<vigie_span>> take_origins(unpacker& from, std::int64_t rows) {
  const std::string_view bytes = from.take(rows, sizeof(vigie_span));
  auto spans = std::make_shared<std::vector<vigie_span>>(bytes.size() / sizeof(vigie_span));
  if (!bytes.empty()) std::memcpy(spans->data(), bytes.data(), bytes.size());
  for (const vigie_span& s : *spans)
    if (s.offset < -1 || s.length < -1 || s.file < -1) from.wrong("an origin is negative");
  return spans;
}

status check(const schema& fields, const batch& b) {
  schema present;
  std::vector<shared_column> columns;
  for (std::size_t k = 0; k < fields.size(); ++k) {
    if (!b.columns[k].present()) continue;
    present.push_back(fields[k]);
    columns.push_back(b.columns[k]);
  }
  ArrowArray whole{};
  lend(columns, b.rows, &whole);
  const status ok = check_batch(present, whole, b.rows, depth::full);
  whole.release(&whole);
  if (ok) return {};
  return fail(code::pack_damaged, "packed bytes hold an impossible batch: " + ok.error().message)
      .help("run again; where it happens again, check the disk of the work folder");
}

} // namespace

result<batch> unpack(const schema& fields, std::string_view bytes) {
  unpacker from(bytes);
  if (from.number<std::uint32_t>() != packed::mark) from.wrong("they do not begin as a batch");
  const auto rows = from.number<std::uint64_t>();
  if (rows > static_cast<std::uint64_t>(most_rows)) from.wrong("there are too many rows");
  if (from.number<std::uint32_t>() != fields.size()) from.wrong("the number of columns is another");
  batch out{.rows = from.sound() ? static_cast<std::int64_t>(rows) : 0,
            .columns = {},
            .origins = nullptr,
            .origin_rows = nullptr};
  for (const field& f : fields) {
    shared_column& c = out.columns.emplace_back();
    if (!from.flag()) continue;
    ArrowArray a{};
    from.array(f, out.rows, &a);
    c = take_array(&a);
  }
  if (from.flag()) out.origins = take_origins(from, out.rows);
  if (from.sound() && !from.at_end()) from.wrong("more bytes follow");
  if (!from.sound()) return from.damage();
  if (auto ok = check(fields, out); !ok) return ok.error();
  return out;
}

} // namespace vigie::data
