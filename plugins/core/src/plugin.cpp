// SPDX-License-Identifier: Apache-2.0
// The components of the plugin `core`: what every pipeline needs.
#include "aggregate.hpp"
#include "dedup.hpp"
#include "derive.hpp"
#include "explode.hpp"
#include "filter.hpp"
#include "head.hpp"
#include "join.hpp"
#include "jsonl_task.hpp"
#include "read_csv.hpp"
#include "read_lines.hpp"
#include "read_text.hpp"
#include "sample.hpp"
#include "sample_rows.hpp"
#include "select.hpp"
#include "sort.hpp"
#include "union.hpp"
#include "write_csv.hpp"
#include "write_jsonl.hpp"
#include "write_lines.hpp"
#include "write_sqlite.hpp"
#include "write_text.hpp"

VIGIE_PLUGIN("core", "0.1.0", "Reads, joins, filters, computes, groups, sorts and writes.",
             "Apache-2.0", vigie::core::aggregate_rows, vigie::core::dedup_rows,
             vigie::core::derive_columns, vigie::core::explode_list, vigie::core::filter_rows,
             vigie::core::head_rows, vigie::core::join_rows, vigie::core::read_csv,
             vigie::core::read_jsonl, vigie::core::read_lines, vigie::core::read_text,
             vigie::core::sample_number, vigie::core::sample_share, vigie::core::select_columns,
             vigie::core::sort_rows, vigie::core::union_rows, vigie::core::write_csv,
             vigie::core::write_jsonl, vigie::core::write_lines, vigie::core::write_sqlite,
             vigie::core::write_text)
