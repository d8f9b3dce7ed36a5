// SPDX-License-Identifier: Apache-2.0
// Values as bytes, in which tasks hold them and hand them to one another: numbers as they lie in
// memory, texts and lists behind their size, optional values behind a byte, other types by their
// static `parts(value, each)`, which calls each(part). Called for each claim and page that is held.
// Pure functions; any thread. The bytes are those of one run, never of a file that is kept.
#pragma once

#include <vigie/types.hpp>

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace vigie::press {

template <class T> inline constexpr bool is_plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;
template <class T, std::size_t N> inline constexpr bool is_plain<std::array<T, N>> = is_plain<T>;

class packer {
public:
  template <class T> void operator()(const T& v) {
    if constexpr (is_plain<T>)
      out.append(reinterpret_cast<const char*>(&v), sizeof v);
    else
      T::parts(v, *this);
  }
  void operator()(const std::string& v) {
    (*this)(static_cast<std::uint64_t>(v.size()));
    out += v;
  }
  template <class T> void operator()(const std::optional<T>& v) {
    (*this)(v.has_value());
    if (v) (*this)(*v);
  }
  template <class T> void operator()(const std::vector<T>& v) {
    (*this)(static_cast<std::uint64_t>(v.size()));
    for (const T& item : v) (*this)(item);
  }

  std::string out;
};

// Throws error(E_INTERNAL) where the bytes end early.
class unpacker {
public:
  explicit unpacker(std::string_view bytes) : in_(bytes) {}

  template <class T> void operator()(T& v) {
    if constexpr (is_plain<T>)
      std::memcpy(&v, take(sizeof v).data(), sizeof v);
    else
      T::parts(v, *this);
  }
  void operator()(std::string& v) { v = take(size()); }
  template <class T> void operator()(std::optional<T>& v) {
    char there = 0;
    (*this)(there);
    if (there == 0) return;
    T made{};
    (*this)(made);
    v = std::move(made);
  }
  template <class T> void operator()(std::vector<T>& v) {
    for (std::uint64_t n = size(); n > 0; --n) (*this)(v.emplace_back());
  }

private:
  std::uint64_t size() {
    std::uint64_t n = 0;
    (*this)(n);
    return n;
  }
  std::string_view take(std::uint64_t n) {
    if (n > in_.size()) throw error(VIGIE_E_INTERNAL, "bytes that a task held are cut short");
    const std::string_view out = in_.substr(0, n);
    in_.remove_prefix(n);
    return out;
  }

  std::string_view in_;
};

template <class T> [[nodiscard]] std::string packed(const T& v) {
  packer p;
  p(v);
  return std::move(p.out);
}

template <class T> [[nodiscard]] T unpacked(std::string_view bytes) {
  unpacker u(bytes);
  T v{};
  u(v);
  return v;
}

} // namespace vigie::press
