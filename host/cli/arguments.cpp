// SPDX-License-Identifier: Apache-2.0
// The command line: from words to a command and its options. The only user of
// Boost.Program_options.
#include "command.hpp"
#include "session.hpp"

#include <boost/program_options.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace vigie::cli {
namespace {

namespace po = boost::program_options;

po::options_description described(const command& c) {
  po::options_description d;
  for (const option& o : c.options) {
    if (o.takes == option::form::flag)
      d.add_options()(o.name.c_str(), o.doc.c_str());
    else
      d.add_options()(o.name.c_str(), po::value<std::vector<std::string>>()->composing(),
                      o.doc.c_str());
  }
  d.add_options()("help", "")("words", po::value<std::vector<std::string>>(), "");
  return d;
}

std::vector<std::string> option_names(const command& c) {
  std::vector<std::string> out;
  for (const option& o : c.options) out.push_back("--" + o.name);
  return out;
}

diagnostic wrong_line(const command& c, std::string message, std::string hint = {}) {
  if (hint.empty()) hint = fmt::format("see `vigie {} --help`", c.name);
  return fail(code::command_line, std::move(message)).help(std::move(hint));
}

std::string general_help() {
  std::string out = "Vigie: press pages make claims, measurements hold evidence; Vigie holds one "
                    "against the other.\n\nCommands:\n";
  for (const command& c : all_commands())
    if (!c.hidden) out += fmt::format("  {:<14}{}\n", c.name, c.summary);
  out += "\n`vigie COMMAND --help` shows options and an example.\n";
  out += "Exit codes: 0 done, 1 failed, 2 refused before work, 3 done with rejected rows and "
         "--strict.\n";
  return out;
}

// The command whose name is the longest beginning of the words.
const command* find_command(const std::vector<std::string>& words, std::size_t& used) {
  const command* best = nullptr;
  used = 0;
  for (const command& c : all_commands()) {
    std::string name;
    for (std::size_t n = 1; n <= 2 && n <= words.size(); ++n) {
      name += (n > 1 ? " " : "") + words[n - 1];
      if (name == c.name && n > used) {
        best = &c;
        used = n;
      }
    }
  }
  return best;
}

int unknown_command(const std::string& word) {
  std::vector<std::string> names;
  for (const command& c : all_commands())
    if (!c.hidden) names.emplace_back(c.name);
  const std::string near = nearest(word, names);
  print({fail(code::command_line, fmt::format("there is no command '{}'", word))
             .help(near.empty() ? "`vigie --help` lists the commands"
                                : fmt::format("did you mean '{}'?", near))},
        false);
  return refused;
}

} // namespace

std::vector<option> with_pipeline_options(std::vector<option> more) {
  std::vector<option> out{{"set", option::form::values, "NAME=VALUE",
                           "Set a parameter of the pipeline; may be repeated."},
                          {"secret", option::form::values, "NAME=FILE",
                           "Take ${secret:NAME} from this file; may be repeated."},
                          {"plugin-dir", option::form::values, "FOLDER",
                           "Look for plugins here first; may be repeated."}};
  std::ranges::move(more, std::back_inserter(out));
  out.push_back({"json", option::form::flag, "", "Print JSON for programs."});
  out.push_back(
      {"quiet", option::form::flag, "", "Print errors and counts of rejected rows only."});
  out.push_back({"verbose", option::form::flag, "", "Print what components log, too."});
  return out;
}

std::string help_of(const command& c) {
  std::string out = fmt::format("{}\n\nUsage: vigie {}\n", c.summary, c.usage);
  if (!c.options.empty()) out += "\nOptions:\n";
  for (const option& o : c.options) {
    const std::string head = o.takes == option::form::flag
                                 ? fmt::format("--{}", o.name)
                                 : fmt::format("--{} {}", o.name, o.value);
    out += fmt::format("  {:<24} {}\n", head, o.doc);
  }
  out += fmt::format("\nExample:\n  {}\n", c.example);
  out += fmt::format("\nExit codes: {}\n",
                     c.exits.empty() ? "0 done, 1 failed, 2 refused before work" : c.exits);
  return out;
}

bool read_arguments(const command& c, const std::vector<std::string>& from, arguments& out,
                    diagnostic& wrong) {
  po::positional_options_description words;
  words.add("words", -1);
  const auto style =
      po::command_line_style::default_style & ~po::command_line_style::allow_guessing;
  try {
    const po::options_description options = described(c);
    po::variables_map found;
    po::store(po::command_line_parser(from).options(options).positional(words).style(style).run(),
              found);
    for (const auto& [name, value] : found) {
      const auto* many = boost::any_cast<std::vector<std::string>>(&value.value());
      if (name == "words")
        out.words = *many;
      else
        out.options[name] = many == nullptr ? std::vector<std::string>() : *many;
    }
  } catch (const po::unknown_option& e) {
    const std::string near = nearest(e.get_option_name(), option_names(c));
    wrong = wrong_line(c, fmt::format("there is no option '{}'", e.get_option_name()),
                       near.empty() ? "" : fmt::format("did you mean '{}'?", near));
    return false;
  } catch (const po::error& e) {
    wrong = wrong_line(c, e.what());
    return false;
  }
  for (const option& o : c.options)
    if (o.takes == option::form::value && out.has(o.name) && out.values(o.name).size() > 1) {
      wrong = wrong_line(c, fmt::format("--{} stands {} times; it takes one value", o.name,
                                        out.values(o.name).size()));
      return false;
    }
  if (out.has("help") || (out.words.size() >= c.least_words && out.words.size() <= c.most_words))
    return true;
  wrong = out.words.size() < c.least_words
              ? wrong_line(c, fmt::format("'vigie {}' needs {}", c.name,
                                          c.usage.substr(c.name.size() + 1)))
              : wrong_line(c, fmt::format("'{}' is one word too many", out.words[c.most_words]));
  return false;
}

int run_program(const std::vector<std::string>& argv) {
  if (argv.empty() || argv[0] == "--help" || argv[0] == "help") {
    fmt::print("{}", general_help());
    return argv.empty() ? refused : done;
  }
  std::size_t used = 0;
  const command* c = find_command(argv, used);
  if (argv[0] == "--version") return version_command({});
  if (c == nullptr)
    return unknown_command(argv[0] + (argv[0] == "plugin" && argv.size() > 1 ? " " + argv[1] : ""));
  arguments a;
  diagnostic wrong;
  if (!read_arguments(*c, {argv.begin() + static_cast<std::ptrdiff_t>(used), argv.end()}, a,
                      wrong)) {
    print({wrong}, false);
    return refused;
  }
  if (a.has("help")) {
    fmt::print("{}", help_of(*c));
    return done;
  }
  return c->run(a);
}

} // namespace vigie::cli
