// SPDX-License-Identifier: Apache-2.0
// A component made for one step: its parameters in the form of the interface, its host services,
// its life from create to destroy. Used by plan (create, bind) and exec (open tasks). Not copyable;
// create and destroy on the [main] thread.
#pragma once

#include "base/memory.hpp"
#include "base/params.hpp"
#include "base/result.hpp"
#include "config/yaml/node.hpp"
#include "loader/catalog.hpp"
#include "observe/log.hpp"

#include <vigie/abi.h>

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace vigie::plan {

// What all steps of a run share. Outlives every instance.
struct services {
  observe::log* log = nullptr;
  memory_budget* memory = nullptr;
  const std::atomic<bool>* cancel = nullptr;
};

// A data file a component asked for, for the manifest.
struct resource_file {
  std::string name; // as the component asked
  std::string path;
  std::string bytes;
  std::string sha256;
};

class instance {
public:
  // `params` in the order of the component's table; `with` is what they were read from, for places
  // in messages.
  instance(std::string step, loader::component_ref ref, const vigie_component* component,
           std::vector<param_value> params, const yaml::node& with, const services& shared);
  instance(const instance&) = delete;
  instance& operator=(const instance&) = delete;
  ~instance();

  // Errors: plan_config and its neighbours, with the place of the parameter in the pipeline file.
  [[nodiscard]] status create();

  [[nodiscard]] void* self() const { return self_; }
  [[nodiscard]] const vigie_component& component() const { return *component_; }
  [[nodiscard]] const loader::component_ref& ref() const { return ref_; }
  [[nodiscard]] const std::string& step() const { return step_; }
  [[nodiscard]] const std::vector<param_value>& params() const { return params_; }
  // A plugin from outside the installation: it is given copies, and all it returns is checked in
  // full.
  [[nodiscard]] bool stranger() const { return !ref_.plugin->installed; }
  template <class T> [[nodiscard]] const T* iface(const char* id) const {
    return static_cast<const T*>(component_->iface(id));
  }
  [[nodiscard]] std::vector<const resource_file*> resources() const;

  // The diagnostic for a failed call: place from the error's parameter, item and byte, or the step.
  [[nodiscard]] diagnostic error_of(const vigie_error& e, vigie_status s) const;

private:
  const vigie_value* to_abi(const param_value& v);
  vigie_status resource(std::string_view name, vigie_bytes* out, vigie_error* e);
  [[nodiscard]] result<std::string> resource_path(const std::string& name) const;
  [[nodiscard]] const yaml::node* node_of(std::int32_t param, std::int32_t item) const;
  [[nodiscard]] std::int32_t param_of_path(const std::string& name) const; // -1: none of the step's

  std::string step_;
  loader::component_ref ref_;
  const vigie_component* component_;
  std::vector<param_value> params_;
  const yaml::node& with_;
  const services& shared_;
  vigie_host host_{};
  void* self_ = nullptr;
  std::atomic<bool> over_budget_ = false; // it asked for memory and was refused
  std::deque<vigie_value> values_;
  std::deque<std::vector<const vigie_value*>> lists_;
  std::mutex resources_mutex_;
  std::map<std::string, resource_file> resources_;
  std::atomic<bool> resource_failed_ = false; // an E_IO of the component is then about that file
};

// An error struct as a caller hands it to a component.
[[nodiscard]] vigie_error fresh_error();

} // namespace vigie::plan
