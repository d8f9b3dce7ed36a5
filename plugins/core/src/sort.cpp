// SPDX-License-Identifier: Apache-2.0
#include "sort.hpp"

#include "expr/lexer.hpp"
#include "row_stream.hpp"

#include <algorithm>

namespace vigie::core {
namespace {

// name [asc | desc] [nulls first | nulls last]
class entry_reader {
public:
  explicit entry_reader(std::string_view text) : tokens_(expr::tokens_of(text)) {}

  std::string name() {
    const expr::token& t = tokens_[0];
    if (t.kind != expr::token_kind::name && t.kind != expr::token_kind::quoted_name)
      fail("expected the name of a column, found " + describe(t));
    ++next_;
    return t.value;
  }
  sort_key key() {
    sort_key out;
    out.descending = accept("desc");
    if (!out.descending) accept("asc");
    out.nulls_first = out.descending;
    if (accept("nulls")) {
      out.nulls_first = accept("first");
      if (!out.nulls_first && !accept("last"))
        fail("expected first or last behind 'nulls', found " + describe(tokens_[next_]));
    }
    if (tokens_[next_].kind != expr::token_kind::end)
      fail("expected asc, desc, nulls first or nulls last, found " + describe(tokens_[next_]));
    return out;
  }

private:
  bool accept(std::string_view word) {
    if (!tokens_[next_].is_word(word)) return false;
    ++next_;
    return true;
  }
  [[noreturn]] void fail(std::string message) const {
    throw expr::wrong{VIGIE_E_CONFIG, std::move(message), tokens_[next_].at};
  }

  std::vector<expr::token> tokens_;
  std::size_t next_ = 0;
};

} // namespace

void sort_rows::bind(binding& b) {
  keys.clear();
  if (by.empty()) throw error(VIGIE_E_CONFIG, "no column to sort by is given").at_param(0);
  for (std::size_t i = 0; i < by.size(); ++i) {
    column_name column;
    column.param = 0;
    column.item = static_cast<int>(i);
    try {
      entry_reader read(by[i]);
      column.value = read.name();
      keys.push_back(read.key());
    } catch (const expr::wrong& w) {
      throw column.wrong(w.status, w.message, static_cast<std::int64_t>(w.at));
    }
    const need n = b.column(column);
    const kind k = b.needs()[0].fields[static_cast<std::size_t>(n.index)].kind;
    if (k == kind::list || k == kind::structure)
      throw column.wrong(VIGIE_E_SCHEMA,
                         "column '" + column.value + "' is a " + std::string(name_of(k)) +
                             "; rows are ordered by plain values only",
                         0);
  }
}

bool sort_rows::task::take(const batch& in, std::span<const std::uint64_t> ids, order&) {
  const auto& columns = in.columns();
  for (std::size_t row = 0; row < ids.size(); ++row) {
    key_.clear();
    for (std::size_t k = 0; k < columns.size(); ++k)
      self_.keys[k].encode(columns[k], static_cast<std::int64_t>(row), key_);
    if (!rows_.beyond(key_)) rows_.add(key_, ids[row]);
  }
  shrink();
  account();
  return !self_.limit || *self_.limit > 0;
}

std::uint64_t sort_rows::task::most() const {
  return self_.limit ? static_cast<std::uint64_t>(*self_.limit) : UINT64_MAX;
}

// Rows beyond the limit go when they are as many as those within it.
void sort_rows::task::shrink() {
  if (self_.limit && rows_.size() > std::max<std::uint64_t>(2 * most(), 1024)) rows_.keep(most());
}

void sort_rows::task::account() {
  if (memory_.hold(rows_.bytes())) return;
  if (!runs_)
    if (const auto spill = self_.host.spill()) runs_.emplace(self_.host, *spill);
  if (runs_) return write_run();
  throw error(VIGIE_E_RESOURCE, "the sort keys of " + std::to_string(rows_.size()) + " rows take " +
                                    std::to_string(rows_.bytes()) +
                                    " bytes, more than the run may use; give 'limit', sort by "
                                    "fewer columns, or allow more memory");
}

void sort_rows::task::write_run() {
  rows_.sort(most());
  runs_->add(rows_, most());
  rows_.clear();
  memory_.give_back();
}

void sort_rows::task::end(order& out) {
  row_stream rows(out);
  if (runs_) {
    write_run();
    runs_->merge(most(), [&](std::uint64_t id) { rows.add(id); });
  } else {
    rows_.sort(most());
    for (std::size_t i = 0; i < rows_.size(); ++i) rows.add(rows_[i].id);
  }
  rows.flush();
}

} // namespace vigie::core
