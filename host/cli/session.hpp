// SPDX-License-Identifier: Apache-2.0
// What commands that take a pipeline have in common: the file read and checked, parameters set,
// plugins found, messages printed. [main] thread.
#pragma once

#include "base/json.hpp"
#include "command.hpp"
#include "config/pipeline.hpp"
#include "loader/catalog.hpp"
#include "plan/plan.hpp"
#include "runs/manifest.hpp"
#include "secrets.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

namespace vigie::cli {

// True where standard error is a terminal and NO_COLOR is unset (no-color.org).
[[nodiscard]] bool colour();

// Diagnostics to standard error, or as a JSON array to standard output. Where a pipeline was
// loaded, session::print() is the one to use: it masks secrets.
void print(const diagnostics& list, bool json);
// One diagnostic as an object, the same for every command's --json.
void write_json(json_writer& w, const diagnostic& d);
[[nodiscard]] bool any_error(const diagnostics& list);

// Where the program and its plugins are: relative to the binary, with --plugin-dir first.
[[nodiscard]] loader::catalog_options catalog_options_of(const arguments& a);

// What ${env:X} means.
[[nodiscard]] std::optional<std::string> environment(std::string_view name);

// Whether sensitive cells are shown: --show-sensitive. Error: sensitive_off_terminal where standard
// output or standard error is no terminal.
[[nodiscard]] result<bool> sensitive_option(const arguments& a);

// SIGINT and SIGTERM set this; a second one ends the program.
[[nodiscard]] const std::atomic<bool>& interrupted();
void catch_signals();

class session {
public:
  explicit session(const arguments& a);
  session(const session&) = delete;
  session& operator=(const session&) = delete;

  // The pipeline's text is this and not what its file holds.
  void use_source(std::string text) { source_ = std::move(text); }
  // The pipeline named by the first word, with --set, --memory and --out. Nothing where it is
  // wrong; problems() says why.
  [[nodiscard]] bool load();
  [[nodiscard]] std::optional<plan::plan> make_plan(const plan::build_options& options = {});

  [[nodiscard]] const pipeline& doc() const { return *doc_; }
  [[nodiscard]] const scope& values() const { return values_; }
  [[nodiscard]] loader::catalog& catalog() { return catalog_; }
  [[nodiscard]] const plan::services& services() const { return services_; }
  [[nodiscard]] plan::services& services() { return services_; }
  // How the program was called, without secrets, for the manifest.
  [[nodiscard]] runs::invocation called() const;
  [[nodiscard]] diagnostics& problems() { return problems_; }
  [[nodiscard]] int threads() const; // --threads, else run.threads, else the machine's
  // Prints problems; the exit code for a command that stops here.
  int refuse();
  // As the functions of these names, with secrets masked. Whatever else a command prints of a
  // pipeline goes through masked().
  void print(const diagnostics& list) const;
  [[nodiscard]] std::string masked(std::string text) const {
    return redactor_.apply(std::move(text));
  }

private:
  const arguments& args_;
  secret_store secrets_;
  redactor redactor_;
  std::optional<std::string> source_;
  std::optional<pipeline> doc_;
  scope values_;
  loader::catalog catalog_;
  observe::log log_;
  std::unique_ptr<memory_budget> memory_;
  plan::services services_;
  diagnostics problems_;
};

// A whole number from 1 on, or a size such as 4KiB; nothing, with a message printed, where it is
// neither.
[[nodiscard]] std::optional<std::int64_t> number_option(const arguments& a, const std::string& name,
                                                        std::int64_t otherwise);
[[nodiscard]] std::optional<std::int64_t> size_option(const arguments& a, const std::string& name,
                                                      std::int64_t otherwise);

} // namespace vigie::cli
