// SPDX-License-Identifier: Apache-2.0
#include "timeline.hpp"

#include <unicode/utf8.h>

#include <utility>

namespace vigie::dossier {
namespace {

constexpr double most_characters = 1e6;
constexpr std::int64_t longest_quotation = 300; // characters; longer ones are for own use

bool is_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, text.size(), c);
    if (c < 0) return false;
  }
  return true;
}

// A file that goes into the page whole. Browsers read line ends as line feeds before they compare
// the digest of the policy.
std::string part_of_page(const host_services& host, const char* name, const char* element) {
  std::string text(host.resource(name));
  std::erase(text, '\r');
  const bool ends_early = text.find("</") != std::string::npos ||
                          text.find("<!--") != std::string::npos ||
                          text.find('\0') != std::string::npos;
  if (!is_utf8(text) || ends_early)
    throw error(VIGIE_E_CONFIG, std::string(name) +
                                    " is not UTF-8 or holds '</', '<!--' or a zero "
                                    "byte, which would end the " +
                                    element + " of the page; correct the file in the data folder");
  return text;
}

std::size_t bytes_of(const std::vector<std::string>& texts) {
  std::size_t bytes = texts.capacity() * sizeof(std::string);
  for (const std::string& t : texts) bytes += t.capacity();
  return bytes;
}

std::size_t bytes_of(const statement& s) {
  std::size_t bytes = sizeof(statement) + s.figures.capacity() * sizeof(figure);
  for (const std::string* text : {&s.file, &s.title, &s.url, &s.publisher, &s.agency, &s.language,
                                  &s.published_basis, &s.basis, &s.date_text, &s.date_value})
    bytes += text->capacity();
  if (s.text) bytes += s.text->capacity();
  for (const figure& f : s.figures)
    bytes += f.text.capacity() + f.bound.capacity() + f.unit.capacity() + f.counted.capacity();
  return bytes;
}

std::size_t bytes_of(const claim& c) {
  std::size_t bytes = sizeof(claim) + bytes_of(c.told);
  for (const std::string* text : {&c.id, &c.incident, &c.type, &c.modality})
    bytes += text->capacity();
  for (const auto* list : {&c.actors, &c.targets, &c.places, &c.countries, &c.attributed_to,
                           &c.contradicts, &c.copy_of})
    bytes += bytes_of(*list);
  return bytes;
}

// With what the view of the article will take.
std::size_t bytes_of(const source& s) {
  std::size_t bytes = sizeof(source) + bytes_of(s.about) + s.body.capacity() + s.raw.capacity();
  bytes += (s.pieces.size() + s.segments.size()) * 2 * sizeof(laid_piece);
  for (const segment& each : s.segments)
    bytes += sizeof(segment) + each.label.capacity() + each.why.capacity();
  for (const comment& each : s.comments)
    bytes += sizeof(comment) + each.author.capacity() + each.text.capacity();
  return bytes;
}

} // namespace

void timeline::params(vigie::params& p) {
  p.add("title", title, "Title of the page.");
  p.add("language", language, "Language of the page's own words; sentences stay as they are.")
      .choices({"fr", "en"});
  p.add("max_text", max_text,
        "Characters of a sentence to show; longer ones are cut at a word and end in `…`. 0 shows "
        "all. With 0 or more than 300 the page is marked *for your own use*.")
      .range(0, most_characters);
  p.add("max_claims", max_claims,
        "Claims to show; of more the page says how many are left out. A browser takes some "
        "thousands with ease. 0 shows all.")
      .range(0, 1e9);
  p.add("text", text,
        "`full` shows sentences and articles whole, whatever `max_text` says, and marks the page "
        "*for your own use*.")
      .choices({"short", "full"});
  p.add("about", intro, "A line below the title: what the page is about.");
}

void timeline::bind(binding& b) {
  statements_.bind(b);
  claims_.bind(b);
  sources_.bind(b);
}

timeline::task::task(const timeline& made, const task_info&)
    : made_(made), memory_(made.host), style_(part_of_page(made.host, "timeline.css", "style")),
      script_(part_of_page(made.host, "timeline.js", "script")) {}

void timeline::task::write(const batch& rows, writer&) {
  for (std::int64_t row = 0; row < rows.size(); ++row) {
    take(rows, row);
    ++rows_;
    account();
  }
}

void timeline::task::take(const batch& rows, std::int64_t row) {
  statement s = made_.statements_.read(rows, row);
  const bool is_page = made_.sources_.is_page(rows, row);
  if (made_.sources_.has_body(rows, row)) take_source(rows, row, s, is_page);
  if (is_page) return;
  if (made_.claims_.is_claim(rows, row)) {
    content_.claims.push_back(made_.claims_.read(rows, row, std::move(s)));
    held_ += bytes_of(content_.claims.back());
    return;
  }
  content_.statements.push_back(std::move(s));
  held_ += bytes_of(content_.statements.back());
}

// An article comes with its own row, which alone has the text of the file, or else with the first
// statement that carries it along. A page that was saved twice under one address is shown twice.
void timeline::task::take_source(const batch& rows, std::int64_t row, statement about,
                                 bool is_page) {
  const std::string key = article_key(about);
  const auto known = key.empty() ? known_.end() : known_.find(key);
  const bool is_known = known != known_.end();
  if (!is_page && (is_known || key.empty())) return;
  source made = made_.sources_.read(rows, row, std::move(about), is_page);
  held_ += bytes_of(made) + key.size() * 2;
  if (is_known && content_.sources[known->second].raw.empty() && !made.raw.empty()) {
    held_ -= bytes_of(content_.sources[known->second]);
    content_.sources[known->second] = std::move(made);
    return;
  }
  if (!is_known && !key.empty()) known_.emplace(key, content_.sources.size());
  content_.sources.push_back(std::move(made));
}

// The page of a run is made of what is held, piece by piece, so this is what it takes.
void timeline::task::account() {
  if (!memory_.hold(held_))
    throw error(VIGIE_E_RESOURCE, "the first " + std::to_string(rows_) + " rows take " +
                                      std::to_string(held_) +
                                      " bytes, more than the run may use; filter the rows before "
                                      "this step, or allow more memory");
}

void timeline::task::foot(std::uint64_t, writer& to) {
  const bool full = made_.text == "full";
  const auto most = full ? 0 : static_cast<std::size_t>(made_.max_text);
  const page_settings settings{.words = made_.language == "en" ? english() : french(),
                               .title = made_.title,
                               .about = made_.intro,
                               .max_text = most,
                               .max_claims = static_cast<std::size_t>(made_.max_claims),
                               .own_use = most == 0 || most > longest_quotation,
                               .style = style_,
                               .script = script_};
  page made(std::move(content_), settings);
  made.write([&](std::string_view bytes) { to.write(bytes); });
}

} // namespace vigie::dossier
