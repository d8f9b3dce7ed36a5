// SPDX-License-Identifier: Apache-2.0
#include "read_csv.hpp"

#include <algorithm>
#include <array>

namespace vigie::core {

const char read_csv_doc[] =
    R"(Reads files of records whose fields stand between delimiters (CSV, TSV, and
the logs of Zeek), and takes from each the fields that `columns` names.

```yaml
- use: core.read_csv
  with:
    files: "flows/*.csv.gz"
    columns:
      - {name: at, from: ts, type: timestamp, format: epoch_s}
      - {name: src_ip, type: ipv4, required: true}
      - {name: bytes, type: uint}
    raw: line
```

**Records.** The rules are those of RFC 4180: a record ends at LF or CR LF, which the last one may
lack; a field that begins with a quote ends at the next quote, and holds delimiters, line breaks and
doubled quotes as text. Empty lines are no rows and no errors; in files of one field a record an
empty line is an empty field. Bytes that are NUL, and CR elsewhere, are text.

**Which field is which.** With a `header` the first record names the fields, in each file for itself:
order does not matter, and fields that no column asks for are passed over. A name that is missing, or
that stands twice and is asked for, is an error of the file. Without a header the columns are the
fields in their order, or those that `index` says. A header is at most 64 KiB long where a file has
several splits.

**Nulls.** An unquoted field that is one of the words in `nulls` is null; by default that is the empty
field, so `,,` is null and `,"",` is an empty text. A quoted field is never null.

**Values.** `int`: a whole number within 64 bits, `uint`: one from 0 to 18446744073709551615; a sign
may stand in front. `real`: a decimal number, and `NaN`, `Infinity`, `-Infinity`. `bool`: `true`,
`false`, `t`, `f` in any case, `1`, `0`. `decimal`: exact, with `scale` digits behind the point at
most. `ipv4`: dotted, without leading zeros; `ip`: IPv4 or IPv6. `date` and `timestamp`: RFC 3339, or as `format` says:

- `epoch_s`, `epoch_ms`, `epoch_us`: a decimal number of seconds, milliseconds or microseconds since
  1970-01-01T00:00:00Z, such as `1395187200.123456`;
- a form in the letters of `strftime`, as `to_timestamp` reads it (docs/write/expressions.md), such as
  `%d/%b/%Y:%T %z` or `%m/%d/%y %I:%M %p`; it has to name the day. Without `%z` times are UTC.

What is finer than a microsecond is cut.

**Zeek.** `dialect: zeek` reads the logs that Zeek writes as tab-separated text. Lines that begin with
`#` say how the others are to be read: `#separator`, `#set_separator`, `#empty_field`,
`#unset_field`, `#fields`, `#types`; they hold until the next one says otherwise, also in the middle of a file.
Columns are found by name in `#fields`; one that is not there is null, or an error where it is
`required`. `set[...]` and `vector[...]` need `list: true`. Times have the format `epoch_s` unless
another is given. `\xHH` and `\\` are unescaped in texts, unless that were no UTF-8. Such a file is
read in one piece.

**Line breaks in fields.** Large files are cut into splits, and a cut can fall within quotes. Where it
does is judged by the quotes around it: the reading that leaves fewer quotes at odd places is taken,
and outside quotes where up to 256 KiB behind the cut say nothing. If that ever is wrong, the split
before the cut ends within an open quote, and its last record is rejected with that reason: nothing
is lost silently. `newlines: none` says that no field holds a line break, so that a line is a record
whatever quotes it holds.

**Errors.** The *form* of every record is checked in full, whatever columns are read: UTF-8, quotes,
and the number of fields. A record that fails is rejected, and reading goes on behind it:

- text behind a closing quote: the field is passed over up to the next delimiter or line end, and the
  record ends where it then ends;
- a quote inside an unquoted field: it opens nothing; `quotes: lax` takes it as text;
- a quote that is open where the input ends, or the line with `newlines: none`: the record ends there.

The *type* of a value counts only in columns that a later step uses. A field that is no such value,
and a `required` one that is null, reject the record and name the column.

**Sensitive columns.** Where a column is marked `sensitive`, so is every other column of the same
field, and `raw`. The outputs hold such cells; messages do not, and why a record is rejected is then
withheld.
)";

namespace {

struct type_row {
  std::string_view name;
  csv_type type;
  vigie::kind kind;
};
constexpr std::array<type_row, 10> type_rows{{
    {"text", csv_type::text, kind::text},
    {"int", csv_type::integer, kind::int64},
    {"uint", csv_type::unsigned_integer, kind::uint64},
    {"real", csv_type::real, kind::float64},
    {"bool", csv_type::boolean, kind::boolean},
    {"date", csv_type::date, kind::date},
    {"timestamp", csv_type::timestamp, kind::timestamp},
    {"decimal", csv_type::decimal, kind::int64},
    {"ipv4", csv_type::ipv4, kind::uint32},
    {"ip", csv_type::ip, kind::fixed_binary},
}};

// Places in the table of parameters.
enum {
  columns_at,
  dialect_at,
  delimiter_at,
  quote_at,
  escape_at,
  comment_at,
  header_at,
  width_at,
  skip_at,
  trim_at,
  nulls_at,
  decimal_comma_at,
  newlines_at,
  quotes_at,
  raw_at
};

// A delimiter, quote or escape as it is written in a pipeline; nothing where it is no single byte
// that may be one.
std::optional<char> byte_named(const std::string& text) {
  const std::string plain = text == "\\t" ? "\t" : text;
  if (plain.size() != 1) return {};
  const char c = plain[0];
  if (c == '\n' || c == '\r' || c == '\0' || static_cast<unsigned char>(c) >= 0x80) return {};
  return c;
}

char byte_of(const std::string& text, const char* what, int param) {
  const auto c = byte_named(text);
  if (!c)
    throw error(VIGIE_E_CONFIG, std::string("the ") + what + " is '" + text +
                                    "'; wanted is one ASCII character that is no line end")
        .at_param(param);
  return *c;
}

error at_column(std::string why, int item) {
  return error(VIGIE_E_CONFIG, std::move(why)).at_param(columns_at, item);
}

const type_row& row_named(const std::string& name, int item) {
  for (const type_row& row : type_rows)
    if (row.name == name) return row;
  throw at_column(
      "there is no type '" + name +
          "'; types are text, int, uint, real, bool, date, timestamp, decimal, ipv4, ip",
      item);
}

vigie::field field_of(const csv_column_params& c, const type_row& row) {
  vigie::field f{.name = c.name, .kind = row.kind};
  if (row.type == csv_type::ipv4) f.extension = ipv4_extension;
  if (row.type == csv_type::decimal) f.extension = decimal_extension(static_cast<int>(c.scale));
  if (row.type == csv_type::ip) {
    f.width = 16;
    f.extension = ip_extension;
  }
  if (c.list)
    f = list_of(c.name, f);
  else if (f.kind == kind::text)
    f.format = "vu";
  f.sensitive = c.sensitive;
  return f;
}

} // namespace

void csv_column_params::params(vigie::params& p) {
  p.add("name", name, "Name of the column.").required();
  p.add("from", from, "The field's name in the header. Without it, the column's name.");
  p.add("index", index,
        "The field's place in the record, from 0, instead of its name. -1: none is given.")
      .range(-1, 1'000'000);
  p.add("type", type, "What the field stands for.")
      .choices(
          {"text", "int", "uint", "real", "bool", "date", "timestamp", "decimal", "ipv4", "ip"});
  p.add("format", format,
        "How a `date` or `timestamp` is written: `epoch_s`, `epoch_ms`, `epoch_us`, or text with "
        "letters behind `%`. Without it, RFC 3339.");
  p.add("scale", scale, "Digits behind the point of a `decimal`.").range(0, 18);
  p.add("list", list, "With `dialect: zeek`: the field is a set or vector, each item of the type.");
  p.add("required", required,
        "Reject the record where the value is null. Otherwise the cell is null.");
  p.add("sensitive", sensitive,
        "Marks the column as sensitive: its cells are masked wherever people look.");
}

void read_csv::params(vigie::params& p) {
  p.add("columns", fields, "The columns to read, each a record.");
  p.add("dialect", dialect, "`csv`, with everything below; `zeek`: see there.")
      .choices({"csv", "zeek"});
  p.add("delimiter", delimiter,
        "What stands between fields: one ASCII character, such as `;` or `\\t`. Without it, a "
        "comma.");
  p.add("quote", quote, "The quote, one ASCII character. Empty: quotes are text.");
  p.add(
      "escape", escape,
      "What stands before a quote that is text, such as `\\`, and before itself. Without it, such "
      "quotes are doubled.");
  p.add("comment", comment, "Lines that begin so are passed over. Empty: none.");
  p.add("header", header, "Whether the first record of each file names its fields.");
  p.add("width", width,
        "How many fields a record has, where there is no header. 0: as many as there are columns.")
      .range(0, 1'000'000);
  p.add("skip", skip,
        "How many lines at the begin of each file are passed over, whatever they hold.")
      .range(0, 1'000'000);
  p.add("trim", trim, "Whether spaces and tabs around unquoted fields are cut off.");
  p.add("nulls", nulls, "Words that stand for null. Without it, the empty field.");
  p.add("decimal_comma", decimal_comma, "Whether `real` and `decimal` have a comma for the point.");
  p.add("newlines", newlines,
        "`quoted`: a quoted field may hold line breaks; `none`: every line is a record.")
      .choices({"quoted", "none"});
  p.add("quotes", quotes, "`strict`, or `lax`: a quote inside an unquoted field is text.")
      .choices({"strict", "lax"});
  p.add("raw", raw, "Name of a text column that gets the record as it stands. Empty: none.");
}

void read_csv::read_dialect() {
  csv_dialect d;
  if (is_zeek()) {
    d.delimiter = '\t';
    d.quotes = d.quoted_newlines = false;
    form_of_file = d;
    return;
  }
  if (!delimiter.empty()) d.delimiter = byte_of(delimiter, "delimiter", delimiter_at);
  d.quotes = !quote.empty();
  if (d.quotes) d.quote = byte_of(quote, "quote", quote_at);
  d.escape = escape.empty() ? d.quote : byte_of(escape, "escape", escape_at);
  if (d.quotes && d.quote == d.delimiter)
    throw error(VIGIE_E_CONFIG, "the quote is the delimiter; they must differ").at_param(quote_at);
  if (d.escape == d.delimiter)
    throw error(VIGIE_E_CONFIG, "the escape is the delimiter; they must differ")
        .at_param(escape_at);
  if (comment.find_first_of("\r\n") != std::string::npos)
    throw error(VIGIE_E_CONFIG, "what begins a comment holds a line end; give its first characters")
        .at_param(comment_at);
  if (d.quotes && comment.starts_with(d.quote))
    throw error(VIGIE_E_CONFIG, "a comment begins with the quote; they must differ")
        .at_param(comment_at);
  d.comment = comment;
  d.quoted_newlines = d.quotes && newlines == "quoted";
  d.lax = quotes == "lax";
  form_of_file = d;
}

void read_csv::read_rules() {
  csv_rules r;
  r.zeek = is_zeek();
  r.trim = trim && !r.zeek;
  r.point = decimal_comma ? ',' : '.';
  if (nulls) {
    r.empty_is_null = std::find(nulls->begin(), nulls->end(), "") != nulls->end();
    r.nulls = *nulls;
  }
  if (r.zeek) r = {.nulls = {"-"}, .empty_is_null = false, .zeek = true};
  std::erase(r.nulls, "");
  if (r.point == form_of_file.delimiter && !form_of_file.quotes)
    throw error(VIGIE_E_CONFIG, "numbers have a comma, and so has what stands between fields; "
                                "without quotes they cannot be told apart")
        .at_param(decimal_comma_at);
  rules = r;
}

csv_column_plan read_csv::plan_of(const csv_column_params& c, int item) const {
  const csv_type type = row_named(c.type, item).type;
  const bool time = type == csv_type::date || type == csv_type::timestamp;
  if (!c.format.empty() && !time)
    throw at_column("`format` is for dates and timestamps; '" + c.name + "' is " + c.type, item);
  if (c.list && !is_zeek())
    throw at_column("a field of CSV is no list; read '" + c.name + "' as text", item);
  if (c.index >= 0 && !c.from.empty())
    throw at_column("column '" + c.name + "' has both `from` and `index`; give one", item);
  if (is_zeek() && c.index >= 0)
    throw at_column("fields of a Zeek log have names; give `from` instead of `index`", item);
  csv_column_plan plan{.name = c.name,
                       .type = type,
                       .list = c.list,
                       .required = c.required,
                       .scale = static_cast<int>(c.scale)};
  try {
    plan.time = csv_time(c.format.empty() && is_zeek() && time ? "epoch_s" : c.format);
  } catch (error& e) {
    throw std::move(e).at_param(columns_at, item);
  }
  return plan;
}

std::size_t read_csv::fields_a_record() const {
  return width > 0 ? static_cast<std::size_t>(width) : fields.size();
}

// Without a header the places are known now.
void read_csv::check_places() const {
  if (header || is_zeek()) return;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const int item = static_cast<int>(i);
    if (!fields[i].from.empty())
      throw at_column(
          "column '" + fields[i].name + "' has `from`, but there is no header; give `index`", item);
    const std::size_t place = fields[i].index >= 0 ? static_cast<std::size_t>(fields[i].index) : i;
    if (place >= fields_a_record())
      throw at_column("column '" + fields[i].name + "' is field " + std::to_string(place) +
                          ", counted from 0, but a record has " +
                          std::to_string(fields_a_record()) + " fields; set `width`",
                      item);
  }
}

schema read_csv::columns() {
  read_dialect();
  read_rules();
  schema all;
  plans.clear();
  bool sensitive = false;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const int item = static_cast<int>(i);
    if (fields[i].name.empty()) throw at_column("a column needs a name", item);
    if (find_field(all, fields[i].name) >= 0)
      throw at_column("column '" + fields[i].name + "' stands twice; give it another name", item);
    plans.push_back(plan_of(fields[i], item));
    all.push_back(field_of(fields[i], row_named(fields[i].type, item)));
    sensitive = sensitive || fields[i].sensitive;
  }
  check_places();
  if (sensitive) mark_sensitive(all);
  if (!raw.empty()) {
    if (find_field(all, raw) >= 0)
      throw error(VIGIE_E_CONFIG,
                  "there is a column '" + raw + "' already; give `raw` another name")
          .at_param(raw_at);
    all.push_back({.name = raw, .format = "vu", .sensitive = sensitive});
  }
  if (fields.empty() && !header && !is_zeek() && width == 0)
    throw error(VIGIE_E_CONFIG, "nothing is known of the fields; name columns, or set `width`")
        .at_param(columns_at);
  if (all.empty())
    throw error(VIGIE_E_CONFIG, "nothing to read; name columns in `columns`, or one in `raw`")
        .at_param(columns_at);
  return all;
}

// Columns that may come from the same field: a name and a place cannot be told apart before the
// header is read.
void read_csv::mark_sensitive(schema& all) const {
  const auto source = [](const csv_column_params& c) { return c.from.empty() ? c.name : c.from; };
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!fields[i].sensitive) continue;
    for (std::size_t k = 0; k < fields.size(); ++k) {
      const bool places = fields[i].index >= 0 || fields[k].index >= 0;
      const bool same = places ? fields[i].index == fields[k].index || header
                               : source(fields[i]) == source(fields[k]);
      all[k].sensitive = all[k].sensitive || same;
    }
  }
}

std::uint32_t read_csv::form() const {
  if (is_zeek()) return VIGIE_RECORDS_LINES | VIGIE_RECORDS_UNCUT;
  const bool lines = quote.empty() || newlines == "none";
  return lines ? VIGIE_RECORDS_LINES : VIGIE_RECORDS_OWN;
}

std::int64_t read_csv::border(std::string_view bytes, bool at_start) const {
  return at_start ? first_record_end(bytes, form_of_file) : guess_record_end(bytes, form_of_file);
}

std::int64_t read_csv::last_border(std::string_view bytes) const {
  return static_cast<std::int64_t>(last_record_end(bytes, form_of_file));
}

} // namespace vigie::core
