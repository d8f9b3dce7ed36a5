// SPDX-License-Identifier: Apache-2.0
#include "explode.hpp"

#include "copy_rows.hpp"
#include "expr/wrong.hpp"

namespace vigie::core {
namespace {

enum parameter { column_param, as_param, fields_param, index_param };

constexpr std::size_t rows_a_batch = 16 * 1024;

std::size_t field_position(const field& item, const std::string& name, int at) {
  const int found = find_field(item.children, name);
  if (found >= 0) return static_cast<std::size_t>(found);
  std::vector<std::string> names;
  for (const field& f : item.children) names.push_back(f.name);
  throw error(VIGIE_E_SCHEMA, "the items have no field '" + name + "'; they have " +
                                  expr::listed(names) + expr::did_you_mean(name, names))
      .at_param(fields_param, at);
}

} // namespace

void explode_list::bind(binding& b) {
  list = b.column(column, {kind::list});
  chosen.clear();
  added.clear();
  place = {};
  const int position = find_field(b.input(), column.value);
  const field item = b.input()[static_cast<std::size_t>(position)].children[0];
  const bool in_place = fields.empty() && (as.empty() || as == column.value);
  if (!in_place) {
    b.set_keep(keep::listed);
    for (int i = 0; i < static_cast<int>(b.input().size()); ++i)
      if (i != position) b.keeps(i, b.input()[static_cast<std::size_t>(i)].name);
  }
  if (!fields.empty() && !as.empty())
    throw error(VIGIE_E_CONFIG, "'as' and 'fields' exclude each other: with 'fields' there is no "
                                "column with the item")
        .at_param(as_param);
  if (!fields.empty() && item.kind != kind::structure)
    throw error(VIGIE_E_SCHEMA, "the items of '" + column.value + "' are " + describe(item) +
                                    ", which has no fields; leave 'fields' out")
        .at_param(fields_param);
  for (std::size_t i = 0; i < fields.size(); ++i) {
    chosen.push_back(field_position(item, fields[i], static_cast<int>(i)));
    added.push_back(add_column(b, item.children[chosen.back()], fields_param, static_cast<int>(i)));
  }
  if (fields.empty()) {
    field f = item;
    f.name = as.empty() ? column.value : as;
    added.push_back(add_column(b, std::move(f), as_param, -1));
  }
  if (!index.empty()) place = add_column(b, {.name = index, .kind = kind::int64}, index_param, -1);
}

vigie::add explode_list::add_column(binding& b, field f, int param, int item) {
  const bool taken = f.name != column.value && find_field(b.input(), f.name) >= 0;
  if (taken || find_field(b.added(), f.name) >= 0)
    throw error(VIGIE_E_SCHEMA, "there would be two columns '" + f.name +
                                    "'; choose another name, or rename the other column with "
                                    "core.select first")
        .at_param(param, item);
  f.sensitive = f.sensitive ||
                b.input()[static_cast<std::size_t>(find_field(b.input(), column.value))].sensitive;
  return b.adds(std::move(f));
}

void explode_list::task::process(const batch& in, output& out) {
  const vigie::column& lists = in[self_.list];
  const vigie::column items = lists.items();
  const bool keeps_empty = self_.empty == "keep";
  std::int64_t dropped = 0;
  for (std::int64_t i = 0; i < in.size(); ++i) {
    const auto [begin, end] = lists.is_null(i) ? index_range{0, 0} : lists.list(i);
    if (begin == end) {
      if (keeps_empty)
        add(i, -1, -1);
      else
        ++dropped;
    }
    for (std::int64_t k = begin; k < end; ++k) {
      add(i, k, k - begin);
      if (parents_.size() >= rows_a_batch) hand_over(items, out);
    }
    if (parents_.size() >= rows_a_batch) hand_over(items, out);
  }
  if (!parents_.empty()) hand_over(items, out);
  if (dropped > 0) out.drop(dropped);
}

void explode_list::task::add(std::int64_t parent, std::int64_t item, std::int64_t place) {
  parents_.push_back(static_cast<std::int32_t>(parent));
  items_.push_back(static_cast<std::int32_t>(item));
  places_.push_back(place);
  missing_ = missing_ || item < 0;
}

void explode_list::task::hand_over(const vigie::column& items, output& out) {
  out.rows(parents_);
  if (self_.chosen.empty()) copy_rows(items, items_, missing_, out[self_.added[0]]);
  bool missing = missing_;
  field_rows_.clear();
  for (std::size_t i = 0; !self_.chosen.empty() && i < items_.size(); ++i) {
    const bool none = items_[i] < 0 || items.is_null(items_[i]);
    missing = missing || none;
    field_rows_.push_back(none ? -1 : static_cast<std::int32_t>(items.child_row(items_[i])));
  }
  for (std::size_t k = 0; k < self_.chosen.size(); ++k)
    copy_rows(items.child(self_.chosen[k]), field_rows_, missing, out[self_.added[k]]);
  for (std::size_t i = 0; self_.place.index >= 0 && i < places_.size(); ++i) {
    builder& to = out[self_.place];
    places_[i] < 0 ? to.null() : to.integer(places_[i]);
  }
  out.flush();
  parents_.clear();
  items_.clear();
  places_.clear();
  missing_ = false;
}

} // namespace vigie::core
