// SPDX-License-Identifier: Apache-2.0
#include "reading_rules.hpp"

#include "rule_words.hpp"

#include <algorithm>
#include <bit>
#include <map>

namespace vigie::press {
namespace {

class rules_reader {
public:
  rules_reader(std::string_view language, const lexicon::reader& bytes_of)
      : language_(language), bytes_of_(bytes_of) {}

  std::variant<reading_rules, std::vector<lexicon_error>> run() {
    read_file("common/event_types.tsv", &rules_reader::type_line);
    read_file("common/names.tsv", &rules_reader::name_line);
    const std::string folder = language_ + "/";
    read_file(folder + "grammar.tsv", &rules_reader::grammar_line);
    const std::size_t own = out_.names.size();
    read_file(folder + "names.tsv", &rules_reader::name_line);
    name_as_told(own);
    read_file(folder + "places.tsv", &rules_reader::place_line);
    read_file(folder + "heads.tsv", &rules_reader::head_line);
    read_file(folder + "roles.tsv", &rules_reader::role_line);
    read_file(folder + "speech.tsv", &rules_reader::verb_line);
    read_file(folder + "triggers.tsv", &rules_reader::trigger_line);
    if (!errors_.empty()) return std::move(errors_);
    return std::move(out_);
  }

private:
  using fields = std::vector<std::string_view>;
  using line_reader = void (rules_reader::*)(const fields&);

  void wrong(std::string message) { errors_.push_back({file_, line_, std::move(message)}); }

  void read_file(const std::string& name, line_reader read) {
    file_ = name;
    line_ = 0;
    const auto bytes = bytes_of_(name);
    if (!bytes) {
      return wrong("the file is missing or empty; names and events need all seven tables, and a "
                   "comment is enough where there is nothing to say");
    }
    for (const std::string_view text : split_field(*bytes, '\n')) {
      ++line_;
      if (text.empty() || text.starts_with('#')) continue;
      fields f = split_field(text, '\t');
      if (f.size() < 2) {
        wrong("expected class, tabulator, phrase; found '" + std::string(text) + "'");
        continue;
      }
      f.resize(5);
      (this->*read)(f);
    }
  }

  std::uint32_t rule(phrase_rule r) {
    const std::array<std::uint32_t, 5> key{static_cast<std::uint32_t>(r.kind), r.index,
                                           (r.capital ? 1u : 0u) | (r.capitals ? 2u : 0u) |
                                               (r.ends_capital ? 4u : 0u),
                                           r.plain, r.accented};
    const auto [at, fresh] = known_.emplace(key, static_cast<std::uint32_t>(out_.rules.size()));
    if (fresh) out_.rules.push_back(r);
    return at->second;
  }

  void add(std::string_view expression, phrase_rule r) {
    if (expression.find_first_of(phrase_marks) == expression.npos) return add_plain(expression, r);
    std::string problem;
    const auto spellings = parse_phrase(expression, problem);
    if (!spellings)
      return wrong("the phrase '" + std::string(expression) + "' cannot be read: " + problem);
    for (const phrase& p : *spellings) {
      ids_.clear();
      for (const phrase_element& e : p) {
        if (e.what != slot::none) return wrong("slots in braces have no meaning here");
        add_word(e.fold);
      }
      add_phrase(r);
    }
  }

  // A phrase of one spelling, as names are, of which there are many.
  void add_plain(std::string_view text, phrase_rule r) {
    ids_.clear();
    tokens_.fill(text, {0, text.size()});
    for (const token& t : tokens_) add_word(t.fold);
    add_phrase(r);
  }

  void add_word(std::string_view fold) {
    if (fold != "-") ids_.push_back(out_.words.add(fold));
  }

  void add_phrase(phrase_rule r) {
    if (!ids_.empty()) begins(ids_.front(), r.kind);
    if (!out_.phrases.add(ids_, rule(r))) wrong("the phrase is empty or has too many words");
  }

  void begins(word_id first, phrase_kind kind) {
    if (out_.starts.size() <= first) out_.starts.resize(first + 1);
    out_.starts[first] |= 1u << static_cast<unsigned>(kind);
  }

  struct capitals_of_name {
    bool first = false;  // its first word begins with one
    bool whole = false;  // its first word has no other letters
    bool behind = false; // its last word begins with one
  };

  capitals_of_name capitals_of(std::string_view name) {
    words_.clear();
    scan_words(name, 0, name.size(), no_words(), words_);
    if (words_.empty()) return {};
    return {words_.front().capital, words_.front().capitals, words_.back().capital};
  }

  void type_line(const fields& f) {
    if (f[0] != "type") return wrong("unknown class '" + std::string(f[0]) + "'; known is type");
    event_type t;
    t.name = f[1];
    if (std::string problem = read_marks(f[2], t); !problem.empty()) wrong(std::move(problem));
    out_.types.push_back(std::move(t));
  }

  // type key names iso category
  void name_line(const fields& f) {
    const auto type = std::ranges::find(type_names, f[0]);
    if (type == type_names.end())
      return wrong("unknown type '" + std::string(f[0]) + "' of a name");
    if (f[2].empty()) return wrong("expected type, key and names");
    add_names(static_cast<name_type>(type - type_names.begin()), f[1], f[2], f[3], f[4]);
  }

  // A thing of common/names.tsv is called what the language's own file (names from `own` on) calls
  // it first.
  void name_as_told(std::size_t own) {
    std::map<std::pair<name_type, std::string_view>, std::string_view> told;
    for (std::size_t i = own; i < out_.names.size(); ++i)
      told.emplace(std::pair(out_.names[i].type, std::string_view(out_.names[i].key)),
                   out_.names[i].name);
    for (std::size_t i = 0; i < own; ++i) {
      name_rule& r = out_.names[i];
      const auto at = told.find({r.type, r.key});
      if (at != told.end()) r.name = at->second;
    }
  }

  std::uint32_t add_names(name_type type, std::string_view key, std::string_view names,
                          std::string_view iso, std::string_view category) {
    const std::vector<std::string_view> list = split_field(names, ';');
    const auto plain = [](std::string_view n) { return n.starts_with('?') ? n.substr(1) : n; };
    std::uint32_t first = 0;
    for (const bool doubtful : {false, true}) {
      name_rule r{type,
                  std::string(plain(list.front())),
                  std::string(key),
                  std::string(iso),
                  std::string(category),
                  doubtful};
      const auto index = static_cast<std::uint32_t>(out_.names.size());
      if (!doubtful) first = index;
      out_.names.push_back(std::move(r));
      for (const std::string_view n : list) {
        if (n.empty() || n.starts_with('?') != doubtful) continue;
        const auto [first, whole, behind] = capitals_of(plain(n));
        add(plain(n), {phrase_kind::name, index, first, whole, behind});
      }
    }
    return first;
  }

  // class iso names adjectives
  void place_line(const fields& f) {
    static constexpr std::array<std::string_view, 5> classes{"country", "region", "capital", "city",
                                                             "area"};
    if (std::ranges::find(classes, f[0]) == classes.end())
      return wrong("unknown class '" + std::string(f[0]) +
                   "'; known are country, region, capital, city and area");
    if (f[2].empty()) return wrong("expected class, ISO 3166 code and names");
    std::string_view first = split_field(f[2], ';').front();
    if (first.starts_with('?')) first.remove_prefix(1);
    // A region that ISO 3166-2 does not list has no code of its own.
    const bool coded = f[0] == "country" || (f[0] == "region" && f[1].find('-') != f[1].npos);
    const std::string key = coded ? std::string(f[1]) : std::string(f[1]) + "/" + folded(first);
    const std::uint32_t index = add_names(name_type::place, key, f[2], f[1], f[0]);
    for (const std::string_view a : split_field(f[3], ';'))
      if (!a.empty()) {
        const auto [first, whole, behind] = capitals_of(a);
        add(a, {phrase_kind::adjective, index, first, whole});
      }
  }

  void head_line(const fields& f) {
    if (f[0] == "topic") return add(f[1], {phrase_kind::topic});
    if (f[0] == "suffix") return suffix_line(f);
    static constexpr std::array<std::string_view, 4> kinds{"alone", "named", "intro", "group"};
    const auto kind = std::ranges::find(kinds, f[0]);
    if (kind == kinds.end())
      return wrong("unknown class '" + std::string(f[0]) +
                   "'; known are alone, named, intro, group, topic and suffix");
    head_rule h;
    h.kind = static_cast<head_kind>(kind - kinds.begin());
    h.category = f[2];
    if (h.kind == head_kind::group) h.type = name_type::group;
    if (h.kind == head_kind::named && f[2] == name_of(name_type::media)) h.type = name_type::media;
    if (h.kind == head_kind::intro) {
      const auto type = std::ranges::find(type_names, f[2]);
      if (type == type_names.end()) return wrong("expected the type of what follows");
      h.type = static_cast<name_type>(type - type_names.begin());
    }
    add(f[1], {phrase_kind::head, static_cast<std::uint32_t>(out_.heads.size())});
    out_.heads.push_back(std::move(h));
  }

  // suffix phrase [type]: of what a name that ends so is
  void suffix_line(const fields& f) {
    const auto type = std::ranges::find(type_names, f[2].empty() ? type_names[1] : f[2]);
    if (type == type_names.end())
      return wrong("unknown type '" + std::string(f[2]) + "' of names that end so");
    add(f[1], {phrase_kind::suffix, static_cast<std::uint32_t>(type - type_names.begin()), true});
  }

  void role_line(const fields& f) {
    if (f[0] == "title") return add(f[1], {phrase_kind::title, 0, capitals_of(f[1]).first});
    if (f[0] == "given") {
      for (const std::string_view n : split_field(f[1], ';')) add(n, {phrase_kind::given, 0, true});
      return;
    }
    if (f[0] != "role")
      return wrong("unknown class '" + std::string(f[0]) + "'; known are role, title and given");
    role_rule r;
    r.name = f[2].empty() ? f[1] : f[2];
    if (!f[3].empty()) {
      const auto type = std::ranges::find(type_names, f[3]);
      if (type == type_names.end()) return wrong("expected the type of what one is that of");
      r.of = static_cast<name_type>(type - type_names.begin());
    }
    add(f[1], {phrase_kind::role, static_cast<std::uint32_t>(out_.roles.size())});
    out_.roles.push_back(std::move(r));
  }

  void grammar_line(const fields& f) {
    if (f[0] == "paradigm") return paradigm_line(f);
    if (f[0] == "reflexive") return reflexive_line(f);
    if (f[0] == "plural") {
      for (const std::string_view ending : split_field(f[1], ';'))
        out_.plurals.emplace_back(ending);
      return;
    }
    const auto row =
        std::ranges::find(small_words, f[0], &decltype(small_words)::value_type::first);
    if (row == small_words.end())
      return wrong("unknown class '" + std::string(f[0]) + "' of small words");
    if (row->second == small_word::before_infinitive) out_.bare_infinitives = true;
    for (const std::string_view part : split_field(f[1], ';')) small(part, row->second);
  }

  void small(std::string_view text, small_bits bits) {
    const token_list tokens = tokenize(text);
    if (tokens.size() != 1) {
      add(text, {phrase_kind::grammar, static_cast<std::uint32_t>(std::countr_zero(bits))});
      return;
    }
    const word_id id = out_.words.add(tokens.front().fold);
    if (out_.grammar.size() <= id) out_.grammar.resize(id + 1);
    const bool accent = ends_with_accent(text);
    (accent ? out_.grammar[id].accented : out_.grammar[id].plain) |= bits;
  }

  void paradigm_line(const fields& f) {
    if (!forms_.add_paradigm(f[1], f[2]))
      wrong("expected mood:ending,ending with a mood of inf fin part ger fut cond");
  }

  void reflexive_line(const fields& f) {
    if (!forms_.add_reflexive(f[1], f[2]))
      wrong("expected a mood of inf fin part ger fut cond, or '-', then words");
  }

  // speech verb value | modal verb value | be verb | have verb
  void verb_line(const fields& f) {
    static constexpr std::array<std::string_view, 5> uses{"trigger", "speech", "modal", "be",
                                                          "have"};
    const auto use = std::find(uses.begin() + 1, uses.end(), f[0]);
    if (use == uses.end())
      return wrong("unknown class '" + std::string(f[0]) +
                   "'; known are speech, modal, be and have");
    verb_rule v;
    v.use = static_cast<verb_use>(use - uses.begin());
    v.value = f[2];
    add_verb(f[1], std::move(v));
  }

  // before stem+paradigm behind
  void add_verb(std::string_view expression, verb_rule v) {
    const auto index = static_cast<std::uint32_t>(out_.verbs.size());
    const verb_use use = v.use;
    const bool counts = v.use != verb_use::be && v.use != verb_use::have;
    out_.verbs.push_back(std::move(v));
    if (expression.find('+') == std::string_view::npos && !expression.starts_with('~')) {
      add(expression, {phrase_kind::verb, index, false, false, false, mood::finite, mood::finite});
      return;
    }
    std::string problem;
    const auto forms = forms_.forms_of(expression, problem);
    if (!forms) return wrong(std::move(problem));
    for (const verb_form& f : *forms) {
      add(f.text, {phrase_kind::verb, index, false, false, false, f.plain, f.accented});
      if (!f.alone) continue;
      constexpr std::uint8_t finite = mood::finite | mood::future | mood::conditional;
      if (((f.plain | f.accented) & finite) != 0) small(f.text, small_word::verb);
      if (!counts) small(f.text, use == verb_use::be ? small_word::be : small_word::have);
    }
  }

  // verb|noun phrase type marks | context name phrases
  void trigger_line(const fields& f) {
    if (f[0] == "context") return context_line(f);
    if (f[0] == "ignore") return ignore_line(f);
    const auto type = std::ranges::find(out_.types, f[2], &event_type::name);
    if (type == out_.types.end())
      return wrong("unknown event type '" + std::string(f[2]) + "'; see common/event_types.tsv");
    event_frame frame;
    frame.type = static_cast<std::uint32_t>(type - out_.types.begin());
    for (const std::string_view mark : split_field(f[3], ' ')) frame_mark(frame, mark);
    const auto index = static_cast<std::uint32_t>(out_.frames.size());
    out_.frames.push_back(std::move(frame));
    if (f[0] == "verb") return add_verb(f[1], {verb_use::trigger, index, {}});
    if (f[0] == "noun") return add(f[1], {phrase_kind::noun, index});
    wrong("unknown class '" + std::string(f[0]) + "'; known are verb, noun, ignore and context");
  }

  // Longer than the triggers in it, so that it is found in their place.
  void ignore_line(const fields& f) {
    const auto index = static_cast<std::uint32_t>(out_.frames.size());
    event_frame frame;
    frame.nothing = true;
    out_.frames.push_back(std::move(frame));
    if (f[1].find('+') != std::string_view::npos)
      return add_verb(f[1], {verb_use::trigger, index, {}});
    add(f[1], {phrase_kind::noun, index});
  }

  void frame_mark(event_frame& frame, std::string_view mark) {
    if (mark.starts_with("with="))
      frame.with = "|" + std::string(mark.substr(5)) + "|";
    else if (mark.starts_with("unless="))
      frame.unless = "|" + std::string(mark.substr(7)) + "|";
    else if (mark.starts_with("as="))
      frame.modality = mark.substr(3);
    else if (!mark.empty() && !turn_on(frame_flags, mark, frame))
      wrong("unknown mark '" + std::string(mark) + "' of a trigger");
  }

  void context_line(const fields& f) {
    const auto known = std::ranges::find(out_.contexts, f[1]);
    const auto index = static_cast<std::uint32_t>(known - out_.contexts.begin());
    if (known == out_.contexts.end()) out_.contexts.emplace_back(f[1]);
    for (const std::string_view p : split_field(f[2], ';')) add(p, {phrase_kind::context, index});
  }

  std::string language_;
  const lexicon::reader& bytes_of_;
  reading_rules out_;
  std::vector<lexicon_error> errors_;
  std::string file_;
  std::size_t line_ = 0;
  verb_forms forms_;
  std::map<std::array<std::uint32_t, 5>, std::uint32_t> known_;
  std::vector<word_id> ids_; // of the phrase in hand
  token_list tokens_;        // and its words
  std::vector<word> words_;  // and their capitals
};

} // namespace

std::variant<reading_rules, std::vector<lexicon_error>>
reading_rules::read(std::string_view language, const lexicon::reader& bytes_of) {
  return rules_reader(language, bytes_of).run();
}

bool reading_rules::plural(std::string_view spelled) const {
  return std::ranges::any_of(plurals, [&](std::string_view ending) {
    if (ending.size() > 1 && spelled.size() == ending.size()) // "People"
      return spelled.ends_with(ending.substr(1)) && (spelled[0] | 0x20) == ending[0];
    if (spelled.size() <= ending.size() + 1 || !spelled.ends_with(ending)) return false;
    return ending.size() > 1 || spelled[spelled.size() - 2] != ending[0]; // "access"
  });
}

} // namespace vigie::press
