// SPDX-License-Identifier: Apache-2.0
// The components of the plugin `core`: what every pipeline needs.
#include "derive.hpp"
#include "filter.hpp"
#include "head.hpp"
#include "read_csv.hpp"
#include "read_jsonl.hpp"
#include "read_lines.hpp"
#include "read_text.hpp"
#include "select.hpp"
#include "sort.hpp"
#include "write_csv.hpp"
#include "write_jsonl.hpp"
#include "write_lines.hpp"
#include "write_sqlite.hpp"
#include "write_text.hpp"

VIGIE_PLUGIN("core", "0.1.0", "Reads, selects, derives, filters, sorts and writes.", "Apache-2.0",
             vigie::core::derive_columns, vigie::core::filter_rows, vigie::core::head_rows,
             vigie::core::read_csv, vigie::core::read_jsonl, vigie::core::read_lines,
             vigie::core::read_text, vigie::core::select_columns, vigie::core::sort_rows,
             vigie::core::write_csv, vigie::core::write_jsonl, vigie::core::write_lines,
             vigie::core::write_sqlite, vigie::core::write_text)
