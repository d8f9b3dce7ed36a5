// SPDX-License-Identifier: Apache-2.0
// The form of a command of the program: its words, options and help, and what it does. One file a
// command; arguments.cpp reads the command line for all of them. [main] thread.
#pragma once

#include "base/diagnostic.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace vigie::cli {

enum exit_code : int { done = 0, failed = 1, refused = 2, done_with_errors = 3 };

struct option {
  enum class form : std::uint8_t { flag, value, values };
  std::string name; // without dashes
  form takes = form::flag;
  std::string value; // name of the value in help
  std::string doc;
};

struct arguments {
  std::vector<std::string> words; // without options
  std::map<std::string, std::vector<std::string>> options;

  [[nodiscard]] bool has(const std::string& name) const { return options.contains(name); }
  [[nodiscard]] std::string value(const std::string& name,
                                  const std::string& otherwise = {}) const {
    const auto at = options.find(name);
    return at == options.end() || at->second.empty() ? otherwise : at->second.back();
  }
  [[nodiscard]] std::vector<std::string> values(const std::string& name) const {
    const auto at = options.find(name);
    return at == options.end() ? std::vector<std::string>() : at->second;
  }
};

struct command {
  std::string_view name;    // "run", "plugin list"
  std::string_view summary; // one line
  std::string_view usage;   // "run FILE [options]"
  std::string_view example;
  std::string_view exits; // what its exit codes mean, where it differs from the general
  std::vector<option> options;
  std::size_t least_words = 0, most_words = 0;
  int (*run)(const arguments&) = nullptr;
  bool hidden = false; // not for people
};

[[nodiscard]] const std::vector<command>& all_commands();

// Fills `out`, or says in one diagnostic what is wrong.
[[nodiscard]] bool read_arguments(const command& c, const std::vector<std::string>& from,
                                  arguments& out, diagnostic& wrong);

[[nodiscard]] std::string help_of(const command& c);

// Reads the whole command line and runs the command. Returns the exit code.
[[nodiscard]] int run_program(const std::vector<std::string>& argv);

// Options that many commands share.
[[nodiscard]] std::vector<option> with_pipeline_options(std::vector<option> more);

// One a command.
int run_command(const arguments& a);
int resume_command(const arguments& a);
int merge_command(const arguments& a);
int trace_command(const arguments& a);
int check_command(const arguments& a);
int plan_command(const arguments& a);
int show_command(const arguments& a);
int test_command(const arguments& a);
int verify_command(const arguments& a);
int runs_command(const arguments& a);
int clean_command(const arguments& a);
int diff_command(const arguments& a);
int plugin_list_command(const arguments& a);
int plugin_show_command(const arguments& a);
int plugin_check_command(const arguments& a);
int plugin_inspect_command(const arguments& a);
int plugin_manifest_command(const arguments& a);
int explain_command(const arguments& a);
int reference_command(const arguments& a);
int version_command(const arguments& a);

} // namespace vigie::cli
