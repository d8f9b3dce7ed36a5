// SPDX-License-Identifier: Apache-2.0
// What the tests of host/io share: a temporary folder that goes with its test, and reading a whole
// file by splits.
#pragma once

#include "catch.hpp"
#include "io/compressed.hpp"
#include "io/reader.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

class scratch {
public:
  scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "vigie-io-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    root_ = name;
  }
  scratch(const scratch&) = delete;
  scratch& operator=(const scratch&) = delete;
  ~scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(root_, ignored);
  }

  [[nodiscard]] std::string path(const std::string& name = "") const {
    return name.empty() ? root_ : root_ + "/" + name;
  }

  std::string put(const std::string& name, const std::string& bytes = "x\n") const {
    const std::string at = path(name);
    std::filesystem::create_directories(std::filesystem::path(at).parent_path());
    std::ofstream(at, std::ios::binary | std::ios::trunc) << bytes;
    return at;
  }

  [[nodiscard]] static std::string get(const std::string& at) {
    std::ifstream in(at, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  // Names in the folder, those of temporary files included, in order.
  [[nodiscard]] std::vector<std::string> names(const std::string& below = "") const {
    std::vector<std::string> out;
    for (const auto& e : std::filesystem::directory_iterator(path(below)))
      out.push_back(e.path().filename());
    std::sort(out.begin(), out.end());
    return out;
  }

private:
  std::string root_;
};

// The one input of a path.
inline vigie::io::input one_input(const std::string& path) {
  auto in = vigie::io::list_inputs({path});
  if (!in) throw std::runtime_error(vigie::render(in.error()));
  return in->at(0);
}

// All that the splits of an input gave.
struct everything {
  std::string text;                                         // of all chunks
  std::vector<std::pair<std::int64_t, std::string>> chunks; // offset, bytes
  std::vector<std::pair<std::int64_t, std::int64_t>> skipped;
  std::vector<vigie::io::split_digest> digests;
  std::vector<vigie::io::split> splits;
  std::string encoding;
  std::uint64_t replaced = 0;
  std::size_t largest = 0;
};

inline bool padded(const vigie::io::chunk& c) {
  for (std::size_t i = 0; i < vigie::io::chunk_padding; ++i)
    if (c.data[c.size + i] != 0) return false;
  return true;
}

inline vigie::status read_split(const vigie::io::input& in, const vigie::io::split& s,
                                const vigie::io::read_options& options, everything& all) {
  auto reader = vigie::io::split_reader::open(in, s, options);
  if (!reader) return reader.error();
  for (;;) {
    auto c = (*reader)->next();
    if (!c) return c.error();
    if (!*c) break;
    if ((*c)->skipped) {
      all.skipped.emplace_back((*c)->skipped->offset, (*c)->skipped->length);
      continue;
    }
    if (!padded(**c)) return vigie::fail(vigie::code::internal, "a chunk is not padded with zeros");
    all.chunks.emplace_back((*c)->offset, std::string((*c)->data, (*c)->size));
    all.text.append((*c)->data, (*c)->size);
    all.largest = std::max(all.largest, (*c)->size);
  }
  all.encoding = (*reader)->encoding();
  all.replaced += (*reader)->replaced();
  if ((*reader)->digest()) all.digests.push_back(*(*reader)->digest());
  return {};
}

inline vigie::result<everything> read_all(const vigie::io::input& in, std::uint64_t split_bytes,
                                          const vigie::io::read_options& options) {
  everything all;
  auto splits = vigie::io::plan_splits(in, 0, split_bytes, options);
  if (!splits) return splits.error();
  for (const auto& s : *splits)
    if (auto done = read_split(in, s, options, all); !done) return done.error();
  all.splits = std::move(*splits);
  return all;
}

inline vigie::result<everything> read_path(const std::string& path,
                                           const vigie::io::read_options& options = {},
                                           std::uint64_t split_bytes = 1U << 20U) {
  auto in = vigie::io::list_inputs({path});
  if (!in) return in.error();
  return read_all(in->at(0), split_bytes, options);
}

// The digests speak of each stored byte exactly once, and of the bytes that are there.
inline bool digests_cover(const everything& all, const std::string& stored) {
  std::uint64_t at = 0;
  for (const auto& d : all.digests) {
    const auto sum = vigie::io::sha256(std::string_view(stored).substr(d.offset, d.length));
    if (d.offset != at || !sum || d.sha256 != *sum) return false;
    at += d.length;
  }
  return at == stored.size();
}
