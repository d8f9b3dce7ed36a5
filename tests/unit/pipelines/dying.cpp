// SPDX-License-Identifier: Apache-2.0
#include "dying.hpp"

#include <simdjson.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <sstream>

namespace tests {
namespace {

namespace fs = std::filesystem;

bool is_record(const std::string& file, const std::string& out) {
  return file.starts_with(out + "/.vigie/");
}

// Values of `json` without those whose names are in `without`, one a line.
void flatten(const simdjson::dom::element& json, const std::string& name,
             const std::vector<std::string>& without, std::string& to) {
  if (std::ranges::find(without, name.substr(name.rfind('/') + 1)) != without.end()) return;
  simdjson::dom::object object;
  simdjson::dom::array array;
  if (json.get(object) == simdjson::SUCCESS) {
    for (const auto& [key, value] : object)
      flatten(value, name + "/" + std::string(key), without, to);
  } else if (json.get(array) == simdjson::SUCCESS) {
    std::size_t i = 0;
    for (const auto& value : array) flatten(value, name + "/" + std::to_string(i++), without, to);
  } else {
    to += name + " " + simdjson::to_string(json) + "\n";
  }
}

std::string facts(const std::string& json, const std::vector<std::string>& without) {
  simdjson::dom::parser parser;
  simdjson::dom::element e;
  std::string out;
  if (parser.parse(json).get(e) != simdjson::SUCCESS) return "no JSON";
  flatten(e, "", without, out);
  return out;
}

} // namespace

std::string memory_folder() {
  constexpr std::uintmax_t enough = std::uintmax_t{48} << 20U;
  const std::string folder = "/dev/shm";
  std::error_code none;
  const fs::space_info space = fs::space(folder, none);
  const bool usable = !none && space.available >= enough && ::access(folder.c_str(), W_OK) == 0;
  return usable ? folder : fs::temp_directory_path().string();
}

bytes_by_name visible(const workplace& at, const std::string& out) {
  bytes_by_name found;
  for (const std::string& file : at.files(out))
    if (!is_record(file, out)) found[file.substr(out.size() + 1)] = at.get(file);
  return found;
}

void put_copy(const workplace& at, const std::string& from, const std::string& to) {
  fs::remove_all(at.path(to));
  if (at.has(from)) fs::copy(at.path(from), at.path(to), fs::copy_options::recursive);
}

bool has_journal(const workplace& at, const job& j) { return at.has(j.out + "/.vigie/journal"); }

bool shard_is_done(const workplace& at, const job& j) {
  return at.get(j.out + "/.vigie/journal").find("{\"shard_done\":true}") != std::string::npos;
}

std::string told_of(const workplace& at, const std::string& out) {
  return facts(at.get(out + "/.vigie/manifest.json"), {"started"}) +
         facts(at.get(out + "/.vigie/report.json"),
               {"started", "seconds", "threads", "splits_taken_over", "peak_held_bytes",
                "peak_spilled_bytes", "batches", "cells_parsed", "busy_s"});
}

std::string wrong_meanwhile(const workplace& at, const job& j) {
  const bytes_by_name now = visible(at, j.out);
  const auto is = [](const bytes_by_name& in, const std::string& name, const std::string& bytes) {
    const auto found = in.find(name);
    return found != in.end() && found->second == bytes;
  };
  for (const auto& [name, bytes] : now)
    if (!is(j.before, name, bytes) && !is(j.after, name, bytes)) return "half or foreign: " + name;
  // What a run replaces and does not make again goes once nothing can hold up the new outputs.
  const bool goes_forward = has_journal(at, j) || now == j.after;
  for (const auto& [name, bytes] : j.before)
    if (!now.contains(name) && (j.after.contains(name) || !goes_forward)) return "lost: " + name;
  // Without a journal nobody can go on, so it is all or nothing.
  if (!has_journal(at, j) && now != j.before && now != j.after)
    return "some outputs are new, and no journal says so";
  return {};
}

std::string wrong_at_end(const workplace& at, const job& j) {
  const bytes_by_name now = visible(at, j.out);
  for (const auto& [name, bytes] : j.after) {
    const auto found = now.find(name);
    if (found == now.end()) return "missing: " + name;
    if (found->second != bytes) return "other bytes: " + name;
  }
  if (now.size() != j.after.size()) return "more files than the outputs";
  if (j.after.empty()) return shard_is_done(at, j) ? "" : "the shard is not done";
  std::string own;
  for (const std::string& file : at.files(j.out + "/.vigie"))
    own += file.substr(j.out.size() + 8) + " ";
  if (own != "lock manifest.json report.json ") return "of the run stays: " + own;
  if (fs::exists(at.path(j.out + "/.vigie/work"))) return "the folder of work stays";
  if (!j.told.empty() && told_of(at, j.out) != j.told)
    return "another record:\n" + told_of(at, j.out) + "and not:\n" + j.told;
  return {};
}

std::string bring_to_end(const workplace& at, const job& j) {
  std::vector<std::string> words;
  if (has_journal(at, j) && !shard_is_done(at, j))
    words = {"resume", j.out, "--quiet", "--threads", "2", "--checkpoint", "0"};
  else if (!shard_is_done(at, j) && (j.after.empty() || visible(at, j.out) != j.after))
    words = j.words;
  if (!words.empty()) {
    const ended e = vigie(at, words);
    if (e.code != 0) return words[0] + " ended with " + std::to_string(e.code) + ": " + e.err;
  }
  return wrong_at_end(at, j);
}

std::vector<std::string> places_of(const workplace& at, const job& j) {
  at.put(".places", "");
  const ended e = vigie(at, j.words, {.environment = {{"VIGIE_CRASH_LOG", at.path(".places")}}});
  std::vector<std::string> out;
  if (e.code != 0) return out;
  std::istringstream lines(at.get(".places"));
  for (std::string line; std::getline(lines, line);) out.push_back(line);
  return out;
}

ended die_at(const workplace& at, const std::vector<std::string>& words, const std::string& place) {
  return vigie(at, words, {.environment = {{"VIGIE_CRASH_AT", place}}});
}

} // namespace tests
