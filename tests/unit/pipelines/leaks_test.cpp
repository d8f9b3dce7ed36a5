// SPDX-License-Identifier: Apache-2.0
// Secrets and cells of sensitive columns get out of a run by its outputs alone. Components that try
// every other way (plugins/leaky.cpp) run in the real program; then all it said and wrote is
// searched for what was planted.
#include "catch.hpp"
#include "child.hpp"

#include <fcntl.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

namespace {

using tests::ended;
using tests::workplace;

// Any piece of these is a leak. The secret has two lines and bytes that texts and JSON escape.
const std::string secret = "S3CR\"one\\part\nS3CRtwo\x7fpart";
const std::vector<std::string> canaries{"S3CR",         "two\x7f",      "CANARY",
                                        "43414e415259", "918273645546", "918273"};
const std::string input = "+1CANARY\"one 918273645546\n+1CANARY\\two 918273645546\n";

struct talk {
  std::string step, how; // which step talks, and the component's `how`
  bool fails = true;     // the run does
};

std::vector<talk> talks() {
  std::vector<talk> out;
  const std::vector<std::pair<std::string, std::vector<std::string>>> calls{
      {"read", {"bind", "open", "process"}},
      {"pass", {"bind", "open", "process", "finish"}},
      {"tally", {"bind", "open", "update", "partial", "merge", "result"}},
      {"order", {"bind", "open", "take", "end"}},
      {"written", {"bind", "open", "head", "rows", "foot"}},
      {"kept", {"bind", "open", "write", "prepare", "commit"}}};
  for (const auto& [step, names] : calls)
    for (const std::string& call : names) {
      for (const char* way : {"log ", "log-cut "}) out.push_back({step, way + call, false});
      for (const char* way : {"error ", "error-cut ", "file "}) out.push_back({step, way + call});
    }
  out.push_back({"read", "reject process"});
  out.push_back({"pass", "reject process"});
  return out;
}

// A pipeline of all kinds of components, one of which talks.
std::string pipeline(const talk& t, const std::string& on_error = {}) {
  std::string out = "vigie: 1\nname: leaky\nparams:\n  key: {type: text, secret: true, default: "
                    "\"${secret:token}\"}\nsteps:\n";
  const auto step = [&](const std::string& name, const std::string& use, const std::string& from,
                        const std::string& with = {}) {
    out += "  - name: " + name + "\n    use: " + use + "\n";
    if (!from.empty()) out += "    from: " + from + "\n";
    const bool leaky = use.starts_with("leaky.");
    const std::string how = leaky && name == t.step ? ", how: " + t.how : std::string();
    out += "    with: {" + with + (leaky && !with.empty() ? ", " : "") +
           (leaky ? "token: \"${params.key}\"" + how : "") + "}\n";
    if (!on_error.empty() && (name == "read" || name == "pass"))
      out += "    on_error: {" + on_error + "}\n";
  };
  step("read", "leaky.read_lines", "", "files: in.txt");
  step("pass", "leaky.pass", "read");
  step("tally", "leaky.tally", "pass");
  step("order", "leaky.order", "pass");
  step("written", "leaky.write_lines", "pass", "file: written.txt");
  step("kept", "leaky.keep", "pass", "file: kept.txt");
  step("tallied", "core.write_jsonl", "tally", "file: tallied.jsonl");
  step("ordered", "core.write_csv", "order", "file: ordered.csv");
  if (on_error.starts_with("do: route"))
    step("bad", "core.write_jsonl", "[read.errors, pass.errors]", "file: bad.jsonl");
  return out;
}

void put_files(const workplace& at) {
  at.put("in.txt", input);
  at.put("token", secret + "\n");
}

std::vector<std::string> with_options(std::vector<std::string> words) {
  const std::vector<std::string> more{"--secret", "token=token", "--plugin-dir", VIGIE_LEAKY};
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// The canary found in the text, and where; empty: none.
std::string found(const std::string& where, const std::string& text) {
  for (const std::string& c : canaries)
    if (const std::size_t at = text.find(c); at != std::string::npos)
      return where + ": " + text.substr(at - std::min<std::size_t>(at, 60), 160);
  return {};
}

// All that was said, and every file of the run's own record but the work it left.
std::string leak(const workplace& at, const ended& e, const std::string& out = "out") {
  for (const auto& [name, text] : {std::pair("stdout", e.out), std::pair("stderr", e.err)})
    if (std::string l = found(name, text); !l.empty()) return l;
  for (const std::string& file : at.files(out + "/.vigie")) {
    if (file.starts_with(out + "/.vigie/work/")) continue;
    if (std::string l = found(file, file + "\n" + at.get(file)); !l.empty()) return l;
  }
  return {};
}

} // namespace

TEST_CASE("nothing a component says in any call lets a secret or a sensitive cell out of a run") {
  for (const talk& t : talks()) {
    const workplace at;
    put_files(at);
    at.put("p.yaml", pipeline(t));
    const ended e =
        vigie(at, with_options({"run", "p.yaml", "--out", "out", "--verbose", "--threads", "2"}));
    INFO(t.step << ": " << t.how << "\n" << e.err);
    CHECK(leak(at, e).empty());
    CHECK(e.code == (!t.fails ? 0 : t.how.ends_with("bind") ? 2 : 1));
    if (t.how.starts_with("log ")) {
      const bool sees_cells = !t.how.ends_with("bind");
      CHECK(e.says(sees_cells ? "warning: step '" + t.step + "': withheld: the step reads sensitive"
                              : "warning: step '" + t.step + "': I know , ***"));
    }
    // Code and step stay, and so do names of columns that the step has.
    if (t.fails) CHECK(e.says("step '" + t.step + "'"));
    if (t.how == "reject process") CHECK(e.says("error[V0601]: withheld: the step reads"));
    if (t.fails) continue;
    CHECK(at.get("out/written.txt") == "+1CANARY\"one\n+1CANARY\\two\n");
    CHECK(at.get("out/kept.txt") == at.get("out/written.txt"));
    CHECK(at.get("out/ordered.csv").find("918273645546") != std::string::npos);
    CHECK(at.get("out/tallied.jsonl").find("CANARY") != std::string::npos);
  }
}

TEST_CASE(
    "routed, dropped and limited rejects leak nothing, and error rows hold what is withheld") {
  for (const char* on_error : {"do: route", "do: route, keep: row", "do: route, at_most: 1",
                               "do: drop", "do: drop, at_most: 1", "do: drop, at_most: 10%"})
    for (const char* step : {"read", "pass"}) {
      const workplace at;
      put_files(at);
      at.put("p.yaml", pipeline({step, "reject process"}, on_error));
      const ended e = vigie(at, with_options({"run", "p.yaml", "--out", "out", "--json"}));
      INFO(step << ": " << on_error << "\n" << e.out << e.err);
      CHECK(leak(at, e).empty());
      const std::string bad = at.get("out/bad.jsonl");
      const bool keeps = std::string(on_error).ends_with("row");
      CHECK((bad.find("KzFDQU5BUlki") != std::string::npos) == keeps); // base64 of the first bytes
      CHECK(bad.find("CANARY") == std::string::npos);
      CHECK(bad.find("S3CR") == std::string::npos);
      if (std::string(on_error).starts_with("do: route") && e.code == 0)
        CHECK(bad.find("withheld: the step reads sensitive columns (phone") != std::string::npos);
    }
}

TEST_CASE("the bytes of rejected rows are sensitive in what reads them") {
  const workplace at;
  put_files(at);
  at.put("p.yaml", pipeline({"pass", "reject process"}, "do: route, keep: row") +
                       "  - name: rows\n    use: core.select\n    from: pass.errors\n    with: "
                       "{columns: [row, message]}\n");
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, std::vector<std::string>{"--json"}}) {
    std::vector<std::string> words = with_options({"show", "p.yaml", "--step", "rows"});
    words.insert(words.end(), more.begin(), more.end());
    const ended e = vigie(at, words);
    INFO(e.out << e.err);
    CHECK(e.code == 0);
    CHECK(leak(at, e).empty());
    CHECK(e.out.find("***") != std::string::npos);
  }
}

TEST_CASE("no other command lets secrets and sensitive cells out") {
  const std::string tests = "tests:\n"
                            "  - name: one\n"
                            "    expect: {read: {rows: [{phone: x, id: 1}]}, pass: {count: 5}}\n"
                            "  - name: two\n"
                            "    expect: {pass: {contains: [{phone: y}]}, tally: {rows: []}}\n"
                            "  - {name: three, error: V0101}\n"
                            "  - {name: four, property: threads_agree}\n"
                            "  - {name: five, expect: {read: {rows: [], errors: []}}}\n";
  const std::vector<std::vector<std::string>> commands{
      {"check", "p.yaml"},
      {"check", "p.yaml", "--json"},
      {"plan", "p.yaml"},
      {"plan", "p.yaml", "--json"},
      {"show", "p.yaml", "--step", "pass", "--verbose"},
      {"show", "p.yaml", "--step", "read", "--json"},
      {"show", "p.yaml", "--step", "tally"},
      {"test", "p.yaml", "--verbose"},
      {"test", "p.yaml", "--json"},
      {"test", "p.yaml", "--properties", "--accept"},
      {"run", "p.yaml", "--out", "out", "--json"},
      {"run", "p.yaml", "--out", "out", "--json", "--force", "--strict"}};
  for (const talk& t : std::vector<talk>{{"read", "log process"},
                                         {"read", "error bind"},
                                         {"read", "error process"},
                                         {"read", "reject process"},
                                         {"pass", "error bind"},
                                         {"pass", "error finish"},
                                         {"pass", "reject process"},
                                         {"tally", "error merge"}}) {
    const workplace at;
    put_files(at);
    for (const std::vector<std::string>& command : commands) {
      at.put("p.yaml", pipeline(t) + tests);
      const ended e = vigie(at, with_options(command));
      INFO(t.step << ": " << t.how << ": " << command[0] << "\n" << e.out << e.err);
      CHECK(leak(at, e).empty());
      CHECK(e.code < 128);
      CHECK(found("p.yaml", at.get("p.yaml")).empty());
    }
  }
}

TEST_CASE("looking back at a run lets nothing out: resume, trace, verify, diff, runs, merge") {
  for (const talk& t : std::vector<talk>{{"read", "log process"}, {"pass", "log finish"}}) {
    const workplace at;
    put_files(at);
    at.put("p.yaml", pipeline(t, "do: route"));
    const std::vector<std::string> run{"run", "p.yaml", "--checkpoint", "0", "--out"};
    const auto with = [&](std::vector<std::string> words, const std::vector<std::string>& more) {
      words.insert(words.end(), more.begin(), more.end());
      return with_options(words);
    };
    const auto clean = [&](const ended& e, int exit, const std::string& what) {
      INFO(t.step << ": " << what << "\n" << e.out << e.err);
      CHECK(e.code == exit);
      for (const char* out : {"out", "other", "s1", "s2", "all"}) CHECK(leak(at, e, out).empty());
    };
    ::setenv("VIGIE_CRASH_AT", "journal.append.after:2", 1);
    clean(vigie(at, with(run, {"out"})), 128 + 9, "killed");
    ::unsetenv("VIGIE_CRASH_AT");
    clean(vigie(at, {"runs", "."}), 0, "runs");
    clean(vigie(at, {"resume", "out", "--secret", "token=token", "--verbose"}), 0, "resume");
    clean(vigie(at, with(run, {"other"})), 0, "run");
    for (const char* i : {"1", "2"})
      clean(vigie(at, with(run, {"s" + std::string(i), "--shard", i + std::string("/2")})), 0,
            "shard");
    clean(vigie(at, {"merge", "s1", "s2", "--out", "all", "--secret", "token=token"}), 0, "merge");
    for (const char* row : {"written.txt:1", "kept.txt:2", "tallied.jsonl:1", "ordered.csv:1"})
      for (const char* json : {"--quiet", "--json"})
        clean(vigie(at, {"trace", "out", row, json, "--secret", "token=token"}), 0, row);
    clean(vigie(at, {"verify", "out", "--rerun", "--secret", "token=token"}), 0, "verify");
    at.put("out/ordered.csv", "phone,id\nx,1\n");
    clean(vigie(at, {"diff", "out", "other"}), 1, "diff");
    clean(vigie(at, {"diff", "out", "other", "--json"}), 1, "diff");
  }
}

TEST_CASE("a name of a column that a step does not have is withheld with the rest, others stay") {
  const workplace at;
  put_files(at);
  at.put("p.yaml", pipeline({"pass", "reject process"}, "do: route"));
  CHECK(vigie(at, with_options({"run", "p.yaml", "--out", "out"})).code == 0);
  CHECK(at.get("out/bad.jsonl").find("\"column\":null") != std::string::npos);
  at.put("in.jsonl", "{\"phone\": 918273645546}\n");
  at.put("q.yaml",
         "vigie: 1\nname: q\nsteps:\n  - use: core.read_jsonl\n    with: {files: in.jsonl, "
         "columns: [{name: phone, sensitive: true}]}\n  - use: core.write_jsonl\n    with: "
         "{file: a.jsonl}\n");
  const ended e = vigie(at, {"run", "q.yaml", "--out", "q"});
  CHECK(e.code == 1);
  CHECK(e.says("column 'phone': error[V0601]: withheld: the step reads sensitive columns (phone)"));
  CHECK(leak(at, e, "q").empty());
}

namespace {

// The program on a terminal of its own; what it wrote there.
std::pair<int, std::string> on_terminal(const workplace& at, const std::vector<std::string>& args,
                                        int elsewhere = -1) {
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, nullptr);
  if (child == 0) {
    std::vector<std::string> words{VIGIE_PROGRAM};
    words.insert(words.end(), args.begin(), args.end());
    std::vector<char*> argv;
    for (std::string& w : words) argv.push_back(w.data());
    argv.push_back(nullptr);
    const int file = ::open((at.root() + "/elsewhere").c_str(), O_WRONLY | O_CREAT, 0600);
    if (elsewhere >= 0) ::dup2(file, elsewhere);
    ::setenv("XDG_CACHE_HOME", at.path(".cache").c_str(), 1);
    if (::chdir(at.path().c_str()) == 0) ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  std::string said;
  char room[4096];
  for (ssize_t n = 0; (n = ::read(terminal, room, sizeof room)) > 0;)
    said.append(room, static_cast<std::size_t>(n));
  ::close(terminal);
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, said};
}

} // namespace

TEST_CASE("sensitive cells are shown on a terminal to those who ask, secrets never") {
  const workplace at;
  put_files(at);
  at.put("p.yaml", pipeline({"pass", "error process"}) +
                       "tests:\n  - {name: a, expect: {read: {rows: [{phone: x}, {phone: y}]}}}\n");
  const auto shows = [&](std::vector<std::string> words) {
    words.emplace_back("--show-sensitive");
    const auto [code, said] = on_terminal(at, with_options(std::move(words)));
    INFO(said);
    CHECK(said.find("CANARY") != std::string::npos);
    CHECK(said.find("S3CR") == std::string::npos);
    CHECK(said.find("withheld") == std::string::npos);
    return code;
  };
  CHECK(shows({"show", "p.yaml", "--step", "read"}) == 0);
  CHECK(shows({"run", "p.yaml", "--out", "out"}) == 1);
  CHECK(shows({"test", "p.yaml"}) == 1);
  const auto [code, said] = on_terminal(at, with_options({"show", "p.yaml", "--step", "read"}));
  CHECK(code == 0);
  CHECK(said.find("CANARY") == std::string::npos);
}

TEST_CASE("asking for sensitive cells away from a terminal is refused before anything is read") {
  const workplace at;
  put_files(at);
  at.put("p.yaml", pipeline({"pass", "log process"}));
  for (const char* command : {"run", "show", "test"}) {
    const std::vector<std::string> words = with_options({command, "p.yaml", "--show-sensitive"});
    const ended e = vigie(at, words);
    CHECK(e.code == 2);
    CHECK(e.errors() == std::vector<std::string>{"V0433"});
    CHECK_FALSE(at.has("out"));
    for (const int elsewhere : {STDOUT_FILENO, STDERR_FILENO}) {
      const auto [code, said] = on_terminal(at, words, elsewhere);
      CHECK(code == 2);
      CHECK(said.find("CANARY") == std::string::npos);
    }
  }
}
