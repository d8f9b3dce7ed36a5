// SPDX-License-Identifier: Apache-2.0
// The component press.language.
#pragma once

#include "text/words/language.hpp"

#include <vigie/vigie.hpp>

namespace vigie::press {

struct language_of_text : transform {
  static constexpr vigie::about about{
      .name = "press.language",
      .summary = "Tells which language a text is in.",
      .doc =
          R"(Adds `language` (ISO 639 code as CLD2 spells it, `un` where it cannot tell), `language_reliable` (CLD2 is sure)
and `language_share` (of the letters judged, 0 to 1). Short texts are often not reliable. The first 256
bytes of the text are judged, and where they are not clearly in one language, its first 2 KiB.

```yaml
- use: press.language
- use: core.filter
  with: {where: "language = 'fr'"}
```
)"};

  column_name text{"body"};

  void params(vigie::params& p) { p.add("text", text, "Column to judge."); }
  void bind(binding& b) {
    text_ = b.column(text, {kind::text});
    language_ = b.adds({.name = "language"});
    reliable_ = b.adds({.name = "language_reliable", .kind = kind::boolean});
    share_ = b.adds({.name = "language_share", .kind = kind::float64});
  }
  void process(const batch& rows, output& out) const {
    for (std::int64_t i = 0; i < rows.size(); ++i) {
      const bool missing = rows[text_].is_null(i);
      const language_guess g = missing ? language_guess{} : guess_language(rows[text_].text(i));
      out[language_].text(g.code);
      out[reliable_].boolean(g.reliable);
      out[share_].real(g.share);
    }
  }

private:
  need text_;
  add language_, reliable_, share_;
};

} // namespace vigie::press
