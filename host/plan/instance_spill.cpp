// SPDX-License-Identifier: Apache-2.0
// The scratch files of a component: "vigie.spill/0" over the interface in spill.hpp.
#include "instance.hpp"

#include <cstdio>

namespace vigie::plan {

// The first failure names what an E_IO of the component is about.
vigie_status instance::spilled(const status& done, vigie_error* e) {
  if (done) return VIGIE_OK;
  code none = code::component_io;
  spill_failed_.compare_exchange_strong(none, done.error().code);
  if (e != nullptr)
    std::snprintf(e->message, sizeof e->message, "%s", done.error().message.c_str());
  if (e != nullptr) e->code = VIGIE_E_IO;
  return VIGIE_E_IO;
}

namespace {

// The files are there only while a run goes on.
diagnostic over() { return fail(code::component_io, "there are no scratch files but in a run"); }

} // namespace

vigie_spill_0 instance::spill_table() {
  vigie_spill_0 t{};
  t.struct_size = sizeof t;
  t.ctx = this;
  t.create = [](void* ctx, std::uint64_t* file, vigie_error* e) {
    auto& self = *static_cast<instance*>(ctx);
    spill* const to = self.shared_.spill;
    const auto made = to == nullptr ? result<std::uint64_t>(over()) : to->create();
    if (made) *file = *made;
    return self.spilled(made ? status() : status(made.error()), e);
  };
  t.append = [](void* ctx, std::uint64_t file, const void* from, std::uint64_t n, vigie_error* e) {
    auto& self = *static_cast<instance*>(ctx);
    spill* const to = self.shared_.spill;
    const std::string_view bytes(static_cast<const char*>(from), n);
    return self.spilled(to == nullptr ? status(over()) : to->append(file, bytes), e);
  };
  t.read = [](void* ctx, std::uint64_t file, std::uint64_t offset, void* into, std::uint64_t n,
              vigie_error* e) {
    auto& self = *static_cast<instance*>(ctx);
    spill* const from = self.shared_.spill;
    char* const at = static_cast<char*>(into);
    return self.spilled(from == nullptr ? status(over()) : from->read(file, offset, at, n), e);
  };
  t.size = [](void* ctx, std::uint64_t file) {
    spill* const of = static_cast<instance*>(ctx)->shared_.spill;
    return of == nullptr ? 0 : of->size(file);
  };
  t.drop = [](void* ctx, std::uint64_t file) {
    spill* const of = static_cast<instance*>(ctx)->shared_.spill;
    if (of != nullptr) of->drop(file);
  };
  return t;
}

} // namespace vigie::plan
