// SPDX-License-Identifier: Apache-2.0
#include "array.hpp"

namespace vigie::data {
namespace {

struct owned_array {
  ArrowArray array;
  explicit owned_array(ArrowArray* moved) : array(*moved) { moved->release = nullptr; }
  owned_array(const owned_array&) = delete;
  owned_array& operator=(const owned_array&) = delete;
  ~owned_array() {
    if (array.release != nullptr) array.release(&array);
  }
};

struct lent_array {
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
  const void* buffers[1] = {nullptr};
};

// A child may be moved out of its parent and outlive it, so it holds its owner itself.
void release_child(ArrowArray* a) {
  delete static_cast<std::shared_ptr<const void>*>(a->private_data);
  a->release = nullptr;
}

void release_lent(ArrowArray* a) {
  auto* own = static_cast<lent_array*>(a->private_data);
  for (ArrowArray& c : own->children)
    if (c.release != nullptr) c.release(&c);
  delete own;
  a->release = nullptr;
}

std::int64_t text_bytes(const field& f, const ArrowArray& a) {
  const std::string format = format_of(f);
  if (format == "vu" || format == "vz") {
    std::int64_t sum = a.length * 16;
    const auto* sizes = static_cast<const std::int64_t*>(a.buffers[a.n_buffers - 1]);
    for (std::int64_t k = 0; k + 3 < a.n_buffers; ++k) sum += sizes[k];
    return sum;
  }
  const bool large = format == "U" || format == "Z";
  if (a.length == 0) return 0;
  if (large) {
    const auto* o = static_cast<const std::int64_t*>(a.buffers[1]) + a.offset;
    return a.length * 8 + o[a.length] - o[0];
  }
  const auto* o = static_cast<const std::int32_t*>(a.buffers[1]) + a.offset;
  return a.length * 4 + o[a.length] - o[0];
}

} // namespace

std::vector<shared_column> take_children(ArrowArray* moved) {
  auto owner = std::make_shared<owned_array>(moved);
  std::vector<shared_column> out;
  const std::int64_t n = owner->array.children == nullptr ? 0 : owner->array.n_children;
  for (std::int64_t i = 0; i < n; ++i) out.push_back({owner, owner->array.children[i], nullptr});
  return out;
}

shared_column take_array(ArrowArray* moved) {
  auto owner = std::make_shared<owned_array>(moved);
  const ArrowArray* array = &owner->array;
  return {std::move(owner), array, nullptr};
}

void lend(std::span<const shared_column> columns, std::int64_t rows, ArrowArray* out) {
  auto own = std::make_unique<lent_array>();
  own->children.reserve(columns.size());
  for (const shared_column& c : columns) {
    ArrowArray& child = own->children.emplace_back(*c.array);
    child.private_data = new std::shared_ptr<const void>(c.owner);
    child.release = release_child;
  }
  for (ArrowArray& c : own->children) own->pointers.push_back(&c);
  *out = {.length = rows,
          .null_count = 0,
          .offset = 0,
          .n_buffers = 1,
          .n_children = static_cast<std::int64_t>(own->pointers.size()),
          .buffers = own->buffers,
          .children = own->pointers.data(),
          .dictionary = nullptr,
          .release = release_lent,
          .private_data = nullptr};
  out->private_data = own.release();
}

std::int64_t held_bytes(const field& f, const ArrowArray& a) {
  std::int64_t sum = a.length / 8;
  if (!f.index.empty() && a.dictionary != nullptr) {
    field values = f;
    values.index.clear();
    return sum + a.length * 4 + held_bytes(values, *a.dictionary);
  }
  if (is_bytes(f.kind)) return sum + text_bytes(f, a);
  if (f.kind == kind::list)
    sum += a.length * 4;
  else if (f.kind != kind::structure)
    sum +=
        f.kind == kind::boolean ? a.length / 8 : a.length * static_cast<std::int64_t>(width_of(f));
  for (std::size_t i = 0; i < f.children.size(); ++i)
    sum += held_bytes(f.children[i], *a.children[i]);
  return sum;
}

} // namespace vigie::data
