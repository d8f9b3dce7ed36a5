// SPDX-License-Identifier: MIT-0
// An encoder: a Markdown list. Tasks encode splits in parallel; the host puts the pieces in order.
#include <vigie/vigie.hpp>

namespace {

struct write_bullets : vigie::encode {
  static constexpr vigie::about about{.name = "bullets.write",
                                      .summary = "Writes a text column as a Markdown list."};

  vigie::column_name text{"text"};
  std::string title{"List"};
  vigie::need in;

  void params(vigie::params& p) {
    p.add("text", text, "Column to write.");
    p.add("title", title, "Heading above the list.");
  }

  void bind(vigie::binding& b) { in = b.column(text, {vigie::kind::text}); }

  void head(vigie::writer& to) const { to.write("# " + title + "\n\n"); }

  void write(const vigie::batch& rows, vigie::writer& to) const {
    std::string out;
    for (std::int64_t i = 0; i < rows.size(); ++i) {
      out += "- ";
      if (!rows[in].is_null(i)) out += rows[in].text(i);
      out += '\n';
    }
    to.write(out);
  }

  void foot(std::uint64_t total, vigie::writer& to) const {
    to.write("\n" + std::to_string(total) + " entries\n");
  }
};

} // namespace

VIGIE_PLUGIN("bullets", "1.0.0", "Markdown lists.", "MIT-0", write_bullets)
