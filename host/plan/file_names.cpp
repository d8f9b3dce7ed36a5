// SPDX-License-Identifier: Apache-2.0
#include "file_names.hpp"

#include "io/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace vigie::plan {
namespace {

constexpr std::size_t longest_name = 100; // bytes; file systems allow 255 for a whole component
constexpr std::size_t digest_digits = 16;

diagnostic bad_name(std::string_view text, std::string_view what) {
  return fail(code::plan_output_name, fmt::format("the output name '{}' {}", text, what))
      .help("write {COLUMN} where the cell of a column is to stand, and {{ or }} for a brace");
}

void add_text(std::vector<name_piece>& to, char c) {
  if (to.empty() || to.back().is_column) to.emplace_back();
  to.back().text += c;
}

bool stays(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return letter || std::string_view("-_.+@,").find(c) != std::string_view::npos;
}

// "__null__" and its like are this program's own words.
bool looks_own(std::string_view text) {
  return text.size() >= 4 && text.starts_with("__") && text.ends_with("__");
}

// Where the number of a part stands: before the ending that tells the format.
std::size_t before_ending(std::string_view file) {
  const std::size_t slash = file.rfind('/');
  const std::size_t first = slash == std::string_view::npos ? 0 : slash + 1;
  std::size_t end = file.size();
  for (const std::string_view packed : {".gz", ".zst"})
    if (file.ends_with(packed) && file.size() - packed.size() > first)
      end = file.size() - packed.size();
  const std::size_t dot = file.substr(0, end).rfind('.');
  return dot == std::string_view::npos || dot <= first ? end : dot;
}

} // namespace

result<std::vector<name_piece>> parse_file_name(std::string_view text) {
  std::vector<name_piece> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c != '{' && c != '}') {
      add_text(out, c);
      continue;
    }
    if (i + 1 < text.size() && text[i + 1] == c) {
      add_text(out, text[i++]);
      continue;
    }
    if (c == '}') return bad_name(text, "closes a brace that was never opened");
    const std::size_t end = text.find_first_of("{}", i + 1);
    if (end == std::string_view::npos || text[end] == '{')
      return bad_name(text, "opens a brace that is never closed");
    if (end == i + 1) return bad_name(text, "has braces without a column between them");
    out.push_back({std::string(text.substr(i + 1, end - i - 1)), true});
    i = end;
  }
  return out;
}

bool names_columns(const std::vector<name_piece>& pieces) {
  return std::ranges::any_of(pieces, &name_piece::is_column);
}

std::string part_name(std::string_view file, std::uint64_t number) {
  const std::size_t at = before_ending(file);
  return fmt::format("{}-{:04}{}", file.substr(0, at), number, file.substr(at));
}

std::string without_part(std::string_view name) {
  const std::size_t at = before_ending(name);
  std::size_t digits = 0;
  while (digits < at && name[at - digits - 1] >= '0' && name[at - digits - 1] <= '9') ++digits;
  if (digits < 4 || digits == at || name[at - digits - 1] != '-') return std::string(name);
  return fmt::format("{}{}", name.substr(0, at - digits - 1), name.substr(at));
}

std::string name_pattern(const std::vector<name_piece>& pieces, bool parts) {
  std::string out;
  for (const name_piece& p : pieces) {
    if (p.is_column && !out.ends_with('*')) out += '*'; // two stars would enter other folders
    for (const char c : p.is_column ? std::string() : p.text) {
      if (std::string_view("*?[\\").find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  if (parts) out.insert(before_ending(out), "-[0-9][0-9][0-9][0-9]*");
  return out;
}

std::string safe_name(std::string_view text) {
  if (text.empty()) return "__empty__";
  const bool first_encoded = text.front() == '.' || looks_own(text);
  std::string out;
  for (std::size_t i = 0; i < text.size() && out.size() <= longest_name; ++i) {
    if (stays(text[i]) && (i > 0 || !first_encoded))
      out += text[i];
    else
      out += fmt::format("%{:02X}", static_cast<unsigned char>(text[i]));
  }
  if (out.size() <= longest_name) return out;
  out.resize(longest_name - digest_digits - 1);
  const auto sum = io::sha256(text);
  const std::string digest = sum ? io::to_hex(*sum) : std::string(digest_digits, '0');
  return out + "~" + digest.substr(0, digest_digits);
}

} // namespace vigie::plan
