// SPDX-License-Identifier: Apache-2.0
#include "write_sqlite.hpp"

#include "json/cell.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace vigie::core {
namespace {

constexpr int table_param = 0;
constexpr std::size_t most_columns = 2000; // SQLite's own limit as it is built everywhere

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// A name between double quotes: whatever stands in it, it stays a name.
std::string quoted_name(std::string_view name) {
  std::string out = "\"";
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

bool is_usable(const std::string& name) {
  return !name.empty() && name.find('\0') == std::string::npos;
}

std::string_view type_of(const field& f) {
  if (f.kind == kind::boolean || (is_integer(f.kind) && !is_ipv4(f) && decimal_scale(f) < 0))
    return "INTEGER";
  if (f.kind == kind::float64) return "REAL";
  const bool bytes = f.kind == kind::binary || f.kind == kind::fixed_binary;
  return bytes && !is_ip(f) ? "BLOB" : "TEXT";
}

void check_names(const schema& fields) {
  if (fields.size() > most_columns)
    throw error(VIGIE_E_SCHEMA, std::to_string(fields.size()) +
                                    " columns; SQLite takes 2000 at most; choose with `columns`");
  if (fields.empty()) throw error(VIGIE_E_SCHEMA, "no columns; a table needs one at least");
  std::set<std::string> seen;
  for (const field& f : fields) {
    if (!is_usable(f.name))
      throw error(VIGIE_E_SCHEMA,
                  "a column's name is empty or holds a NUL, which SQLite does not take; "
                  "rename it in a core.select step");
    if (!seen.insert(lower(f.name)).second)
      throw error(VIGIE_E_SCHEMA, "SQLite takes '" + f.name +
                                      "' and a column whose name differs only in case for one; "
                                      "rename it in a core.select step");
  }
}

} // namespace

void write_sqlite::params(vigie::params& p) {
  p.add("table", table, "Name of the table.");
  p.add("columns", columns, "Which columns to write, in which order. Without it, all.");
  p.add("index", index, "Columns that get an index each, for fast look-ups.");
}

void write_sqlite::bind(binding& b) {
  if (!is_usable(table) || lower(table).starts_with("sqlite_"))
    throw error(VIGIE_E_CONFIG,
                "'" + table +
                    "' cannot be a table's name: it is empty, holds a NUL or starts with sqlite_")
        .at_param(table_param);
  chosen_ = choose(b, columns);
  check_names(chosen_.fields);
  std::set<std::string> seen;
  for (const column_name& name : index) {
    if (find_field(chosen_.fields, name.value) < 0)
      throw name.wrong(VIGIE_E_SCHEMA,
                       "there is no column '" + name.value + "' among those written");
    if (!seen.insert(name.value).second)
      throw name.wrong(VIGIE_E_SCHEMA, "column '" + name.value + "' stands twice; name it once");
  }
}

void write_sqlite::task::close_database::operator()(sqlite3* db) const { sqlite3_close_v2(db); }
void write_sqlite::task::end_statement::operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }

write_sqlite::task::task(const write_sqlite& writer, std::string_view dir, std::string_view file,
                         const task_info&)
    : writer_(writer), rooms_(writer.chosen_.size()) {
  const std::filesystem::path path = std::filesystem::path(dir) / std::filesystem::path(file);
  std::error_code failed;
  std::filesystem::create_directories(path.parent_path(), failed);
  std::filesystem::remove(path,
                          failed); // what cannot be made or removed shows when SQLite opens it
  sqlite3* db = nullptr;
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
  const int opened = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
  db_.reset(db);
  if (opened != SQLITE_OK) fail("make the file");
  // The file is invisible until the host has synced and renamed it: no journal, and one sync, by
  // the host.
  run("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8'; PRAGMA auto_vacuum = NONE;"
      "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
      "BEGIN");
  run(create_table());
  sqlite3_stmt* insert = nullptr;
  const std::string sql = insert_row();
  if (sqlite3_prepare_v2(db_.get(), sql.c_str(), -1, &insert, nullptr) != SQLITE_OK)
    fail("prepare to write rows");
  insert_.reset(insert);
}

void write_sqlite::task::write(const batch& rows) {
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    int place = 1;
    for (const need n : writer_.chosen_.needs) bind_cell(place++, rows[n], row);
    if (sqlite3_step(insert_.get()) != SQLITE_DONE) fail("write row " + std::to_string(rows_ + 1));
    sqlite3_reset(insert_.get());
    ++rows_;
  }
}

void write_sqlite::task::bind_cell(int place, const column& cells, std::int64_t row) {
  sqlite3_stmt* const to = insert_.get();
  const field& f = cells.type();
  int done = SQLITE_OK;
  if (cells.is_null(row)) {
    done = sqlite3_bind_null(to, place);
  } else if (const std::string_view type = type_of(f); type == "INTEGER") {
    const std::int64_t number = cells.integer(row);
    if (f.kind == kind::uint64 && number < 0)
      throw error(VIGIE_E_DATA, "a number above 9223372036854775807 does not fit SQLite's INTEGER; "
                                "cast the column to text in a core.derive step")
          .at_row(row, f.name);
    done = sqlite3_bind_int64(to, place, number);
  } else if (type == "REAL") {
    done = sqlite3_bind_double(to, place, cells.real(row));
  } else if (type == "BLOB") {
    const std::string_view bytes = cells.text(row);
    // An empty view may have no address, which SQLite would take for NULL.
    done = sqlite3_bind_blob64(to, place, bytes.empty() ? "" : bytes.data(), bytes.size(),
                               SQLITE_STATIC);
  } else {
    std::string& room = rooms_[static_cast<std::size_t>(place - 1)];
    room.clear();
    if (f.kind != kind::text) append_plain(room, cells, row);
    std::string_view text = f.kind == kind::text ? cells.text(row) : room;
    if (text.empty()) text = "";
    done = sqlite3_bind_text64(to, place, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
  }
  if (done != SQLITE_OK) fail("write column '" + f.name + "' of row " + std::to_string(rows_ + 1));
}

void write_sqlite::task::prepare(writer& receipt) {
  insert_.reset();
  for (const column_name& name : writer_.index)
    run("CREATE INDEX " + quoted_name(writer_.table + "." + name.value) + " ON " +
        quoted_name(writer_.table) + " (" + quoted_name(name.value) + ")");
  run("COMMIT");
  if (sqlite3_close(db_.get()) != SQLITE_OK) fail("close the file");
  static_cast<void>(db_.release()); // closed
  receipt.write(receipt_text());
}

void write_sqlite::task::run(const std::string& sql) {
  if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail("write the database");
}

void write_sqlite::task::fail(std::string_view doing) const {
  const int code = db_ == nullptr ? SQLITE_NOMEM : sqlite3_extended_errcode(db_.get());
  throw error(VIGIE_E_IO, "SQLite could not " + std::string(doing) + ": " +
                              (db_ == nullptr ? "out of memory" : sqlite3_errmsg(db_.get())) +
                              " (SQLite code " + std::to_string(code) +
                              "); look at the space and rights of the output folder");
}

std::string write_sqlite::task::create_table() const {
  std::string sql = "CREATE TABLE " + quoted_name(writer_.table) + " (";
  for (const field& f : writer_.chosen_.fields)
    sql += quoted_name(f.name) + " " + std::string(type_of(f)) + ", ";
  sql.resize(sql.size() - 2);
  return sql + ")";
}

std::string write_sqlite::task::insert_row() const {
  std::string sql = "INSERT INTO " + quoted_name(writer_.table) + " VALUES (?";
  for (std::size_t i = 1; i < writer_.chosen_.size(); ++i) sql += ",?";
  return sql + ")";
}

std::string write_sqlite::task::receipt_text() const {
  std::string out = R"({"table":)";
  append_quoted(out, writer_.table);
  out += R"(,"rows":)" + std::to_string(rows_) + R"(,"columns":[)";
  for (const field& f : writer_.chosen_.fields) {
    out += R"({"name":)";
    append_quoted(out, f.name);
    out += R"(,"type":)";
    append_quoted(out, describe(f));
    out += "},";
  }
  out.back() = ']';
  return out + '}';
}

} // namespace vigie::core
