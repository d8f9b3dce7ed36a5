// SPDX-License-Identifier: Apache-2.0
// vigie run: the pipeline from inputs to outputs; a share of it (--shard); only what is new
// (--since).
#include "execute.hpp"
#include "generations.hpp"

#include <fmt/format.h>

#include <charconv>

namespace vigie::cli {
namespace {

// "2/5": 1 <= 2 <= 5.
std::optional<exec::shard_of> parse_shard(std::string_view text) {
  exec::shard_of s;
  const auto number = [&](std::string_view digits, std::uint64_t& to) {
    const auto [end, bad] = std::from_chars(digits.data(), digits.data() + digits.size(), to);
    return bad == std::errc() && end == digits.data() + digits.size();
  };
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || !number(text.substr(0, slash), s.index) ||
      !number(text.substr(slash + 1), s.of) || s.index < 1 || s.index > s.of || s.of > 100'000)
    return std::nullopt;
  return s;
}

} // namespace

int run_command(const arguments& a) {
  std::optional<generation> next;
  arguments as = a;
  if (a.has("since")) {
    auto found = next_generation(a);
    if (!found) {
      print({found.error()}, a.has("json"));
      return refused;
    }
    next = *std::move(found);
    as.options["out"] = {next->out};
  }
  session s(as);
  if (!s.load()) return s.refuse();
  auto o = run_options_of(s, as);
  if (!o) return refused;
  if (a.has("shard")) {
    o->shard = parse_shard(a.value("shard"));
    if (!o->shard) {
      print({fail(code::command_line,
                  fmt::format("--shard takes I/N with 1 <= I <= N, such as 2/5, not '{}'",
                              a.value("shard")))},
            a.has("json"));
      return refused;
    }
  }
  if (next) {
    o->since = next->of;
    o->known = std::move(next->known);
  }
  return run_and_print(s, as, *std::move(o));
}

} // namespace vigie::cli
