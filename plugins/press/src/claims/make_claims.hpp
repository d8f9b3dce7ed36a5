// SPDX-License-Identifier: Apache-2.0
// The component press.claims. Tasks of splits hold their claims as bytes, in memory or on disk, and
// hand them on; one task has them all at the end and makes the incidents (incident_maker).
#pragma once

#include "claims/claim_reader.hpp"
#include "claims/incident_maker.hpp"

namespace vigie::press {

struct claims_of_pages : aggregate {
  static constexpr vigie::about about{
      .name = "press.claims",
      .summary = "One row a claim: what a page says that happened, with its incident, its sentence "
                 "and its bytes.",
      .doc =
          R"md(Reads pages that went through press.sentences, press.dates, press.figures, press.entities and press.events, and gives
one row for each of their events.

| column | type | meaning |
|---|---|---|
| `claim_id` | text | made of file, address, type and bytes of the event: the same in every run |
| `incident_id` | text | claims that tell of one incident share it |
| `type` | text | that of the event: `block`, `interception`, `law`, ... |
| `actor`, `target`, `place` | text | names, several with `; ` between them; null where the text has none |
| `iso` | list of text | ISO 3166 codes of the places |
| `from`, `to` | date | days of the event, null where the text gives none |
| `date_basis` | text | what they rest on, as in press.dates; `none`: the event has no date |
| `figures` | list of struct | `value`, `high`, `bound`, `unit`, `unit_key`, `counted`, `text` |
| `modality`, `attributed_to` | text | asserted, reported, quoted, alleged, denied, planned, conditional, possible; and who says it |
| `measurable`, `verdict_hint` | bool, text | whether measurements could confirm it: `measurable` or `not measurable` |
| `text`, `span` | text, struct | the sentence, and its `offset` and `length` in the input |
| `file`, `title`, `url`, `publisher`, `agency`, `published` | | of the page; null where the input has no such column |
| `contradicts` | list of text | claims of the incident that cannot be true together with this one |
| `copies`, `copy_of` | list of text, text | claims on other pages that repeat the sentence; the claim that this one repeats |

**Incidents.** Two claims tell of one incident where all of this holds: same type; a target in common; places that are equal, or of
which one lies in the other by its ISO code, or one is not told; days that lie `window` or fewer apart. Where the text names no place,
the country that acts stands for it; where the event has no date at all, the day of publication. A claim without any day joins only
claims of its own page. A time longer than a month agrees only with another such time of which it shares half. Every claim of an
incident agrees with every other, so that daily events of a month make several incidents.

**Contradictions** are listed, never resolved: one claim denies what another states, or figures of one unit exclude each
other. Bounds count (`more than 300` and `364` agree), `about` is a tenth to both sides, and a number that ends in zeros is
taken as rounded. Figures of different units are never compared and never put together. In an incident of more than 1000
different claims each is held against the first 1000; of more than 100 contradictions the first 100 are listed.

**Copies.** Of claims with the same sentence on several pages of an incident, the one on the agency's own page is the original,
else the one published first.

Incidents come by first day and type, their claims by publication day, file and place: the order of the input, threads and splits
change nothing. Rows whose events name sentences, entities, dates or figures that are not there are rejected. Claims
that do not fit into `run: {memory: ...}` go to scratch files; the rows are the same. Two things must fit: the claims of one incident
(about 3 KiB and three times its sentence for each), and about 1 KiB for each incident of one type that a claim of the day at hand may still
belong to. Where they do not, the run ends with V0703 and says which.

```yaml
- use: press.claims
  with: {window: 3}
  on_error: {do: route}
```
)md",
      .keep = keep::none};

  std::int64_t window = 7;
  host_services host;

  void params(vigie::params& p) {
    p.add("window", window, "Days that claims of one incident may lie apart.").range(0, 366);
  }

  void bind(aggregate_binding& b);

  class task {
  public:
    task(const claims_of_pages& self, const task_info&)
        : self_(self), incidents_(self.host, static_cast<std::int32_t>(self.window)) {}
    void update(const batch& in, bad_rows& bad);
    void merge(const batch& in);
    bool partial(std::int64_t want, decoded& out);
    bool result(std::int64_t want, decoded& out);

  private:
    const claims_of_pages& self_;
    incident_maker incidents_;
    bool finished_ = false;
    std::size_t given_ = 0; // claims of the incident at hand
  };

private:
  claim_reader reader_;
  need order_, claim_; // of partial state
};

} // namespace vigie::press
