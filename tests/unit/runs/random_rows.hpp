// SPDX-License-Identifier: Apache-2.0
// What the tests of spilled rows share: random batches of every type, and what to compare them by.
#pragma once

#include "batch/arrays.hpp"
#include "batch/batch.hpp"
#include "batch/pack.hpp"

#include <numeric>
#include <string>
#include <vector>

namespace random_rows {

inline vigie::schema every_type() {
  vigie::schema fields = arrays::all_fields();
  for (std::size_t k = 0; k < fields.size(); ++k) fields[k].name += std::to_string(k);
  return fields;
}
inline vigie::schema narrow() {
  return {{.name = "n", .kind = vigie::kind::int64}, {.name = "t", .format = "vu"}};
}

// `rows` rows with origins, unless `one_in` of them is told to have none.
inline vigie::data::batch make(const vigie::schema& fields, std::int64_t rows, unsigned seed,
                               bool origins = true) {
  vigie::data::batch out{.rows = rows, .columns = {}, .origins = {}, .origin_rows = {}};
  for (const vigie::field& f : fields) {
    arrays::random_cells cells(seed++);
    vigie::builder b(f);
    for (std::int64_t i = 0; i < rows; ++i) cells.cell(f, b, 5);
    ArrowArray a{};
    b.finish(&a);
    out.columns.push_back(vigie::data::take_array(&a));
  }
  if (!origins) return out;
  auto spans = std::make_shared<std::vector<vigie_span>>();
  for (std::int64_t i = 0; i < rows; ++i)
    spans->push_back({i * 10, static_cast<std::int32_t>(seed % 1000), 0});
  out.origins = std::move(spans);
  return out;
}

// Equal batches have equal packed bytes.
inline std::string bytes_of(const vigie::schema& fields, const vigie::data::batch& b) {
  std::string out;
  vigie::data::pack(fields, b, out);
  return out;
}

inline std::vector<std::uint64_t> shuffled(std::uint64_t n, unsigned seed) {
  std::vector<std::uint64_t> out(n);
  std::iota(out.begin(), out.end(), std::uint64_t{0});
  std::mt19937_64 draw(seed);
  for (std::size_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[draw() % i]);
  return out;
}

} // namespace random_rows
