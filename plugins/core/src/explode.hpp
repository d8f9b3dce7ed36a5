// SPDX-License-Identifier: Apache-2.0
// core.explode: one row for each item of a list.
// The component is read-only while tasks run; each task collects the rows of one output batch.
#pragma once

#include <vigie/component.hpp>

#include <string>
#include <vector>

namespace vigie::core {

struct explode_list : transform {
  static constexpr vigie::about about{
      .name = "core.explode",
      .summary = "Makes a row of each item of a list.",
      .doc =
          R"(A row whose list has three items becomes three rows, in the order of the items; all its other
columns stand in each of them, and each comes from where the row came from. The item takes the place
of the list. An item that is null gives a row with null.

A row whose list is empty or null is dropped and counted; with `empty: keep` it gives one row, in
which the item is null.

Of a list of structs `fields` makes columns instead of the item: those of its fields that are named.

```yaml
- use: core.explode
  with: {column: answers, fields: [name, ttl], index: answer}
```
)",
      .rows = rows::many};

  column_name column;
  std::string as;
  std::vector<std::string> fields;
  std::string index;
  std::string empty = "drop";

  void params(vigie::params& p) {
    p.add("column", column, "The list.").required();
    p.add("as", as, "Name of the column with the item; default: that of the list.");
    p.add("fields", fields, "Fields of the item that become columns; the item itself does not.");
    p.add("index", index, "Adds a column of this name with the item's place in its list, from 0.");
    p.add("empty", empty, "What a list that is empty or null gives.").choices({"drop", "keep"});
  }

  void bind(binding& b);

  class task {
  public:
    task(const explode_list& self, const task_info&) : self_(self) {}
    void process(const batch& in, output& out);

  private:
    void add(std::int64_t parent, std::int64_t item, std::int64_t place);
    void hand_over(const vigie::column& items, output& out);

    const explode_list& self_;
    std::vector<std::int32_t> parents_, items_; // of the rows to hand over; item -1: none
    std::vector<std::int64_t> places_;
    std::vector<std::int32_t> field_rows_;
    bool missing_ = false; // whether there is an item of -1
  };

  need list;
  std::vector<std::size_t> chosen; // fields of the item
  std::vector<add> added;          // the item, or its fields
  add place;                       // -1: not wanted

private:
  vigie::add add_column(binding& b, field f, int param, int item);
};

} // namespace vigie::core
