// SPDX-License-Identifier: MIT-0
// A sink: appends a text column to a file of its own making. What it makes stays invisible until
// the host commits the run.
#include <vigie/vigie.hpp>

#include <cstdio>

namespace {

struct write_lines : vigie::sink {
  static constexpr vigie::about about{.name = "lines.write",
                                      .summary = "Writes a text column, a line a row."};

  vigie::column_name text{"text"};
  vigie::need in;

  void params(vigie::params& p) { p.add("text", text, "Column to write."); }
  void bind(vigie::binding& b) { in = b.column(text, {vigie::kind::text}); }

  struct task {
    task(const write_lines& s, std::string_view work_dir, std::string_view file,
         const vigie::task_info&)
        : self(s), to(std::fopen((std::string(work_dir) + "/" + std::string(file)).c_str(), "wb")) {
      if (to == nullptr) throw vigie::error(VIGIE_E_IO, "the file cannot be made");
    }
    task(const task&) = delete;
    ~task() {
      if (to != nullptr) std::fclose(to);
    }

    void write(const vigie::batch& rows) {
      for (std::int64_t i = 0; i < rows.size(); ++i) {
        const std::string line =
            (rows[self.in].is_null(i) ? std::string() : std::string(rows[self.in].text(i))) + "\n";
        if (std::fwrite(line.data(), 1, line.size(), to) != line.size())
          throw vigie::error(VIGIE_E_IO, "the file cannot be written");
      }
    }
    void prepare(vigie::writer&) {
      if (std::fclose(std::exchange(to, nullptr)) != 0)
        throw vigie::error(VIGIE_E_IO, "the file cannot be written");
    }

    const write_lines& self;
    std::FILE* to;
  };
};

} // namespace

VIGIE_PLUGIN("lines", "1.0.0", "Plain lines.", "MIT-0", write_lines)
