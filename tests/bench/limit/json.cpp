// SPDX-License-Identifier: Apache-2.0
#include "limit/file.hpp"
#include "limit/flat_set.hpp"

#include <simdjson.h>

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace bench::limit {

namespace {

using simdjson::dom::element;

// Every line through one parser. bytes_of() gives the padding simdjson reads over.
template <class F> void each_object(std::string_view in, const F& f) {
  simdjson::dom::parser parser;
  each_line(in, [&](std::string_view line) {
    simdjson::dom::object object;
    if (parser.parse(line.data(), line.size(), false).get(object) != simdjson::SUCCESS)
      give_up("a line is no object");
    f(object);
  });
}

void put_text(output& out, std::string_view text) {
  out.put('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') out.put('\\');
    out.put(c);
  }
  out.put('"');
}

struct picked {
  std::string_view uid, country, network;
  std::optional<std::string_view> input;
};

// Of a measurement of web_connectivity.
std::optional<picked> pick(const simdjson::dom::object& object) {
  picked p;
  for (const auto& [key, value] : object) {
    if (key == "measurement_uid") p.uid = value.get_string().value();
    if (key == "probe_cc") p.country = value.get_string().value();
    if (key == "probe_asn") p.network = value.get_string().value();
    if (key == "test_name" && value.get_string().value() != "web_connectivity") return {};
    if (key == "input") {
      if (value.is_string()) p.input = value.get_string().value();
      break; // nothing that is wanted comes later
    }
  }
  return p;
}

// Numbers given to texts in the order they appear.
class numbers_of {
public:
  std::uint32_t operator()(std::string_view text) {
    const auto known = ids_.find(text);
    if (known != ids_.end()) return known->second;
    const auto& kept = texts_.emplace_back(std::make_unique<std::string>(text));
    ids_.emplace(*kept, static_cast<std::uint32_t>(texts_.size() - 1));
    return static_cast<std::uint32_t>(texts_.size() - 1);
  }
  [[nodiscard]] const std::string& text(std::uint32_t id) const { return *texts_[id]; }

private:
  std::unordered_map<std::string_view, std::uint32_t> ids_;
  std::vector<std::unique_ptr<std::string>> texts_;
};

} // namespace

void w1(std::string_view in, output& out) {
  each_object(in, [&](const simdjson::dom::object& object) {
    const auto p = pick(object);
    if (!p) return;
    out.put(R"({"measurement_uid":)");
    put_text(out, p->uid);
    out.put(R"(,"probe_cc":)");
    put_text(out, p->country);
    out.put(R"(,"probe_asn":)");
    put_text(out, p->network);
    out.put(R"(,"input":)");
    if (p->input)
      put_text(out, *p->input);
    else
      out.put("null");
    out.put(R"(,"dataset":"ooni-2014"})"
            "\n");
  });
}

// Interned keys, one dense table of groups and one flat set of (group, network).
void w2(std::string_view in, output& out) {
  numbers_of country, test, day, network;
  std::unordered_map<std::uint32_t, std::uint32_t> group_of;
  std::vector<std::array<std::uint32_t, 5>> groups; // country, test, day, count, distinct
  flat_set seen;
  each_object(in, [&](const simdjson::dom::object& object) {
    const auto text = [&](std::string_view key) { return object[key].get_string().value(); };
    const std::uint32_t c = country(text("probe_cc")), t = test(text("test_name"));
    const std::uint32_t d = day(text("measurement_start_time").substr(0, 10));
    const std::uint64_t a = network(text("probe_asn"));
    const auto [at, fresh] =
        group_of.try_emplace((c * 64 + t) * 256 + d, static_cast<std::uint32_t>(groups.size()));
    if (fresh) groups.push_back({c, t, d, 0, 0});
    ++groups[at->second][3];
    if (seen.insert((std::uint64_t{at->second} + 1) << 32U | a)) ++groups[at->second][4];
  });
  out.put("probe_cc,test_name,day,measurements,networks\n");
  for (const auto& g : groups)
    out.put(country.text(g[0]) + ',' + test.text(g[1]) + ',' + day.text(g[2]) + ',' +
            std::to_string(g[3]) + ',' + std::to_string(g[4]) + '\n');
}

void w6_copy(std::string_view in, output& out) {
  each_line(in, [&](std::string_view line) {
    out.put(line);
    out.put('\n');
  });
}

void w6_parse(std::string_view in, output& out) {
  each_object(in, [&](const simdjson::dom::object& object) {
    out.put(simdjson::minify(object));
    out.put('\n');
  });
}

} // namespace bench::limit
