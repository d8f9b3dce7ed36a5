// SPDX-License-Identifier: Apache-2.0
#include "speed.hpp"

#include "variants.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <limits>
#include <stdexcept>

extern char** environ;

namespace vigie::press::eval {
namespace {

namespace fs = std::filesystem;

constexpr std::array family{"article", "language", "sentences", "dates",
                            "figures", "entities", "events"};

std::string json_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    char escape[8];
    if (byte >= 0x20 && c != '"' && c != '\\') {
      out.push_back(c);
    } else {
      std::snprintf(escape, sizeof escape, "\\u%04x", byte);
      out += escape;
    }
  }
  return out + "\"";
}

// Each page in its variants, over and over; returns the bytes of text.
std::size_t write_corpus(const std::vector<marked_page>& pages, std::size_t least,
                         const fs::path& to) {
  std::vector<std::string> texts;
  for (const auto& p : pages) {
    for (unsigned n = 0; n < variants_a_page; ++n) {
      const auto v = make_variant(p, n);
      texts.push_back(v ? v->text : p.text);
    }
  }
  std::ofstream out(to, std::ios::binary);
  std::size_t bytes = 0;
  for (std::size_t i = 0; bytes < least && !texts.empty(); ++i) {
    const std::string& text = texts[i % texts.size()];
    out << "{\"file\":\"" << i << "\",\"text\":" << json_text(text) << "}\n";
    bytes += text.size();
  }
  if (!out.flush() || bytes == 0) throw std::runtime_error("cannot write " + to.string());
  return bytes;
}

std::string step(const std::string& name, const std::string& with) {
  return "  - {use: " + name + (with.empty() ? "" : ", with: {" + with + "}") +
         (name == "press.article" || name == "press.sentences" ? ", on_error: {do: drop}" : "") +
         "}\n";
}

// The filter lets no row pass, but all columns live up to it.
fs::path write_pipeline(const fs::path& folder, const std::string& name, const std::string& steps) {
  const auto file = folder / (name + ".yaml");
  std::ofstream out(file);
  out << "vigie: 1\nname: speed\nabout: Measures.\nsteps:\n"
      << step("core.read_jsonl", "files: pages.jsonl, columns: [{name: file}, {name: text}]")
      << steps << step("core.filter", "where: \"file = ''\"")
      << step("core.write_jsonl", "file: none.jsonl");
  if (!out.flush()) throw std::runtime_error("cannot write " + file.string());
  return file;
}

double seconds(const timeval& t) {
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
}

// Processor time of one run.
double run(const speed_task& task, const fs::path& pipeline) {
  std::vector<std::string> args{task.program.string(),
                                "run",
                                pipeline.string(),
                                "--threads",
                                "1",
                                "--force",
                                "--quiet",
                                "--out",
                                (task.work / "out").string()};
  std::vector<char*> argv;
  for (auto& a : args) argv.push_back(a.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 2, (task.work / "errors.txt").c_str(),
                                   O_WRONLY | O_CREAT | O_TRUNC, 0644);
  pid_t child = 0;
  const int error = posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) throw std::runtime_error("cannot run " + args[0]);
  int status = 0;
  rusage used{};
  if (wait4(child, &status, 0, &used) < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    throw std::runtime_error("a run failed; see " + (task.work / "errors.txt").string());
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

struct timed {
  std::string name;
  fs::path pipeline;
  double cpu = std::numeric_limits<double>::infinity();
};

std::vector<timed> pipelines(const fs::path& folder) {
  std::vector<timed> out;
  std::string steps;
  const auto add = [&](const std::string& name) {
    out.push_back({name, write_pipeline(folder, name, steps)});
  };
  add("reading");
  for (const std::string name : family) {
    steps += step("press." + name, name == "language" ? "" : "language: auto");
    add("press." + name);
  }
  steps = step("press.fingerprint", "text: text");
  add("press.fingerprint");
  return out;
}

std::string row(const std::string& name, double cpu, std::size_t bytes) {
  char line[160];
  std::snprintf(line, sizeof line, "| %s | %.2f | %.1f |\n", name.c_str(), cpu,
                static_cast<double>(bytes) / 1e6 / std::max(cpu, 1e-3));
  return line;
}

} // namespace

std::string speed_table(const std::vector<marked_page>& pages, const speed_task& task) {
  fs::remove_all(task.work);
  fs::create_directories(task.work);
  const std::size_t bytes = write_corpus(pages, task.bytes, task.work / "pages.jsonl");
  auto runs = pipelines(task.work);
  for (int round = 0; round < task.rounds; ++round)
    for (auto& r : runs) r.cpu = std::min(r.cpu, run(task, r.pipeline));
  const double reading = runs.front().cpu;
  std::string out = "| " + std::to_string(bytes / 1000000) +
                    " MB of scraped text | CPU s | MB a CPU second |\n|---|---|---|\n";
  for (std::size_t i = 1; i <= family.size(); ++i)
    out += row(runs[i].name, runs[i].cpu - runs[i - 1].cpu, bytes);
  out += row("the whole family", runs[family.size()].cpu - reading, bytes);
  out += row("MinHash (press.fingerprint)", runs.back().cpu - reading, bytes);
  return out;
}

} // namespace vigie::press::eval
