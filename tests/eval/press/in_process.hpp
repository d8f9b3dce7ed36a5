// SPDX-License-Identifier: Apache-2.0
// The reading engine of the press family over one page, without the program: what the ablation runs
// thousands of times. Words are read from the data folder, with lines left out where wanted. A
// reader is for one thread.
#pragma once

#include "found.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>

namespace vigie::press::eval {

// Bytes of data files by name ("fr/units.tsv").
using data_files = std::map<std::string, std::string, std::less<>>;

// Every *.tsv below the folder.
[[nodiscard]] data_files read_data(const std::filesystem::path& folder);

class in_process {
public:
  explicit in_process(const std::string& language);
  ~in_process();
  in_process(const in_process&) = delete;
  in_process& operator=(const in_process&) = delete;

  // Takes the words of these files; false where they are none, as a class that must be is missing.
  [[nodiscard]] bool use(const data_files& files);
  // The same for the file called so only: the words of others stay as they were.
  [[nodiscard]] bool use(const data_files& files, std::string_view changed);
  // `text`: a page as UTF-8.
  [[nodiscard]] found_page read(const std::string& file, const std::string& text) const;

private:
  [[nodiscard]] bool use_words(const data_files& files);
  [[nodiscard]] bool use_rules(const data_files& files);

  struct state;
  std::unique_ptr<state> state_;
};

} // namespace vigie::press::eval
