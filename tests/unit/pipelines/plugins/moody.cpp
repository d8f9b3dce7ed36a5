// SPDX-License-Identifier: Apache-2.0
// Components that do what a good one does not: depend on how rows are cut into batches, give up in
// each way the interface knows, litter their folder.
#include <vigie/vigie.hpp>

#include <atomic>
#include <fstream>
#include <string>

namespace {

// The number of a row inside its batch: another one with other splits.
struct count_batches : vigie::transform {
  static constexpr vigie::about about{.name = "moody.count", .summary = "Numbers rows by batch."};
  vigie::add number;

  void bind(vigie::binding& b) { number = b.adds({"number", vigie::kind::int64}); }
  void process(const vigie::batch& in, vigie::output& out) const {
    for (std::int64_t i = 0; i < in.size(); ++i) out[number].integer(i);
  }
};

// How many of its like were made before it: another number in each run of a process.
struct count_makings : vigie::transform {
  static constexpr vigie::about about{.name = "moody.makings", .summary = "Counts its makings."};
  static inline std::atomic<int> makings = 0;
  int before = makings++;
  vigie::add number;

  void bind(vigie::binding& b) { number = b.adds({"number", vigie::kind::int64}); }
  void process(const vigie::batch& in, vigie::output& out) const {
    for (std::int64_t i = 0; i < in.size(); ++i) out[number].integer(before);
  }
};

struct give_up : vigie::transform {
  static constexpr vigie::about about{.name = "moody.fail", .summary = "Gives up as it is told."};
  std::string how;
  vigie::host_services host;

  void params(vigie::params& p) { p.add("how", how, "Which error.").required(); }
  void bind(vigie::binding&) {
    if (how == "outside") static_cast<void>(host.resource("../secret"));
  }
  void process(const vigie::batch&, vigie::output&) const {
    const auto code = how == "data"       ? VIGIE_E_DATA
                      : how == "io"       ? VIGIE_E_IO
                      : how == "resource" ? VIGIE_E_RESOURCE
                                          : VIGIE_E_UNSUPPORTED;
    throw vigie::error(code, "as told: " + how);
  }
};

struct litter : vigie::sink {
  static constexpr vigie::about about{.name = "moody.litter",
                                      .summary = "Writes one file too many.",
                                      .parallel = vigie::parallel::single};

  void bind(vigie::binding&) {}

  struct task {
    task(const litter&, std::string_view folder, std::string_view name, const vigie::task_info&)
        : dir(folder), file(name) {}
    void write(const vigie::batch&) {}
    void prepare(vigie::writer&) const {
      std::ofstream(dir + "/" + file) << "made\n";
      std::ofstream(dir + "/another") << "made, too\n";
    }
    std::string dir, file;
  };
};

} // namespace

VIGIE_PLUGIN("moody", "1.0.0", "Components that misbehave.", "Apache-2.0", count_batches,
             count_makings, give_up, litter)
