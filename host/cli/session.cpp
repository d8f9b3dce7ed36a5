// SPDX-License-Identifier: Apache-2.0
#include "session.hpp"

#include "base/json.hpp"
#include "config/scalars.hpp"
#include "config/yaml/source.hpp"
#include "io/files.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <thread>

namespace vigie::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t most_pipeline = 17U << 20U;
constexpr std::int64_t default_memory = std::int64_t{1} << 30U;
constexpr std::int64_t least_memory = std::int64_t{1} << 20U;

std::atomic<bool> interrupted_flag = false;

void on_signal(int) {
  if (interrupted_flag.exchange(true)) std::_Exit(failed);
}

std::string cache_folder() {
  if (const char* set = std::getenv("XDG_CACHE_HOME"); set != nullptr && *set == '/')
    return std::string(set) + "/vigie";
  if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
    return std::string(home) + "/.cache/vigie";
  return {};
}

std::string read_stdin() {
  return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
}

observe::level log_level(const arguments& a) {
  if (a.has("quiet")) return observe::level::error;
  return a.has("verbose") ? observe::level::debug : observe::level::warning;
}

} // namespace

const std::atomic<bool>& interrupted() { return interrupted_flag; }

void catch_signals() {
  struct sigaction action{};
  action.sa_handler = on_signal;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

bool colour() { return ::isatty(STDERR_FILENO) == 1 && std::getenv("NO_COLOR") == nullptr; }

bool any_error(const diagnostics& list) {
  return std::ranges::any_of(list,
                             [](const diagnostic& d) { return d.severity == severity::error; });
}

void write_json(json_writer& w, const diagnostic& d) {
  w.begin_object().field("severity", d.severity == severity::error     ? "error"
                                     : d.severity == severity::warning ? "warning"
                                                                       : "note");
  w.field("code", code_name(d.code))
      .field("message", d.message)
      .field("help", d.hint)
      .field("file", d.place.file);
  w.field("line", d.place.line)
      .field("column", d.place.column)
      .field("step", d.place.step)
      .field("field", d.place.field);
  w.field("row", d.place.row)
      .field("offset", d.place.offset)
      .field("length", d.place.length)
      .end_object();
}

std::optional<std::string> environment(std::string_view name) {
  const char* v = std::getenv(std::string(name).c_str());
  return v == nullptr ? std::nullopt : std::optional<std::string>(v);
}

result<bool> sensitive_option(const arguments& a) {
  if (!a.has("show-sensitive")) return false;
  const bool out = ::isatty(STDOUT_FILENO) == 1, err = ::isatty(STDERR_FILENO) == 1;
  if (out && err) return true;
  return fail(code::sensitive_off_terminal,
              fmt::format("--show-sensitive works on a terminal, and standard {} is none",
                          out ? "error" : "output"))
      .help("leave it out, or run the command without `|` and `>`");
}

void print(const diagnostics& list, bool json) {
  if (!json) {
    for (const diagnostic& d : list) fmt::print(stderr, "{}\n", render(d, colour()));
    return;
  }
  json_writer w;
  w.begin_array();
  for (const diagnostic& d : list) write_json(w, d);
  w.end_array();
  fmt::print("{}\n", w.text());
}

loader::catalog_options catalog_options_of(const arguments& a) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path prefix = program.parent_path().parent_path();
  return {.folders = a.values("plugin-dir"),
          .install_folder = (prefix / "lib/vigie/plugins").string(),
          .share_folder = (prefix / "share/vigie").string(),
          .inspector = program.string(),
          .cache_folder = cache_folder()};
}

session::session(const arguments& a)
    : args_(a), secrets_(a), catalog_(catalog_options_of(a)),
      log_(
          log_level(a), [](std::string_view line) { fmt::print(stderr, "{}\n", line); },
          &redactor_) {}

bool session::load() {
  const auto sensitive = sensitive_option(args_);
  problems_ = secrets_.problems();
  if (!sensitive) problems_.push_back(sensitive.error());
  if (!problems_.empty()) return false;
  const std::string& file = args_.words.front();
  result<std::string> bytes = source_       ? result<std::string>(*source_)
                              : file == "-" ? result<std::string>(read_stdin())
                                            : io::read_small_file(file, most_pipeline);
  if (!bytes) {
    problems_.push_back(std::move(bytes).error());
    return false;
  }
  loaded l = load_pipeline(*bytes, file);
  problems_ = std::move(l.problems);
  if (!l.doc) return false;
  doc_ = std::move(l.doc);
  bool ok = true;
  for (const std::string& set : args_.values("set")) ok = set_param(*doc_, set, problems_) && ok;
  if (args_.has("out")) ok = set_param(*doc_, "out=" + args_.value("out"), problems_) && ok;
  scope base;
  base.env = environment;
  base.secret = [this](std::string_view name) { return secrets_.find(name); };
  base.secrets = &redactor_;
  values_ = bind_params(*doc_, std::move(base), problems_);
  const auto memory = size_option(args_, "memory", doc_->run.memory.value_or(default_memory));
  if (!memory) return false;
  if (*memory < least_memory) {
    problems_.push_back(
        fail(code::command_line,
             fmt::format("--memory takes at least 1MiB, not '{}'", args_.value("memory"))));
    return false;
  }
  memory_ = std::make_unique<memory_budget>(*memory);
  services_ = {&log_, memory_.get(), &interrupted_flag, &redactor_, *sensitive};
  return ok && !any_error(problems_);
}

runs::invocation session::called() const {
  runs::invocation c;
  std::error_code ignored;
  c.folder = fs::current_path(ignored).string();
  c.plugin_dirs = args_.values("plugin-dir");
  for (const std::string& set : args_.values("set")) {
    const auto param = std::ranges::find(doc_->params, set.substr(0, set.find('=')),
                                         [](const pipeline_param& p) { return p.spec.name; });
    if (param == doc_->params.end() || !param->spec.secret) c.set.push_back(set);
  }
  return c;
}

std::optional<plan::plan> session::make_plan(const plan::build_options& options) {
  auto made = plan::build(*doc_, values_, catalog_, services_, options, problems_);
  yaml::add_excerpts(doc_->source, doc_->file, problems_);
  return made;
}

int session::threads() const {
  const auto given = number_option(args_, "threads",
                                   doc_->run.threads.value_or(static_cast<std::int64_t>(
                                       std::max(1U, std::thread::hardware_concurrency()))));
  return static_cast<int>(std::clamp<std::int64_t>(given.value_or(1), 1, 1024));
}

void session::print(const diagnostics& list) const {
  diagnostics masked;
  for (const diagnostic& d : list) masked.push_back(redactor_.apply(d));
  cli::print(masked, args_.has("json"));
}

int session::refuse() {
  print(problems_);
  return refused;
}

std::optional<std::int64_t> number_option(const arguments& a, const std::string& name,
                                          std::int64_t otherwise) {
  if (!a.has(name)) return otherwise;
  const auto n = parse_integer(a.value(name));
  if (n && *n >= 1) return *n;
  print({fail(code::command_line,
              fmt::format("--{} takes a whole number from 1 on, not '{}'", name, a.value(name)))},
        a.has("json"));
  return std::nullopt;
}

std::optional<std::int64_t> size_option(const arguments& a, const std::string& name,
                                        std::int64_t otherwise) {
  if (!a.has(name)) return otherwise;
  const auto n = parse_size(a.value(name));
  if (n && *n >= 1) return *n;
  print({fail(code::command_line, fmt::format("--{} takes a size such as 4KiB or 16MiB, not '{}'",
                                              name, a.value(name)))},
        a.has("json"));
  return std::nullopt;
}

} // namespace vigie::cli
