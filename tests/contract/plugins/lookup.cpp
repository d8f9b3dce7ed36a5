// SPDX-License-Identifier: Apache-2.0
// A join with a side that is held whole: to each row of `probe` the value of the last row of `list`
// with the same key, and how many rows the list had. Rows without a partner get nulls.
#include <vigie/vigie.hpp>

#include <map>

namespace {

constexpr const char* port_names[] = {"probe", "list", nullptr};

struct join_rows : vigie::transform {
  static constexpr vigie::about about{
      .name = "lookup.join", .summary = "Finds a value by its key.", .ports = port_names};

  vigie::column_name key{"key"}, list_key{"key"}, value{"value"};
  std::string as = "found";
  vigie::need probe, key_in, value_in;
  vigie::add found, listed;
  std::map<std::string, std::string> values;
  std::int64_t rows = 0, sealed = 0;

  void params(vigie::params& p) {
    p.add("key", key, "Key of the probe.");
    p.add("list_key", list_key, "Key of the list.");
    p.add("value", value, "Column of the list to find.");
    p.add("as", as, "Name of the new column.");
  }

  void bind(vigie::binding& b) {
    probe = b.column(key, {vigie::kind::text});
    key_in = b.column(list_key, {vigie::kind::text}, 1);
    value_in = b.column(value, {vigie::kind::text}, 1);
    b.build_port(1);
    found = b.adds({.name = as});
    listed = b.adds({"listed", vigie::kind::int64});
  }

  void build(std::uint32_t, vigie::batch in) {
    rows += in.size();
    for (std::int64_t i = 0; i < in.size(); ++i)
      values[std::string(in[key_in].text(i))] = std::string(in[value_in].text(i));
  }
  std::uint64_t seal(std::uint32_t) {
    ++sealed;
    return values.size() * 64;
  }

  void process(const vigie::batch& in, vigie::output& out) const {
    if (sealed != 1) throw vigie::error(VIGIE_E_INTERNAL, "rows came before the list was complete");
    for (std::int64_t i = 0; i < in.size(); ++i) {
      const auto at = values.find(std::string(in[probe].text(i)));
      at == values.end() ? out[found].null() : out[found].text(at->second);
      out[listed].integer(rows);
    }
  }
};

// A second port that is not delivered whole: the interface has no such thing.
struct join_streams : vigie::transform {
  static constexpr vigie::about about{
      .name = "lookup.streams", .summary = "Wants two ports that stream.", .ports = port_names};
  void bind(vigie::binding& b) {
    b.all(0);
    b.all(1);
  }
  void process(const vigie::batch&, vigie::output&) const {}
};

} // namespace

VIGIE_PLUGIN("lookup", "1.0.0", "Joins.", "MIT-0", join_rows, join_streams)
