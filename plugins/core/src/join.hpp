// SPDX-License-Identifier: Apache-2.0
// core.join: rows of two inputs that are equal in some columns. The right side is held once for all
// tasks, as an index of its keys (join_index) and the columns of it that are wanted (join_payload);
// the left side streams past it. Filled by one thread, read-only while tasks run.
#pragma once

#include "join/index.hpp"
#include "join/keys.hpp"
#include "join/payload.hpp"

#include <vigie/step_memory.hpp>

#include <optional>

namespace vigie::core {

struct join_rows : transform {
  static constexpr const char* port_names[] = {"left", "right", nullptr};
  static constexpr vigie::about about{
      .name = "core.join",
      .summary = "Joins the rows of two inputs that are equal in some columns.",
      .doc =
          R"(The rows of `left` stream past; those of `right`, say a list of indicators or a table of
countries, are held in memory, once for all tasks. Put the larger input on the left. A right side
that does not fit into `run: {memory: ...}` stops the run with V0703; an order or a file on disk does
not replace it.

An entry of `on` is a column that both sides have, or `left = right`; a name with unusual letters
stands in double quotes. A row has a partner where all entries are equal:

- integers of any width are compared by value; addresses, decimals and other columns with a meaning
  of their own only with the same meaning; texts by their bytes; dates with dates, timestamps with
  timestamps. Floating-point numbers, lists and structs are refused.
- A null equals nothing, not even a null: such a row of the right side is passed over, such a row of
  the left side has no partner.

| `kind` | rows of the output |
|---|---|
| `inner` | each row of the left side with each of its partners |
| `left` | the same, and the rows without partner, with nulls |
| `semi` | the rows of the left side that have a partner, once |
| `anti` | the rows of the left side that have none |

`inner` and `left` add the columns of the right side: those that `columns` names, otherwise all but its
keys. Where a name stands on both sides, `prefix` tells them apart. Rows stay in the order of the left
side; the partners of one row come in the order of the right side. `many: first` takes the first
partner alone, and `many: error` stops the run where a key stands twice on the right side.

A row of the output comes from where its left row came from: that is what `vigie trace` shows. A
column of the right side that names a place in a file loses that meaning and is a plain struct.

```yaml
- name: flagged
  use: core.join
  from: {left: flows, right: indicators}
  with: {on: ["dst_ip = ip"], kind: inner, columns: [family], many: first}
```
)",
      .ports = port_names};

  std::vector<std::string> on;
  std::string kind = "inner";
  std::vector<column_name> columns;
  std::string prefix;
  std::optional<std::string> many;
  host_services host;

  void params(vigie::params& p) {
    p.add("on", on, "Columns in which rows are equal: `name`, or `left = right`.").required();
    p.add("kind", kind, "Which rows the output has.").choices({"inner", "left", "semi", "anti"});
    p.add("columns", columns, "Columns of the right side to add; default: all but its keys.");
    p.add("prefix", prefix, "Put before the names of the columns that are added.");
    p.add("many", many, "What several partners of a row give; default: `all`.")
        .choices({"all", "first", "error"});
  }

  void bind(binding& b);
  void build(std::uint32_t port, batch in);
  std::uint64_t seal(std::uint32_t port); // bytes held

  class task {
  public:
    task(const join_rows& self, const task_info&) : self_(self), keys_(self.keys, false) {}
    void process(const batch& in, output& out);

  private:
    void find_numbers(const batch& in);
    void find_bytes(const batch& in);
    template <class T> void find_numbers(std::span<const T> values, const column& c);
    void give_rest(const batch& in, output& out) const;
    void give_one_each(const batch& in, output& out);
    void give_many(const batch& in, output& out);
    void add_columns(bool some_missing, output& out);

    const join_rows& self_;
    join_keys keys_;
    struct candidate {
      std::uint64_t hash;
      std::int32_t at; // of the rows, or of the keys that join_keys read
    };
    std::vector<candidate> candidates_;
    std::vector<std::int32_t> rows_;     // that have a partner, ascending
    std::vector<std::uint32_t> numbers_; // of their keys
    std::vector<std::int32_t> left_, right_;
  };

  // Rows of the right side by the number of their key.
  struct partners {
    std::vector<std::uint32_t> key_of_row;  // until sealed
    std::vector<std::uint32_t> first, rows; // empty where each key has the row of its own number
    [[nodiscard]] std::size_t bytes() const {
      return (key_of_row.capacity() + first.capacity() + rows.capacity()) * sizeof(std::uint32_t);
    }
    void seal(std::uint32_t keys);
  };

  join_on keys;
  number_index numbers;
  bytes_index texts;
  key_filter filter;
  partners rows_of_key;
  join_payload payload;
  std::vector<need> wanted; // columns of the right side
  std::vector<add> added;   // their place in the output

private:
  [[nodiscard]] bool adds_columns() const { return kind == "inner" || kind == "left"; }
  [[nodiscard]] bool is(const char* way) const { return many.value_or("all") == way; }
  void refuse_without_use() const;
  void choose_columns(binding& b);
  void add_column(binding& b, int position, int item);
  void index(const batch& in, std::vector<std::int32_t>& taken);
  void count(numbered_key key, std::int32_t row, const batch& in, std::vector<std::int32_t>& taken);
  [[nodiscard]] std::size_t bytes() const;

  step_memory memory_{host};
  std::int64_t rows_ = 0; // of the right side
};

} // namespace vigie::core
