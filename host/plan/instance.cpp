// SPDX-License-Identifier: Apache-2.0
#include "instance.hpp"

#include "base/text.hpp"
#include "io/files.hpp"
#include "io/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

namespace vigie::plan {
namespace {

constexpr std::uint64_t most_resource = std::uint64_t{1} << 30U;
constexpr std::size_t most_logged = 4000; // bytes of a line

std::string text_of(const char* s, std::size_t room) { return {s, ::strnlen(s, room)}; }

code code_of(vigie_status s, bool in_expression) {
  switch (s) {
  case VIGIE_E_CONFIG: return in_expression ? code::plan_expression : code::plan_config;
  case VIGIE_E_SCHEMA: return in_expression ? code::plan_expression : code::plan_schema;
  case VIGIE_E_DATA: return code::component_data;
  case VIGIE_E_IO: return code::component_io;
  case VIGIE_E_RESOURCE: return code::component_resource;
  case VIGIE_E_CANCELLED: return code::run_interrupted;
  case VIGIE_E_UNSUPPORTED: return code::component_unsupported;
  default: return code::component_failed;
  }
}

} // namespace

vigie_error fresh_error() {
  vigie_error e{};
  e.struct_size = sizeof e;
  e.param = e.item = -1;
  e.offset = e.row = -1;
  return e;
}

instance::instance(std::string step, loader::component_ref ref, const vigie_component* component,
                   std::vector<param_value> params, const yaml::node& with, const services& shared)
    : step_(std::move(step)), ref_(ref), component_(component), params_(std::move(params)),
      with_(with), shared_(shared) {
  host_.struct_size = sizeof host_;
  host_.abi_major = VIGIE_ABI_MAJOR;
  host_.abi_minor = VIGIE_ABI_MINOR;
  host_.ctx = this;
  host_.log = [](void* ctx, std::int32_t level, vigie_str text) {
    const auto& self = *static_cast<instance*>(ctx);
    const int clamped = std::clamp(level, 1, 4);
    if (self.shared_.log != nullptr)
      self.shared_.log->write(
          static_cast<observe::level>(clamped), self.step_,
          self.words({text.data, std::min<std::size_t>(text.size, most_logged)}));
  };
  host_.metric = [](void*, std::uint32_t, double) {};
  host_.cancelled = [](void* ctx) {
    const auto* cancel = static_cast<instance*>(ctx)->shared_.cancel;
    return cancel != nullptr && cancel->load() ? 1 : 0;
  };
  host_.resource = [](void* ctx, vigie_str name, vigie_bytes* out, vigie_error* e) {
    return static_cast<instance*>(ctx)->resource({name.data, name.size}, out, e);
  };
  host_.reserve = [](void* ctx, std::int64_t delta) -> vigie_status {
    auto& self = *static_cast<instance*>(ctx);
    const auto use = self.shared_.spill == nullptr ? memory_use::firm : memory_use::spillable;
    if (self.shared_.memory == nullptr || self.shared_.memory->reserve(delta, use)) return VIGIE_OK;
    self.over_budget_ = true;
    return VIGIE_E_RESOURCE;
  };
  host_.extension = [](void* ctx, const char* id) -> const void* {
    const auto& self = *static_cast<instance*>(ctx);
    return self.shared_.spill != nullptr && std::string_view(id) == "vigie.spill/0" ? &self.spill_
                                                                                    : nullptr;
  };
}

instance::~instance() {
  if (self_ != nullptr) component_->destroy(self_);
}

const vigie_value* instance::to_abi(const param_value& v) {
  std::vector<const vigie_value*> items;
  for (const param_value& item : v.items) items.push_back(to_abi(item));
  const auto& kept = lists_.emplace_back(std::move(items));
  return &values_.emplace_back(vigie_value{.struct_size = sizeof(vigie_value),
                                           .type = static_cast<std::uint32_t>(v.type),
                                           .set = v.set ? 1U : 0U,
                                           .n_items = static_cast<std::uint32_t>(kept.size()),
                                           .i = v.i,
                                           .r = v.r,
                                           .s = {v.s.data(), v.s.size()},
                                           .key = {v.key.data(), v.key.size()},
                                           .items = kept.data()});
}

status instance::create() {
  std::vector<const vigie_value*> given;
  for (const param_value& v : params_) given.push_back(to_abi(v));
  vigie_error e = fresh_error();
  const vigie_status s = component_->create(&host_, given.data(), &self_, &e);
  if (s < 0) return error_of(e, s);
  if (self_ == nullptr)
    return fail(code::plugin_broke_contract,
                fmt::format("{} reported success and made nothing", component_->name))
        .at({.step = step_});
  return {};
}

void instance::withhold(const std::vector<std::string>& columns, std::set<std::string> known) {
  if (columns.empty() || shared_.show_sensitive) return;
  withheld_ =
      fmt::format("withheld: the step reads sensitive columns ({})", text::join(columns, ", "));
  known_columns_ = std::move(known);
}

// A text may be cut at the limit of its room, in the middle of a secret or of a character.
std::string instance::words(std::string_view said) const {
  if (!withheld_.empty()) return withheld_;
  std::string out(said);
  if (shared_.secrets != nullptr) out = shared_.secrets->apply_cut(std::move(out));
  return text::invalid_utf8(out) ? text::printable(out) : out;
}

std::string instance::column_named(std::string_view name) const {
  if (!withheld_.empty() && !known_columns_.contains(std::string(name))) return {};
  std::string out(name);
  if (shared_.secrets != nullptr) out = shared_.secrets->apply_cut(std::move(out));
  return text::invalid_utf8(out) ? text::printable(out) : out;
}

diagnostic instance::error_of(const vigie_error& e, vigie_status s) const {
  const param_value* at = nullptr;
  if (e.param >= 0 && static_cast<std::size_t>(e.param) < params_.size())
    at = &params_[static_cast<std::size_t>(e.param)];
  if (at != nullptr && e.item >= 0 && static_cast<std::size_t>(e.item) < at->items.size())
    at = &at->items[static_cast<std::size_t>(e.item)];
  const std::string said = text_of(e.message, sizeof e.message);
  const bool resource = s == VIGIE_E_IO && resource_failed_;
  diagnostic d = fail(
      resource ? code::plan_resource
               : code_of(s, at != nullptr && at->type == param_type::expression),
      said.empty() ? fmt::format("{} failed with status {} and said nothing", component_->name, s)
                   : words(said));
  if (!said.empty() && !withheld_.empty()) d.hint = "--show-sensitive shows it, on a terminal";
  if (s == VIGIE_E_RESOURCE && over_budget_) d.code = code::run_memory;
  if (s == VIGIE_E_IO && !resource) d.code = spill_failed_;
  if (at != nullptr && at->place.line > 0) {
    d.place = at->place;
    const yaml::node* written = e.offset < 0 ? nullptr : node_of(e.param, e.item);
    if (written != nullptr && written->is_scalar())
      d.place = yaml::position_in(*written, static_cast<std::size_t>(e.offset), at->place.file);
  }
  d.place.step = step_;
  d.place.field = column_named(text_of(e.column, sizeof e.column));
  d.place.row = e.row;
  return d;
}

// The scalar a parameter, or an item of its list or map, was read from.
const yaml::node* instance::node_of(std::int32_t param, std::int32_t item) const {
  const yaml::entry* e = with_.find(ref_.info->params[static_cast<std::size_t>(param)].name);
  if (e == nullptr || item < 0) return e == nullptr ? nullptr : &e->value;
  const auto at = static_cast<std::size_t>(item);
  if (at < e->value.items.size()) return &e->value.items[at];
  return at < e->value.entries.size() ? &e->value.entries[at].value : &e->value;
}

std::int32_t instance::param_of_path(const std::string& name) const {
  const auto owns = [&](const auto& self, const param_value& v) -> bool {
    if (v.set && v.type == param_type::path && v.items.empty() && v.s == name) return true;
    return std::ranges::any_of(v.items, [&](const param_value& i) { return self(self, i); });
  };
  const auto at =
      std::ranges::find_if(params_, [&](const param_value& v) { return owns(owns, v); });
  return at == params_.end() ? -1 : static_cast<std::int32_t>(at - params_.begin());
}

result<std::string> instance::resource_path(const std::string& name) const {
  if (param_of_path(name) >= 0) return name;
  const bool inside = !name.empty() && name.front() != '/' && name.find("..") == std::string::npos;
  if (!inside)
    return fail(
        code::plan_resource,
        fmt::format("'{}' is neither one of the step's path parameters nor a file of the plugin",
                    name));
  return ref_.plugin->share + "/" + name;
}

vigie_status instance::resource(std::string_view name, vigie_bytes* out, vigie_error* e) {
  const std::lock_guard lock(resources_mutex_);
  const std::string key(name);
  auto known = resources_.find(key);
  if (known == resources_.end()) {
    const auto path = resource_path(key);
    const auto bytes =
        path ? io::read_small_file(*path, most_resource) : result<std::string>(path.error());
    const auto digest = bytes ? io::sha256(*bytes) : result<io::sha256_value>(bytes.error());
    if (!digest) {
      resource_failed_ = true;
      std::snprintf(e->message, sizeof e->message, "%s", digest.error().message.c_str());
      e->code = VIGIE_E_IO;
      e->param = param_of_path(key);
      return VIGIE_E_IO;
    }
    known = resources_.emplace(key, resource_file{key, *path, *bytes, io::to_hex(*digest)}).first;
  }
  *out = {known->second.bytes.data(), known->second.bytes.size()};
  return VIGIE_OK;
}

std::vector<const resource_file*> instance::resources() const {
  const std::lock_guard lock(resources_mutex_);
  std::vector<const resource_file*> out;
  for (const auto& [name, file] : resources_) out.push_back(&file);
  return out;
}

} // namespace vigie::plan
