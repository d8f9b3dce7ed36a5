// SPDX-License-Identifier: Apache-2.0
// result<T>: a value or one diagnostic. Host libraries return it; exceptions do not cross a layer.
// Use: `auto r = f(); if (!r) return r.error(); use(*r);`
#pragma once

#include "diagnostic.hpp"

#include <optional>
#include <utility>
#include <variant>

namespace vigie {

template <class T> class [[nodiscard]] result {
public:
  result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  result(diagnostic d) : state_(std::in_place_index<1>, std::move(d)) {}

  explicit operator bool() const noexcept { return state_.index() == 0; }
  [[nodiscard]] T& operator*() & { return std::get<0>(state_); }
  [[nodiscard]] const T& operator*() const& { return std::get<0>(state_); }
  [[nodiscard]] T&& operator*() && { return std::get<0>(std::move(state_)); }
  [[nodiscard]] T* operator->() { return &std::get<0>(state_); }
  [[nodiscard]] const T* operator->() const { return &std::get<0>(state_); }
  [[nodiscard]] const diagnostic& error() const& { return std::get<1>(state_); }
  [[nodiscard]] diagnostic&& error() && { return std::get<1>(std::move(state_)); }

private:
  std::variant<T, diagnostic> state_;
};

template <> class [[nodiscard]] result<void> {
public:
  result() = default;
  result(diagnostic d) : error_(std::move(d)) {}

  explicit operator bool() const noexcept { return !error_; }
  [[nodiscard]] const diagnostic& error() const& { return *error_; }
  [[nodiscard]] diagnostic&& error() && { return *std::move(error_); }

private:
  std::optional<diagnostic> error_;
};

using status = result<void>;

} // namespace vigie
