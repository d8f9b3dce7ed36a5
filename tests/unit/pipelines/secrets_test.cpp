// SPDX-License-Identifier: Apache-2.0
// Where secrets come from, which are refused, and that refusing one does not tell it.
#include "catch.hpp"
#include "child.hpp"

namespace {

using tests::ended;
using tests::workplace;
using words = std::vector<std::string>;

std::string pipeline(const std::string& token, const std::string& params = {}) {
  return "vigie: 1\nname: secrets\n" + params +
         "steps:\n  - use: leaky.read_lines\n    with: {files: in.txt}\n  - use: "
         "leaky.write_lines\n    with: {file: out.txt, how: size head, token: " +
         token + "}\n";
}

struct place : workplace {
  explicit place(const std::string& token = "\"${secret:token}\"", const std::string& params = {}) {
    put("in.txt", "+1 2\n");
    put("p.yaml", pipeline(token, params));
  }
  [[nodiscard]] ended run(const words& more = {}, const std::string& credentials = {}) const {
    words all{"run", "p.yaml", "--out", "out", "--force", "--quiet", "--plugin-dir", VIGIE_LEAKY};
    all.insert(all.end(), more.begin(), more.end());
    return tests::vigie(*this, all, {.environment = {{"CREDENTIALS_DIRECTORY", credentials}}});
  }
  // How many bytes the component was given, or what was said.
  [[nodiscard]] std::string size(const words& more, const std::string& credentials = {}) const {
    const ended e = run(more, credentials);
    return e.code == 0 ? get("out/out.txt").substr(0, get("out/out.txt").find('\n')) : e.err;
  }
};

} // namespace

TEST_CASE("a secret is a file's content without one newline at its end") {
  const place at;
  for (const auto& [bytes, size] : std::vector<std::pair<std::string, std::string>>{
           {"t0ken", "5"},
           {"t0ken\n", "5"},
           {"t0ken\r\n", "5"},
           {"t0ken\n\n", "6"},
           {"t0\nken\n", "6"},
           {" t0ken ", "7"},
           {"abcd", "4"},
           {std::string(65'536, 'x'), "65536"},
           {std::string(65'536, 'x') + "\n", "65536"},
           {std::string(65'536, 'x') + "\r\n", "65536"}}) {
    at.put("t.txt", bytes);
    CHECK(at.size({"--secret", "token=t.txt"}) == size);
  }
}

TEST_CASE("a secret is taken from --secret, else from the folder of credentials") {
  const place at;
  at.put("given.txt", "given");
  at.put("cred/token", "credential\n");
  CHECK(at.size({}, at.path("cred")) == "10");
  CHECK(at.size({"--secret", "token=given.txt"}, at.path("cred")) == "5");
  CHECK(at.size({"--secret", "other=given.txt"}, at.path("cred")) == "10");
  // What was asked for by name is not replaced by something else.
  const ended gone = at.run({"--secret", "token=gone.txt"}, at.path("cred"));
  CHECK(gone.code == 2);
  CHECK(gone.errors() == words{"V0430"});
  CHECK(gone.says("gone.txt"));
}

TEST_CASE("a secret that is nowhere is an error at its reference that says both ways") {
  const place at;
  for (const std::string& credentials :
       {std::string(), at.path("empty"), std::string("no/folder")}) {
    const ended e = at.run({}, credentials);
    INFO(e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0430"});
    CHECK(e.says("p.yaml:7:"));
    CHECK(e.says("the secret 'token' is not given"));
    CHECK(e.says("--secret token=FILE"));
    CHECK(e.says("$CREDENTIALS_DIRECTORY"));
  }
  at.put("t.txt", "hidden");
  CHECK(at.run({"--secret", "tokken=t.txt"}).says("--secret tokken= is"));
  std::filesystem::create_directories(at.path("folder/token"));
  CHECK(at.run({}, at.path("folder")).errors() == words{"V0430"});
  CHECK(at.run({"--secret", "token=folder"}).errors() == words{"V0430"});
}

TEST_CASE("what cannot be a secret is refused without being shown") {
  const place at;
  for (const auto& [bytes, why] : std::vector<std::pair<std::string, std::string>>{
           {"", "is empty"},
           {"\n", "is empty"},
           {"\r\n", "is empty"},
           {"q7z", "fewer than 4 bytes"},
           {"q7z\n", "fewer than 4 bytes"},
           {"q7z\xff\xfe", "is not UTF-8"},
           {std::string(65'537, 'x'), "is longer than 64 KiB"},
           {std::string(65'538, 'x') + "\n", "is longer than 64 KiB"},
           {std::string(1 << 20, 'x'), "is longer than 64 KiB"}}) {
    at.put("t.txt", bytes);
    const ended e = at.run({"--secret", "token=t.txt"});
    INFO(e.err);
    CHECK(e.code == 2);
    CHECK(e.errors() == words{"V0431"});
    CHECK(e.says(why));
    CHECK_FALSE(e.says("q7z"));
    CHECK_FALSE(e.says("xxxx"));
  }
}

TEST_CASE("names of secrets lead to no other file, and bad options are refused at once") {
  for (const char* name : {"", "../token", "a/b", ".token", "to ken", "t\xc3\xb6ken"}) {
    const place at("\"${secret:" + std::string(name) + "}\"");
    at.put("token", "hidden");
    CHECK(at.run({}, at.path("cred")).errors() == words{"V0226"});
  }
  const place at;
  at.put("t.txt", "hidden");
  for (const words& options :
       std::vector<words>{{"--secret", "token"},
                          {"--secret", "token="},
                          {"--secret", "=t.txt"},
                          {"--secret", "../x=t.txt"},
                          {"--secret", "token=t.txt", "--secret", "token=t.txt"}})
    for (const char* command : {"run", "check", "plan", "show", "test"}) {
      words all{command, "p.yaml", "--plugin-dir", VIGIE_LEAKY};
      all.insert(all.end(), options.begin(), options.end());
      const ended e = tests::vigie(at, all);
      CHECK(e.code == 2);
      CHECK(e.errors() == words{"V0902"});
    }
  CHECK_FALSE(tests::vigie(at, {"run", "p.yaml", "--secret", "hunter2hunter2"}).says("hunter2"));
}

TEST_CASE("a secret parameter of the pipeline cannot be set on the command line") {
  const place at("\"${params.key}\"",
                 "params: {key: {type: text, secret: true, required: true}}\n");
  for (const char* command : {"run", "check", "plan", "show", "test"}) {
    const ended e = tests::vigie(
        at, {command, "p.yaml", "--plugin-dir", VIGIE_LEAKY, "--set", "key=hunter2hunter2"});
    CHECK(e.code == 2);
    REQUIRE_FALSE(e.errors().empty());
    CHECK(e.errors().front() == "V0432");
    CHECK_FALSE(e.says("hunter2"));
    CHECK(e.says("--secret key=FILE"));
  }
  const ended none = at.run();
  CHECK(none.errors() == words{"V0222"});
  CHECK_FALSE(none.says("--set"));
}

TEST_CASE("values of secret parameters stand in no message about them or about their line") {
  const std::string key = "hunter2hunter2";
  const std::vector<std::pair<std::string, std::string>> cases{
      // token, params
      {"\"" + key + "\", nothing: 1", ""},
      {"[\"" + key + "\"]", ""},
      {"{a: \"" + key + "\"}", ""},
      {"\"${params.k}\"", "params: {k: {type: int, secret: true, default: " + key + "}}\n"},
      {"\"${params.k}\"", "params: {k: {type: int, secret: true, default: \"" + key + "\"}}\n"},
      {"\"${params.k}\"", "params: {k: {type: bool, secret: true, default: " + key + "}}\n"},
      {"\"${params.k}\"", "params: {k: {type: size, secret: true, default: " + key + "}}\n"},
      {"\"${params.k}\"", "params: {k: {type: date, secret: true, default: " + key + "}}\n"},
      {"\"${params.k}\"",
       "params: {k: {type: text, list: true, secret: true, default: " + key + "}}\n"},
      {"\"${params.k}\"", "params: {k: {type: text, secret: true, default: [" + key + "]}}\n"},
      {"\"${params.k}\"", "params: {k: {type: text, secret: true, default: " + key +
                              ", choices: [hunter2hunter3]}}\n"},
      {"\"${params.k}\"", "params: {k: {type: text, secret: true, default: " + key + ", x: 1}}\n"},
      {"\"${params.k}${params.no}\"",
       "params: {k: {type: text, secret: true, default: " + key + "}}\n"},
      {"q7z, nothing: 1", ""}};
  for (const auto& [token, params] : cases) {
    const place at(token, params);
    for (const words& command : std::vector<words>{{"run", "p.yaml"},
                                                   {"check", "p.yaml", "--json"},
                                                   {"plan", "p.yaml"},
                                                   {"test", "p.yaml"}}) {
      words all = command;
      all.insert(all.end(), {"--plugin-dir", VIGIE_LEAKY});
      const ended e = tests::vigie(at, all);
      INFO(token << " " << params << e.out << e.err);
      CHECK((e.code == 2 || command[0] == "test")); // a file without tests has no plan
      CHECK((e.out + e.err).find("hunter2hunter2") == std::string::npos);
    }
  }
}
