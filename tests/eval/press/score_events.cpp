// SPDX-License-Identifier: Apache-2.0
#include "dates_agree.hpp"
#include "match.hpp"
#include "score_parts.hpp"

#include <algorithm>
#include <cctype>

namespace vigie::press::eval {
namespace {

std::string first_word(const std::string& text) { return text.substr(0, text.find(' ')); }

// The ids in "e9: two sources" or "from e2"; nothing where it is a description.
std::vector<std::string> ids_in(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool starts = text[i] == 'e' && (i == 0 || text[i - 1] == ' ');
    std::size_t end = i + 1;
    while (end < text.size() && std::isdigit(static_cast<unsigned char>(text[end]))) ++end;
    const bool ends = end == text.size() || text[end] == ' ' || text[end] == ':';
    if (starts && end > i + 1 && ends) out.push_back(text.substr(i, end - i));
  }
  return out;
}

struct slot {
  const std::vector<std::string>& gold;
  const std::vector<std::size_t>& found;
  const std::string& text; // words where no entity is known
};

class event_scorer {
public:
  event_scorer(const gold_page& gold, const found_page& found, const entity_links& links,
               const mapping& words, scores& out)
      : gold_(gold), found_(found), links_(links), words_(words), out_(out) {}

  void score() {
    const auto& g = gold_.events;
    const auto& f = found_.events;
    const auto touches = [&](auto i, auto j) { return g[i].trigger.touches(f[j].at); };
    const auto sure = [&](auto i) { return g[i].sure; };
    const auto m = match(
        g.size(), f.size(), [&](auto i, auto j) { return right_type(g[i], f[j]); }, touches, sure);
    out_.events = m.sum;
    out_.triggers = match(g.size(), f.size(), [](auto, auto) { return true; }, touches, sure).sum;
    out_.types = m.sum;
    out_.types.hit = same_types(m);
    out_.whole_events = {0, m.sum.wanted, m.sum.found};
    for (std::size_t i = 0; i < g.size(); ++i) {
      if (m.gold[i] && !g[i].sure.optional) pair(g[i], f[*m.gold[i]]);
    }
    report_all(
        "event", m, [&](auto i) { return std::pair(g[i].trigger, g[i].type); },
        [&](auto j) { return std::pair(f[j].at, f[j].type + " " + f[j].modality); }, sure,
        out_.findings);
  }

private:
  bool right_type(const gold_event& g, const found_event& f) const {
    return words_.event(g.type, f.type) || g.sure.accepts(f.type);
  }

  // Wherever they stand, each found event of a type serves one of the gold.
  std::size_t same_types(const matched& m) const {
    std::vector<bool> used(found_.events.size());
    std::size_t out = 0;
    for (const auto& g : gold_.events) {
      if (g.sure.optional || g.sure.doubtful) continue;
      for (std::size_t j = 0; j < used.size(); ++j) {
        if (used[j] || m.found[j] == fate::neutral || !right_type(g, found_.events[j])) continue;
        used[j] = true;
        ++out;
        break;
      }
    }
    return out;
  }

  void pair(const gold_event& g, const found_event& f) {
    static const std::string nothing;
    tally arguments;
    for (const auto& s :
         {slot{g.actor, f.actors, f.actor_text}, slot{g.target, f.targets, f.target_text},
          slot{g.place, f.places, nothing}}) {
      arguments += score_slot(s);
    }
    out_.arguments += arguments;
    const bool whole = arguments.hit == arguments.wanted && arguments.hit == arguments.found;
    const bool modality = first_word(g.modality) == f.modality || g.sure.accepts(f.modality) ||
                          g.modality.find("(" + f.modality + ")") != std::string::npos;
    out_.modalities += {modality, 1, 1};
    out_.whole_events.hit += whole && modality;
    time(g, f);
    if (!whole) tell(g, "argument", told(g.actor, g.target, g.place) + ", found " + told(f));
    if (!modality) tell(g, "modality", g.modality + ", found " + f.modality);
  }

  void tell(const gold_event& g, const char* kind, std::string more) {
    out_.findings.push_back({kind, "wrong", g.trigger, "", std::move(more)});
  }

  std::size_t index_of(const std::string& id) const {
    for (std::size_t i = 0; i < gold_.entities.size(); ++i) {
      if (gold_.entities[i].id == id) return i;
    }
    return gold_.entities.size();
  }

  bool is(const std::string& id, std::size_t found) const {
    const auto e = index_of(id);
    return e < links_.size() && links_[e].contains(found);
  }

  // What the gold describes in words of its own ("users of the application") cannot be held against
  // ours: found entities beside it are not counted.
  tally score_slot(const slot& s) const {
    std::vector<std::string> ids;
    bool described = false;
    for (const auto& a : s.gold) {
      const auto in = ids_in(a);
      ids.insert(ids.end(), in.begin(), in.end());
      described = described || in.empty();
    }
    tally out;
    std::vector<bool> used(s.found.size());
    for (const auto& id : ids) {
      if (optional(id)) continue;
      ++out.wanted;
      for (std::size_t j = 0; j < used.size(); ++j) {
        if (used[j] || !is(id, s.found[j])) continue;
        used[j] = true;
        ++out.hit;
        break;
      }
    }
    if (described) {
      out.found = out.hit;
      return out;
    }
    for (std::size_t j = 0; j < used.size(); ++j) out.found += used[j] || !excused(ids, s.found[j]);
    return out;
  }

  bool optional(const std::string& id) const {
    const auto e = index_of(id);
    return e >= gold_.entities.size() || gold_.entities[e].sure.optional ||
           gold_.entities[e].sure.doubtful;
  }

  bool excused(const std::vector<std::string>& ids, std::size_t found) const {
    return std::any_of(ids.begin(), ids.end(),
                       [&](const std::string& id) { return optional(id) && is(id, found); });
  }

  // Only times that are dates: "before DCT" and the like are told to people.
  void time(const gold_event& g, const found_event& f) {
    const bool dated = !g.time.empty() && (std::isdigit(static_cast<unsigned char>(g.time[0])) ||
                                           g.time.starts_with("DCT-"));
    if (!dated) return;
    const auto value = first_word(g.time);
    const bool right = f.date && *f.date < found_.dates.size() &&
                       same_date(value, found_.dates[*f.date], gold_.published.substr(0, 10));
    out_.times += {right, 1, f.date ? 1u : 0u};
    if (right) return;
    const bool given = f.date && *f.date < found_.dates.size();
    tell(g, "time", value + ", found " + (given ? found_.dates[*f.date].value : "none"));
  }

  std::string told(const std::vector<std::string>& actor, const std::vector<std::string>& target,
                   const std::vector<std::string>& place) const {
    std::string out;
    for (const auto& [name, list] :
         {std::pair("actor", &actor), std::pair("target", &target), std::pair("place", &place)}) {
      out += std::string(out.empty() ? "" : "; ") + name;
      for (const auto& a : *list) {
        const auto e = index_of(a);
        out += " " + (e < gold_.entities.size() ? gold_.entities[e].name : a) + ",";
      }
    }
    return out;
  }

  std::string told(const found_event& f) const {
    std::string out;
    for (const auto& [name, list, text] : {std::tuple("actor", &f.actors, f.actor_text),
                                           std::tuple("target", &f.targets, f.target_text),
                                           std::tuple("place", &f.places, std::string())}) {
      out += std::string(out.empty() ? "" : "; ") + name;
      for (const auto e : *list) {
        out += " " + (e < found_.entities.size() ? found_.entities[e].name : "?") + ",";
      }
      if (!text.empty()) out += " '" + text + "'";
    }
    return out;
  }

  const gold_page& gold_;
  const found_page& found_;
  const entity_links& links_;
  const mapping& words_;
  scores& out_;
};

} // namespace

void score_events(const gold_page& gold, const found_page& found, const entity_links& links,
                  const mapping& words, scores& out) {
  event_scorer(gold, found, links, words, out).score();
}

} // namespace vigie::press::eval
