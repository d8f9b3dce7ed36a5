// SPDX-License-Identifier: Apache-2.0
// vigie reference: the reference pages, made from the same tables that `plugin show` and `explain`
// read.
#include "base/text.hpp"
#include "io/output.hpp"
#include "session.hpp"

#include <fmt/format.h>

#include <cmath>

namespace vigie::cli {
namespace {

// A table cell of Markdown: one line, bars escaped.
std::string cell(std::string_view s) {
  std::string out;
  for (const char c : s) {
    if (c == '|')
      out += "\\|";
    else
      out += c == '\n' ? ' ' : c;
  }
  return out;
}

std::string type_text(const param_spec& p) {
  std::string out(name_of(p.type));
  if (p.list) out = "list of " + out;
  if (p.map) out = "map of " + out;
  if (!p.choices.empty()) out += ": " + text::join(p.choices, ", ");
  if (std::isfinite(p.min) || std::isfinite(p.max)) out += fmt::format(", {} to {}", p.min, p.max);
  return out;
}

void add_params(std::string& page, const std::vector<param_spec>& params,
                const std::string& prefix) {
  for (const param_spec& p : params) {
    const std::string def = p.required ? "*required*" : p.def.empty() ? "" : "`" + p.def + "`";
    page += fmt::format("| `{}{}` | {} | {} | {} |\n", prefix, p.name, cell(type_text(p)),
                        cell(def), cell(p.doc));
    add_params(page, p.fields, prefix + p.name + ".");
  }
}

std::string component_page(const loader::plugin_info& plugin, const loader::component_info& c) {
  std::string page = fmt::format("# {}\n\n{}\n\nKind: {}. Tasks: {}. Plugin: {} {}.\n", c.name,
                                 c.summary, loader::name_of(c.kind), loader::name_of(c.parallelism),
                                 plugin.id, plugin.version);
  if (!c.ports.empty()) page += fmt::format("\nInput ports: {}.\n", text::join(c.ports, ", "));
  std::vector<param_spec> params = c.params;
  for (param_spec& p : plan::host_params(c)) params.push_back(std::move(p));
  if (!params.empty()) page += "\n| parameter | type | default | meaning |\n|---|---|---|---|\n";
  add_params(page, params, "");
  if (!c.doc.empty()) page += "\n" + c.doc + "\n";
  return page;
}

std::string codes_page() {
  std::string page = "# Error codes\n\nThe same texts as `vigie explain CODE`.\n\n| code | title | "
                     "meaning and what to do |\n|---|---|---|\n";
  for (const code_entry& c : all_codes())
    page += fmt::format("| {} | {} | {} |\n", c.name, cell(c.title), cell(c.text));
  return page;
}

std::string commands_page() {
  std::string page = "# Commands\n";
  for (const command& c : all_commands())
    if (!c.hidden) page += fmt::format("\n## vigie {}\n\n```\n{}```\n", c.name, help_of(c));
  return page;
}

} // namespace

int reference_command(const arguments& a) {
  const std::string folder = a.value("out", "docs/reference");
  loader::catalog catalog(catalog_options_of(a));
  catalog.scan();
  std::string index = "# Reference\n\nMade by `./dev docs` from the tables in the program; do not "
                      "edit.\n\n- [Commands](commands.md)\n- [Error codes](codes.md)\n\n| "
                      "component | kind | what it does |\n|---|---|---|\n";
  std::vector<std::pair<std::string, std::string>> pages{{"commands.md", commands_page()},
                                                         {"codes.md", codes_page()}};
  for (const loader::found_plugin* p : catalog.plugins())
    for (const loader::component_info& c : p->info.components) {
      pages.emplace_back(c.name + ".md", component_page(p->info, c));
      index += fmt::format("| [{}]({}.md) | {} | {} |\n", c.name, c.name, loader::name_of(c.kind),
                           cell(c.summary));
    }
  pages.emplace_back("README.md", index);
  for (const auto& [name, text] : pages)
    if (auto ok = io::write_file_atomically(folder + "/" + name, text); !ok) {
      print({ok.error()}, false);
      return failed;
    }
  fmt::print("{} pages in {}\n", pages.size(), folder);
  return done;
}

} // namespace vigie::cli
