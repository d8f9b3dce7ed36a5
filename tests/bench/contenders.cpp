// SPDX-License-Identifier: Apache-2.0
#include "contenders.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

namespace bench {

namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

bool on_path(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (::access((fs::path(folder) / program).c_str(), X_OK) == 0) return true;
  return false;
}

std::string fluent_bit(const places& p) {
  const fs::path built = p.peers / "flb-build/bin/fluent-bit";
  return !p.peers.empty() && fs::exists(built) ? built.string() : "fluent-bit";
}

// The first number with a point in it, as programs print their versions in many forms.
std::string version_in(const std::string& text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (std::isdigit(static_cast<unsigned char>(text[i])) == 0) continue;
    const std::size_t end = std::min(text.find_first_not_of("0123456789.", i), text.size());
    const std::string number = text.substr(i, end - i);
    if (number.find('.') != std::string::npos) return number;
    i = end;
  }
  return "";
}

std::string version_of_program(const std::string& program) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> said(
      ::popen(
          ("'" + program + (program == "mawk" ? "' -W version" : "' --version") + " 2>&1").c_str(),
          "r"),
      &::pclose);
  std::string text(4096, '\0');
  if (said) text.resize(std::fread(text.data(), 1, text.size(), said.get()));
  return version_in(text);
}

struct engine {
  std::string word, name, module; // word: how the peers' files are named
};

const std::vector<engine>& engines() {
  static const std::vector<engine> all{{"duckdb", "DuckDB", "@duckdb/node-api"},
                                       {"clickhouse", "ClickHouse (chdb)", "chdb"},
                                       {"polars", "Polars", "nodejs-polars"}};
  return all;
}

bool has(const engine& e, const places& p) {
  return !p.peers.empty() && on_path("node") &&
         fs::exists(p.peers / "npm/node_modules" / e.module / "package.json");
}

std::string name_of(const engine& e, const places& p) {
  const std::string about = text_of(p.peers / "npm/node_modules" / e.module / "package.json");
  const std::size_t at = about.find("\"version\"");
  return e.name + " " + (at == std::string::npos ? "" : version_in(about.substr(at)));
}

class maker {
public:
  maker(const workload& w, const inputs& all, const places& p)
      : w_(w), p_(p), input_(input_of(w, all)), list_(all.indicators) {}

  std::vector<contender> all() {
    ours("vigie", role::ours, w_.key, false);
    if (!is_start(w_)) {
      ours("vigie, with digests", role::digests, w_.key, true);
      ours("vigie, sibling", role::sibling, w_.key + "_sibling", false);
    }
    add({.name = "limit",
         .part = role::limit,
         .output = out("limit"),
         .argv = {VIGIE_LIMIT, w_.key}});
    for (const engine& e : engines())
      if (has(e, p_)) with_engine(e);
    programs();
    return std::move(made_);
  }

private:
  fs::path out(const std::string& name) { return p_.work / (w_.key + "." + name + ".out"); }

  // Input, output and list are the last arguments of everyone but our own program.
  void add(contender c) {
    for (const fs::path& last : {input_, c.output, list_}) c.argv.push_back(last.string());
    made_.push_back(std::move(c));
  }

  void ours(const std::string& name, role part, const std::string& pipeline, bool digests) {
    const fs::path folder = p_.work / (pipeline + (digests ? ".digests" : ""));
    fs::path file = p_.source / "pipelines" / (pipeline + ".yaml");
    if (!fs::exists(file)) return;
    if (digests) {
      std::string text = text_of(file);
      const std::string off = "run: {digest: none}\n";
      if (const std::size_t at = text.find(off); at != std::string::npos)
        text.erase(at, off.size());
      file = p_.work / (pipeline + ".digests.yaml");
      std::ofstream(file) << text;
    }
    contender c{.name = name, .part = part, .output = folder / "out", .threads = true};
    c.output += w_.answer == form::csv ? ".csv" : (w_.answer == form::json ? ".jsonl" : ".txt");
    c.argv = {VIGIE_PROGRAM,   "run",     file.string(),
              "--quiet",       "--force", "--out",
              folder.string(), "--set",   "input=" + input_.string()};
    if (w_.flows) c.argv.insert(c.argv.end(), {"--set", "list=" + list_.string()});
    made_.push_back(std::move(c));
  }

  void with_engine(const engine& e) {
    const std::string runner = (p_.source / "peers" / (e.word + ".js")).string();
    const std::string name = name_of(e, p_);
    if (e.word == "polars") {
      if (text_of(runner).find("  " + w_.key + ":") != std::string::npos)
        add({.name = name,
             .output = out(e.word),
             .threads = true,
             .argv = {"node", runner, w_.key}});
      return;
    }
    for (const bool sibling : {false, true}) {
      const fs::path sql =
          p_.source / "peers" / (w_.key + (sibling ? "_sibling." : ".") + e.word + ".sql");
      if (!fs::exists(sql) || (sibling && is_start(w_))) continue;
      add({.name = name,
           .part = sibling ? role::judge : role::peer,
           .output = out(e.word + (sibling ? ".sibling" : "")),
           .threads = true,
           .argv = {"node", runner, sql.string()}});
    }
  }

  // KEY.NAME.sh with a line `# needs: PROGRAM`.
  void programs() {
    std::vector<fs::path> files;
    for (const fs::directory_entry& f : fs::directory_iterator(p_.source / "peers"))
      if (f.path().extension() == ".sh" && f.path().filename().string().starts_with(w_.key + "."))
        files.push_back(f.path());
    std::ranges::sort(files);
    for (const fs::path& f : files) {
      const std::string text = text_of(f), mark = "# needs: ";
      const std::size_t at = text.find(mark) + mark.size();
      std::string program = text.substr(at, text.find('\n', at) - at);
      if (program == "fluent-bit") program = fluent_bit(p_);
      if (!on_path(program) && ::access(program.c_str(), X_OK) != 0) continue;
      add({.name = f.stem().extension().string().substr(1) + " " + version_of_program(program),
           .output = out(f.stem().string()),
           .argv = {"bash", f.string()}});
    }
  }

  const workload& w_;
  const places& p_;
  fs::path input_, list_;
  std::vector<contender> made_;
};

} // namespace

std::vector<contender> contenders_of(const workload& w, const inputs& all, const places& p) {
  return maker(w, all, p).all();
}

command command_of(const contender& c, int threads, const places& p) {
  command out{.argv = c.argv,
              .environment = {{"THREADS", std::to_string(threads)},
                              {"VIGIE_PEERS", p.peers.string()},
                              {"FLUENT_BIT", fluent_bit(p)}},
              .errors = p.work / "errors.txt"};
  if (c.argv.front() == VIGIE_PROGRAM)
    out.argv.insert(out.argv.end(), {"--threads", std::to_string(threads)});
  return out;
}

} // namespace bench
