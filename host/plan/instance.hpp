// SPDX-License-Identifier: Apache-2.0
// A component made for one step: its parameters in the form of the interface, its host services,
// its life from create to destroy. Used by plan (create, bind) and exec (open tasks). Not copyable;
// create and destroy on the [main] thread.
#pragma once

#include "base/memory.hpp"
#include "base/params.hpp"
#include "base/redact.hpp"
#include "base/result.hpp"
#include "config/yaml/node.hpp"
#include "loader/catalog.hpp"
#include "observe/log.hpp"
#include "spill.hpp"

#include <vigie/abi.h>

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace vigie::plan {

// What all steps of a run share. Outlives every instance.
struct services {
  observe::log* log = nullptr;
  memory_budget* memory = nullptr;
  const std::atomic<bool>* cancel = nullptr;
  const redactor* secrets = nullptr; // masked in all that is said; nullptr: there are none
  bool show_sensitive = false;       // words of steps that hold sensitive cells are passed on
  plan::spill* spill = nullptr; // scratch files; nullptr: there are none (only while a run goes on)
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
  // The files it has read so far, by name. Any thread: tasks may read more meanwhile.
  [[nodiscard]] std::vector<const resource_file*> resources() const;

  // Once bound: the component holds cells of these sensitive columns, so what it says is withheld
  // from now on; it may still name columns of `known`. Without columns, or where the run shows
  // sensitive cells, nothing is withheld. [main], before tasks run.
  void withhold(const std::vector<std::string>& columns, std::set<std::string> known);
  // Words of the component, such as why it rejects a row, as they may be passed on: UTF-8, secrets
  // masked, or what stands for words that are withheld. Every text of a component goes through here
  // or column_named(). [any]
  [[nodiscard]] std::string words(std::string_view said) const;
  // The name of a column as the component gives it; empty where words are withheld and it is none
  // of the step's. [any]
  [[nodiscard]] std::string column_named(std::string_view name) const;

  // The diagnostic for a failed call: place from the error's parameter, item and byte, or the step.
  [[nodiscard]] diagnostic error_of(const vigie_error& e, vigie_status s) const;

private:
  const vigie_value* to_abi(const param_value& v);
  vigie_status resource(std::string_view name, vigie_bytes* out, vigie_error* e);
  [[nodiscard]] vigie_spill_0 spill_table(); // "vigie.spill/0"
  vigie_status spilled(const status& done, vigie_error* e);
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
  std::string withheld_; // stands for the component's words; empty: they are passed on
  std::set<std::string> known_columns_;
  void* self_ = nullptr;
  vigie_spill_0 spill_ = spill_table();
  std::atomic<bool> over_budget_ = false;               // it asked for memory and was refused
  std::atomic<code> spill_failed_ = code::component_io; // what an E_IO of the component then is
  std::deque<vigie_value> values_;
  std::deque<std::vector<const vigie_value*>> lists_;
  mutable std::mutex resources_mutex_;
  std::map<std::string, resource_file> resources_;
  std::atomic<bool> resource_failed_ = false; // an E_IO of the component is then about that file
};

// An error struct as a caller hands it to a component.
[[nodiscard]] vigie_error fresh_error();

} // namespace vigie::plan
