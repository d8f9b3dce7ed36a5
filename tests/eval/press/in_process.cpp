// SPDX-License-Identifier: Apache-2.0
#include "in_process.hpp"

#include "sets.hpp"
#include "text/events/events.hpp"
#include "text/figures/figures.hpp"
#include "text/page/article.hpp"
#include "text/words/sentences.hpp"

#include <algorithm>
#include <array>

namespace vigie::press::eval {
namespace {

namespace fs = std::filesystem;

std::string day_text(const std::optional<civil_day>& day) { return day ? iso_day(*day) : ""; }

double real(const decimal& d) { return d.value(); }

class page_reader {
public:
  page_reader(const std::string& file, const std::string& text, const lexicon& words,
              const reading_rules& rules, const sentence_splitter& splitter)
      : text_(text), words_(words), rules_(rules), splitter_(splitter) {
    out_.file = file;
  }

  found_page read() {
    const article a = read_article(text_, words_);
    const auto day = a.published ? std::optional(a.published->day) : std::nullopt;
    for (const auto& s : a.segments) {
      out_.segments.push_back({{s.span.begin, s.span.end}, std::string(label_name(s.what))});
    }
    body_ = body_of(text_, a);
    out_.body = body_.text.text;
    for (const auto& s : splitter_.split(body_)) sentence_of(s, day);
    things();
    if (a.published) {
      const auto iso = iso_day(a.published->day);
      const auto& at = a.published->span;
      out_.dates.push_back({{at.begin, at.end}, "(published)", iso, iso, iso});
    }
    return std::move(out_);
  }

private:
  void sentence_of(const sentence& s, std::optional<civil_day> day) {
    const auto number = static_cast<std::uint32_t>(sentences_.size());
    const auto base = s.span.begin;
    sentences_.push_back({static_cast<std::uint32_t>(s.span.begin),
                          static_cast<std::uint32_t>(s.span.end), s.what == label::title});
    const auto mark = [&](std::size_t begin, std::size_t end, bool sure) {
      return text_mark{number, static_cast<std::uint32_t>(base + begin),
                       static_cast<std::uint32_t>(base + end), sure};
    };
    const passage part = body_.text.part(s.span.begin, s.span.end);
    const auto dates = find_dates(part, words_, day);
    for (const auto& d : dates.dates) {
      dates_.push_back(mark(d.begin, d.end, bool(d.from)));
      out_.dates.push_back({page_span(d.spans), d.text, d.value, day_text(d.from), day_text(d.to)});
    }
    for (const auto& f : find_figures(part, words_, dates.taken)) {
      figures_.push_back(mark(f.begin, f.end, true));
      out_.figures.push_back({page_span(f.spans), f.text, real(f.value), f.high ? real(*f.high) : 0,
                              std::string(name_of(f.bound)), f.unit, f.unit_key});
    }
  }

  static span page_span(const std::vector<byte_span>& spans) {
    if (spans.empty()) return {};
    return {spans.front().begin, spans.back().end};
  }

  span page_span(std::size_t begin, std::size_t end) const {
    return page_span(body_.text.sources(begin, end));
  }

  void things() {
    const auto entities = find_entities(out_.body, sentences_, rules_);
    for (const auto& e : entities) {
      found_entity to{std::string(name_of(e.type)), e.name, e.key, e.iso, {}};
      for (const auto& m : e.mentions) {
        to.mentions.push_back(
            {page_span(m.begin, m.end), out_.body.substr(m.begin, m.end - m.begin), false});
      }
      out_.entities.push_back(std::move(to));
    }
    for (const auto& e : find_events(out_.body, sentences_, entities, dates_, figures_, rules_)) {
      found_event to;
      to.at = page_span(e.begin, e.end);
      to.type = rules_.types[e.type].name;
      to.actors.assign(e.actors.begin(), e.actors.end());
      to.targets.assign(e.targets.begin(), e.targets.end());
      to.places.assign(e.places.begin(), e.places.end());
      to.actor_text = e.actor_text;
      to.target_text = e.target_text;
      if (e.date) to.date = static_cast<std::size_t>(*e.date);
      to.modality = e.modality;
      out_.events.push_back(std::move(to));
    }
  }

  const std::string& text_;
  const lexicon& words_;
  const reading_rules& rules_;
  const sentence_splitter& splitter_;
  mapped_text body_;
  std::vector<body_sentence> sentences_;
  std::vector<text_mark> dates_, figures_;
  found_page out_;
};

lexicon::reader reader_of(const data_files& files) {
  return [&files](std::string_view name) -> std::optional<std::string_view> {
    const auto file = files.find(name);
    if (file == files.end()) return std::nullopt;
    return file->second;
  };
}

// Files of the lexicon; all others are of the reading rules.
bool is_of_lexicon(std::string_view file) {
  static constexpr std::array<std::string_view, 5> names{"time.tsv", "numbers.tsv", "units.tsv",
                                                         "page.tsv", "agencies.tsv"};
  return std::ranges::find(names, file.substr(file.rfind('/') + 1)) != names.end();
}

} // namespace

data_files read_data(const fs::path& folder) {
  data_files out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".tsv") continue;
    out[fs::relative(entry.path(), folder).generic_string()] = read_bytes(entry.path());
  }
  return out;
}

struct in_process::state {
  explicit state(const std::string& l) : language(l), splitter(l) {}
  std::string language;
  sentence_splitter splitter;
  std::optional<lexicon> words;
  std::optional<reading_rules> rules;
};

in_process::in_process(const std::string& language) : state_(std::make_unique<state>(language)) {}
in_process::~in_process() = default;

bool in_process::use(const data_files& files) { return use_words(files) && use_rules(files); }

bool in_process::use(const data_files& files, std::string_view changed) {
  return is_of_lexicon(changed) ? use_words(files) : use_rules(files);
}

bool in_process::use_words(const data_files& files) {
  auto words = lexicon::read(state_->language, reader_of(files));
  if (!std::holds_alternative<lexicon>(words)) return false;
  state_->words.emplace(std::get<lexicon>(std::move(words)));
  return true;
}

bool in_process::use_rules(const data_files& files) {
  auto rules = reading_rules::read(state_->language, reader_of(files));
  if (!std::holds_alternative<reading_rules>(rules)) return false;
  state_->rules.emplace(std::get<reading_rules>(std::move(rules)));
  return true;
}

found_page in_process::read(const std::string& file, const std::string& text) const {
  return page_reader(file, text, *state_->words, *state_->rules, state_->splitter).read();
}

} // namespace vigie::press::eval
