// SPDX-License-Identifier: Apache-2.0
#include "rows/languages.hpp"

#include <algorithm>

namespace vigie::press {
namespace {

constexpr const char* list_name = "languages.tsv";

std::vector<std::string> folders_in(std::string_view list) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < list.size();) {
    const std::size_t end = std::min(list.find('\n', at), list.size());
    const std::string_view line = list.substr(at, end - at);
    const std::string_view code = line.substr(0, line.find_first_of("\t\r"));
    if (!code.empty() && code.front() != '#') out.emplace_back(code);
    at = end + 1;
  }
  return out;
}

} // namespace

void languages::params(vigie::params& p) {
  p.add("language", language,
        "Language of the rules: a folder of the plugin's data (`fr`, `en`), or `auto` for what "
        "`language_column` says of each page.");
  p.add("language_column", column,
        "Column with the page's language, as press.language adds it; only read with `auto`.");
}

void languages::params_guessed(vigie::params& p) {
  p.add("language", language,
        "Language of the rules: a folder of the plugin's data (`fr`, `en`), or `auto` to guess it "
        "for each page.");
}

void languages::bind(binding& b, const host_services& host) {
  bind_guessed(host);
  if (!guesses()) return;
  if (find_field(b.input(), column.value) < 0)
    throw column.wrong(VIGIE_E_SCHEMA, "there is no column '" + column.value +
                                           "' in the input; put press.language before this step, "
                                           "or name the language in `language`");
  column_ = b.column(column, {kind::text});
}

void languages::bind_guessed(const host_services& host) {
  words_.bind(host);
  folders_ = folders_in(host.resource(list_name));
  if (guesses()) return;
  fixed_ = of_code(language.value);
  if (fixed_ == nullptr) throw language.wrong(VIGIE_E_CONFIG, missing(language.value));
}

const std::string* languages::folder_of_row(const batch& rows, std::int64_t i, output& out) const {
  if (fixed_ != nullptr) return &fixed_->language();
  const bool known = !rows[column_].is_null(i);
  const std::string_view code = known ? rows[column_].text(i) : std::string_view("un");
  const std::string* folder = folder_of_code(code);
  if (folder == nullptr) out.reject(i, column.value, missing(code));
  return folder;
}

const lexicon* languages::of_row(const batch& rows, std::int64_t i, output& out) const {
  const std::string* folder = folder_of_row(rows, i, out);
  return folder == nullptr ? nullptr : &words_.of(*folder);
}

const std::string* languages::folder_of_code(std::string_view code) const {
  auto found = std::ranges::find(folders_, code);
  if (found == folders_.end()) found = std::ranges::find(folders_, code.substr(0, code.find('-')));
  return found == folders_.end() ? nullptr : &*found;
}

const lexicon* languages::of_code(std::string_view code) const {
  const std::string* folder = folder_of_code(code);
  return folder == nullptr ? nullptr : &words_.of(*folder);
}

std::string languages::missing(std::string_view code) const {
  return "the language is '" + std::string(code) + "'" +
         (code == "un" ? " (nobody could tell it)" : "") + ", and there are words of " + listed() +
         (code == "un" ? "; name the language in `language`"
                       : "; add a folder to the plugin's data and its name to languages.tsv") +
         ", or keep such pages out";
}

std::string languages::listed() const {
  std::string out;
  for (std::size_t i = 0; i < folders_.size(); ++i) {
    if (i > 0) out += i + 1 == folders_.size() ? " and " : ", ";
    out += folders_[i];
  }
  return out.empty() ? "no language" : out;
}

} // namespace vigie::press
