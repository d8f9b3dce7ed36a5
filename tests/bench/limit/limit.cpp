// SPDX-License-Identifier: Apache-2.0
// What the machine allows: each workload of the benchmark as one loop, written for it alone, over
// the libraries the product stands on. No pipeline, no errors, no threads, no digests.
//   vigie_limit w1|w2|w3|w6_copy|w6_parse IN OUT [LIST]
#include "limit/file.hpp"

int main(int argc, char** argv) {
  using namespace bench::limit;
  if (argc < 4) {
    std::fputs("vigie_limit w1|w2|w3|w6_copy|w6_parse IN OUT [LIST]\n", stderr);
    return 2;
  }
  const std::string_view what = argv[1], in = bytes_of(argv[2]);
  output out(argv[3]);
  if (what == "w1")
    w1(in, out);
  else if (what == "w2")
    w2(in, out);
  else if (what == "w3" && argc > 4) {
    line_blocks blocks(argv[2]);
    w3(blocks, bytes_of(argv[4]), out);
  } else if (what == "w6_copy")
    w6_copy(in, out);
  else if (what == "w6_parse")
    w6_parse(in, out);
  else
    return 2;
  return 0;
}
