// SPDX-License-Identifier: Apache-2.0
#include "driver.hpp"

#include "http.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace browser_test {
namespace {

constexpr int start_patience_ms = 60'000, end_patience_ms = 10'000;

std::string base64_bytes(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const std::size_t at = letters.find(c);
    if (at == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(at);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 0xff);
  }
  return out;
}

std::string as_text(simdjson::dom::element e) {
  std::string_view text;
  if (e.get_string().get(text) == simdjson::SUCCESS) return std::string(text);
  return simdjson::minify(e);
}

} // namespace

std::optional<std::string> find_program(std::initializer_list<const char*> names) {
  const char* path = std::getenv("PATH");
  for (const char* name : names) {
    std::istringstream folders(path == nullptr ? "/usr/bin:/bin" : path);
    for (std::string folder; std::getline(folders, folder, ':');)
      if (const std::string file = folder + "/" + name; access(file.c_str(), X_OK) == 0)
        return file;
  }
  return std::nullopt;
}

std::string json_text(std::string_view text) {
  constexpr std::string_view hex = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\')
      out.append(1, '\\').append(1, c);
    else if (byte < 0x20)
      out.append("\\u00").append(1, hex[byte >> 4]).append(1, hex[byte & 15]);
    else
      out += c;
  }
  return out + "\"";
}

driver::driver(const std::string& program, const std::string& browser, const std::string& folder) {
  try {
    start(program, folder);
    std::string flags;
    for (const char* flag : {"--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run",
                             "--disable-background-networking", "--disable-component-update",
                             "--disable-sync", "--disable-default-apps", "--disable-dev-shm-usage",
                             "--hide-scrollbars", "--lang=fr", "--force-prefers-reduced-motion"})
      flags += json_text(flag) + ",";
    if (geteuid() == 0) flags += "\"--no-sandbox\",";
    flags += json_text("--user-data-dir=" + folder + "/profile");
    const simdjson::dom::element made =
        call("POST", "/session",
             "{\"capabilities\":{\"alwaysMatch\":{\"browserName\":\"chrome\","
             "\"goog:loggingPrefs\":{\"browser\":\"ALL\"},"
             "\"goog:chromeOptions\":{\"binary\":" +
                 json_text(browser) + ",\"args\":[" + flags + "]}}}}");
    session_ = "/session/" + std::string(std::string_view(made["sessionId"]));
  } catch (...) {
    end_processes();
    throw;
  }
}

driver::~driver() {
  try {
    if (!session_.empty()) call("DELETE", session_, "");
  } catch (const std::exception&) {
    session_.clear(); // the driver is ended in any case
  }
  end_processes();
}

// The driver chooses a port and prints it. It leads a group of its own, with the browser in it.
void driver::start(const std::string& program, const std::string& folder) {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
  pid_ = fork();
  if (pid_ == 0) {
    setpgid(0, 0);
    dup2(ends[1], 1);
    dup2(ends[1], 2);
    close(ends[0]);
    close(ends[1]);
    setenv("HOME", folder.c_str(), 1);
    setenv("TMPDIR", folder.c_str(), 1);
    execl(program.c_str(), program.c_str(), "--port=0", static_cast<char*>(nullptr));
    _exit(127);
  }
  close(ends[1]);
  out_ = ends[0];
  if (pid_ < 0) throw std::runtime_error("no process");
  setpgid(pid_, pid_);
  std::string said;
  constexpr std::string_view before = "started successfully on port ";
  for (;;) {
    pollfd wait{out_, POLLIN, 0};
    std::array<char, 4096> room;
    const bool ready = poll(&wait, 1, start_patience_ms) > 0;
    const ssize_t n = ready ? read(out_, room.data(), room.size()) : 0;
    if (n <= 0) throw std::runtime_error("chromedriver does not start: " + said);
    said.append(room.data(), static_cast<std::size_t>(n));
    const std::size_t at = said.find(before);
    if (at == std::string::npos || said.find('\n', at) == std::string::npos) continue;
    std::from_chars(said.data() + at + before.size(), said.data() + said.size(), port_);
    return;
  }
}

void driver::end_processes() {
  if (pid_ > 0) {
    kill(-pid_, SIGTERM);
    int waited = 0;
    while (waitpid(pid_, nullptr, WNOHANG) == 0) {
      if (waited >= end_patience_ms) kill(-pid_, SIGKILL);
      poll(nullptr, 0, 50);
      waited += 50;
    }
    kill(-pid_, SIGKILL); // a browser that outlived its driver
    pid_ = -1;
  }
  if (out_ >= 0) close(out_);
  out_ = -1;
}

simdjson::dom::element driver::call(std::string_view method, const std::string& path,
                                    const std::string& body) {
  const answer got = ask(port_, method, path, body);
  simdjson::dom::element all;
  if (parser_.parse(got.body).get(all) != simdjson::SUCCESS)
    throw std::runtime_error(path + ": no JSON: " + got.body.substr(0, 200));
  if (got.status != 200)
    throw std::runtime_error(path + ": " + as_text(all["value"]["message"]).substr(0, 600));
  return all["value"];
}

std::string driver::value(std::string_view method, const std::string& path,
                          const std::string& body) {
  return as_text(call(method, session_ + path, body));
}

std::string driver::element(std::string_view selector) {
  const simdjson::dom::element e =
      call("POST", session_ + "/element",
           "{\"using\":\"css selector\",\"value\":" + json_text(selector) + "}");
  return "/element/" + std::string(std::string_view(e["element-6066-11e4-a52e-4f735466cecf"]));
}

void driver::open(const std::string& url) {
  value("POST", "/url", "{\"url\":" + json_text(url) + "}");
}

std::string driver::run(std::string_view script) {
  return value("POST", "/execute/sync", "{\"args\":[],\"script\":" + json_text(script) + "}");
}

void driver::click(std::string_view selector) { value("POST", element(selector) + "/click", "{}"); }

std::string driver::label(std::string_view selector) {
  return value("GET", element(selector) + "/computedlabel", "");
}

std::string driver::role(std::string_view selector) {
  return value("GET", element(selector) + "/computedrole", "");
}

void driver::type(std::string_view selector, std::string_view keys) {
  value("POST", element(selector) + "/value", "{\"text\":" + json_text(keys) + "}");
}

void driver::press(std::string_view key) {
  const std::string k = json_text(key);
  value("POST", "/actions",
        "{\"actions\":[{\"type\":\"key\",\"id\":\"keyboard\",\"actions\":[{\"type\":\"keyDown\","
        "\"value\":" +
            k + "},{\"type\":\"keyUp\",\"value\":" + k + "}]}]}");
}

void driver::size(int width, int height) {
  value("POST", "/window/rect",
        "{\"width\":" + std::to_string(width) + ",\"height\":" + std::to_string(height) + "}");
}

void driver::telephone(int width, int height) {
  value("POST", "/goog/cdp/execute",
        width == 0 ? std::string("{\"cmd\":\"Emulation.clearDeviceMetricsOverride\",\"params\":{}}")
                   : "{\"cmd\":\"Emulation.setDeviceMetricsOverride\",\"params\":{\"width\":" +
                         std::to_string(width) + ",\"height\":" + std::to_string(height) +
                         ",\"deviceScaleFactor\":1,\"mobile\":true}}");
}

void driver::picture(const std::string& file) {
  const std::string png = base64_bytes(value("GET", "/screenshot", ""));
  std::ofstream(file, std::ios::binary) << png;
}

std::string driver::console() {
  std::string out;
  for (const simdjson::dom::element entry :
       simdjson::dom::array(call("POST", session_ + "/se/log", "{\"type\":\"browser\"}")))
    out += as_text(entry["message"]) + "\n";
  return out;
}

void driver::scripts(bool on) {
  value("POST", "/goog/cdp/execute",
        std::string("{\"cmd\":\"Emulation.setScriptExecutionDisabled\",\"params\":{\"value\":") +
            (on ? "false" : "true") + "}}");
}

void driver::colours(std::string_view scheme) {
  value("POST", "/goog/cdp/execute",
        "{\"cmd\":\"Emulation.setEmulatedMedia\",\"params\":{\"features\":[{\"name\":"
        "\"prefers-color-scheme\",\"value\":" +
            json_text(scheme) + "}]}}");
}

void driver::medium(std::string_view name) {
  value("POST", "/goog/cdp/execute",
        "{\"cmd\":\"Emulation.setEmulatedMedia\",\"params\":{\"media\":" + json_text(name) + "}}");
}

} // namespace browser_test
