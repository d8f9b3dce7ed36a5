// SPDX-License-Identifier: Apache-2.0
#include "marked.hpp"

#include "charset.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <set>
#include <stdexcept>

namespace vigie::press::eval {
namespace {

constexpr std::array<std::string_view, 4> kept_labels{"title", "lede", "body", "quote"};
constexpr std::array<std::string_view, 19> dropped_labels{
    "teaser",    "nav",          "image_alt",      "self_promo",   "comment_header",
    "comment",   "ad_insertion", "agency_code",    "credits",      "share_counter",
    "weather",   "breadcrumb",   "source_line",    "ticker_label", "headline_list",
    "date_line", "login_box",    "comment_notice", "sidebar"};

bool is_kept(std::string_view label) {
  return std::find(kept_labels.begin(), kept_labels.end(), label) != kept_labels.end();
}

bool is_label(std::string_view label) {
  return is_kept(label) ||
         std::find(dropped_labels.begin(), dropped_labels.end(), label) != dropped_labels.end();
}

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= text.size();) {
    const auto to = std::min(text.find(by, from), text.size());
    if (to > from) out.emplace_back(text.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

struct open_mark {
  std::string key;
  std::size_t begin = 0;
};

class reader {
public:
  reader(const std::string& name, std::string_view source) : name_(name), source_(source) {}

  marked_page read() {
    bool page = false;
    while (next_line()) {
      if (!page) {
        page = header();
      } else if (line_ == "---") {
        tables();
        break;
      } else {
        page_line();
      }
    }
    check_ids();
    to_bytes();
    return std::move(out_);
  }

private:
  [[noreturn]] void wrong(const std::string& what) const {
    throw std::runtime_error(name_ + ":" + std::to_string(number_) + ": " + what);
  }

  bool next_line() {
    if (from_ >= source_.size()) return false;
    const auto to = std::min(source_.find('\n', from_), source_.size());
    line_ = source_.substr(from_, to - from_);
    from_ = to + 1;
    ++number_;
    return true;
  }

  // True where the header ends.
  bool header() {
    if (line_ == "---") return true;
    if (line_.starts_with("#") || line_.empty()) return false;
    const auto colon = line_.find(": ");
    if (colon == std::string_view::npos) wrong("expected 'key: value' in the header");
    const auto key = line_.substr(0, colon);
    const std::string value(line_.substr(colon + 2));
    if (key == "language") {
      out_.gold.language = value;
    } else if (key == "encoding") {
      out_.gold.encoding = value;
    } else if (key == "line_ends" && (value == "crlf" || value == "lf")) {
      crlf_ = value == "crlf";
    } else if (key == "byte_order_mark" && value == "yes") {
      out_.text = "\xEF\xBB\xBF";
    } else if (key == "last_line_feed" && value == "no") {
      last_line_feed_ = false;
    } else if (key != "about") {
      wrong("unknown header '" + std::string(line_) + "'");
    }
    return false;
  }

  void page_line() {
    if (!line_.empty()) {
      const auto mark = line_.find("> ");
      if (mark == std::string_view::npos) wrong("a line of the page begins with 'label> '");
      open_segment(std::string(line_.substr(0, mark)));
      for (at_ = mark + 2; at_ < line_.size();) one_character();
      if (!open_.empty()) wrong("a mark '" + open_.back().key + "' is open at the end of the line");
      close_segment();
    }
    out_.text += crlf_ ? "\r\n" : "\n";
  }

  // "credits" or, where two labels are right, "credits,image_alt".
  void open_segment(const std::string& labels) {
    const auto names = split(labels, ',');
    for (const auto& n : names) {
      if (!is_label(n)) wrong("there is no label '" + n + "'");
    }
    if (names.empty()) wrong("a line of the page begins with 'label> '");
    segment_ = {{out_.text.size(), 0}, names[0], is_kept(names[0]), {}};
    segment_.sure.accept.assign(names.begin() + 1, names.end());
  }

  static bool blank_at(std::string_view text, std::size_t i) {
    return text[i] == ' ' || text[i] == '\t' || text[i] == '\r' || text[i] == '\n';
  }

  // Segments have no blanks at their ends.
  void close_segment() {
    auto [begin, end] = std::pair(segment_.at.begin, out_.text.size());
    while (begin < end && blank_at(out_.text, begin)) ++begin;
    while (end > begin && blank_at(out_.text, end - 1)) --end;
    segment_.at = {begin, end};
    if (begin < end) out_.gold.segments.push_back(segment_);
  }

  void one_character() {
    const char c = line_[at_];
    if (c == '{') return begin_mark();
    if (c == '}') return end_mark("");
    if (c == '|' && !open_.empty()) return attributes();
    out_.text += c;
    ++at_;
  }

  void begin_mark() {
    if (line_.substr(at_).starts_with("{/")) {
      const auto to = line_.find('}', at_);
      if (to == std::string_view::npos) wrong("'{/label' is not closed");
      close_segment();
      open_segment(std::string(line_.substr(at_ + 2, to - at_ - 2)));
      at_ = to + 1;
      return;
    }
    const auto to = line_.find(' ', at_);
    if (to == std::string_view::npos) wrong("a mark is '{key words}'");
    open_.push_back({std::string(line_.substr(at_ + 1, to - at_ - 1)), out_.text.size()});
    at_ = to + 1;
  }

  void attributes() {
    const auto to = line_.find('}', at_);
    if (to == std::string_view::npos) wrong("a mark is not closed");
    const std::string text(line_.substr(at_ + 1, to - at_ - 1));
    at_ = to;
    end_mark(text);
  }

  void end_mark(const std::string& attributes) {
    if (open_.empty()) wrong("'}' closes no mark");
    const auto mark = open_.back();
    open_.pop_back();
    ++at_;
    const span at{mark.begin, out_.text.size()};
    if (at.begin == at.end) wrong("the mark '" + mark.key + "' holds no words");
    const std::string text = out_.text.substr(at.begin, at.end - at.begin);
    add(mark.key, at, text, attributes);
  }

  static certainty take_certainty(std::vector<std::string>& words) {
    certainty out;
    std::erase_if(words, [&](const std::string& w) {
      if (w == "optional") return out.optional = true;
      if (w == "doubtful") return out.doubtful = true;
      if (!w.starts_with("accept=")) return false;
      for (auto& v : split(std::string_view(w).substr(7), ',')) out.accept.push_back(v);
      return true;
    });
    return out;
  }

  void add(const std::string& key, span at, const std::string& text, const std::string& given) {
    if (key == "x") {
      out_.gold.decoys.push_back({at, text, given});
      return;
    }
    auto words = split(given, ' ');
    const auto sure = take_certainty(words);
    if (key == "d" || key == "pub") {
      add_date(key, at, text, words, sure);
    } else if (key == "f" || (key[0] == 'f' && key.size() > 1)) {
      add_figure(at, text, words, sure);
    } else if (key[0] == 'e') {
      mentions_[key].push_back({at, text, sure.optional});
    } else if (key[0] == 'v') {
      if (!triggers_.emplace(key, gold_mention{at, text, false}).second)
        wrong(key + " is marked twice");
    } else {
      wrong("there is no mark '" + key + "'; there are d, pub, f, e1, v1, x and /label");
    }
  }

  void add_date(const std::string& key, span at, const std::string& text,
                const std::vector<std::string>& words, const certainty& sure) {
    if (words.empty()) wrong("a date needs its value: {d lundi|2015-11-23 deictic}");
    gold_date d{at, text, "DATE", words[0], words.size() > 1 ? words[1] : "explicit", sure};
    if (d.value.starts_with("P") && !d.value.ends_with("_REF")) d.type = "DURATION";
    if (d.value.find('T') != std::string::npos && d.type == "DATE" && d.value[0] < 'A') {
      d.type = "TIME";
    }
    if (key == "pub") {
      out_.gold.published = d.value;
      out_.gold.published_at = at;
    }
    out_.gold.dates.push_back(std::move(d));
  }

  double number(std::string_view text) const {
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
      wrong("'" + std::string(text) + "' is no number");
    }
    return value;
  }

  void add_figure(span at, const std::string& text, const std::vector<std::string>& words,
                  const certainty& sure) {
    if (words.empty()) wrong("a figure needs its value: {f 364 millions|>364000000 records}");
    static const std::map<char, std::string> bounds{
        {'>', "lower"}, {'<', "upper"}, {'~', "approx"}};
    gold_figure f;
    f.at = at;
    f.text = text;
    f.sure = sure;
    std::string_view value = words[0];
    if (const auto b = bounds.find(value[0]); b != bounds.end()) {
      f.bound = b->second;
      value.remove_prefix(1);
    }
    if (const auto dots = value.find(".."); dots != std::string_view::npos) {
      f.bound = "range";
      f.high = number(value.substr(dots + 2));
      value = value.substr(0, dots);
    }
    f.value = number(value);
    if (words.size() > 1) f.unit = words[1];
    out_.gold.figures.push_back(std::move(f));
  }

  // Below the page: "e1 place CN Chine" and "v1 block actor=e1 ...", one a line.
  void tables() {
    while (next_line()) {
      if (line_.empty() || line_.starts_with("#")) continue;
      auto words = split(line_, ' ');
      if (words.size() < 2) wrong("expected 'e1 type name' or 'v1 type key=value ...'");
      if (words[0][0] == 'e') {
        entity(words);
      } else if (words[0][0] == 'v') {
        event(words);
      } else {
        wrong("expected a line that begins with e1 or v1");
      }
    }
  }

  void entity(std::vector<std::string> words) {
    gold_entity e;
    e.id = words[0];
    e.type = words[1];
    e.sure = take_certainty(words);
    for (std::size_t i = 2; i < words.size(); ++i) {
      if (words[i].starts_with("iso=")) {
        e.iso = words[i].substr(4);
      } else {
        e.name += (e.name.empty() ? "" : " ") + words[i];
      }
    }
    const auto found = mentions_.find(e.id);
    if (found == mentions_.end()) wrong(e.id + " has no mention in the page");
    e.mentions = std::move(found->second);
    mentions_.erase(found);
    ids_.insert(e.id);
    out_.gold.entities.push_back(std::move(e));
  }

  // Values are ids joined by commas, or words joined by '_'.
  static std::vector<std::string> arguments(std::string_view text) {
    auto out = split(text, ',');
    for (auto& a : out) std::replace(a.begin(), a.end(), '_', ' ');
    return out;
  }

  void event(std::vector<std::string> words) {
    gold_event v;
    v.id = words[0];
    v.type = words[1];
    v.modality = "asserted";
    v.sure = take_certainty(words);
    for (std::size_t i = 2; i < words.size(); ++i) {
      const auto equals = words[i].find('=');
      if (equals == std::string::npos) wrong("'" + words[i] + "' is no key=value");
      argument(v, words[i].substr(0, equals), words[i].substr(equals + 1));
    }
    const auto found = triggers_.find(v.id);
    if (found == triggers_.end()) wrong(v.id + " has no trigger in the page");
    v.trigger = found->second.at;
    v.trigger_text = found->second.text;
    for (const auto& s : out_.gold.segments) {
      if (s.at.touches(v.trigger)) v.sentence = s.at;
    }
    triggers_.erase(found);
    out_.gold.events.push_back(std::move(v));
  }

  void argument(gold_event& v, const std::string& key, const std::string& value) {
    if (key == "actor") {
      v.actor = arguments(value);
    } else if (key == "target") {
      v.target = arguments(value);
    } else if (key == "place") {
      v.place = arguments(value);
    } else if (key == "time") {
      v.time = value;
    } else if (key == "modality") {
      v.modality = value;
    } else if (key == "by") {
      v.attributed_to = arguments(value).at(0);
    } else {
      wrong("'" + key + "' is none of actor, target, place, time, modality, by");
    }
  }

  static bool looks_like_an_id(const std::string& a) {
    return a.size() > 1 && a[0] == 'e' &&
           std::all_of(a.begin() + 1, a.end(), [](char c) { return c >= '0' && c <= '9'; });
  }

  void check_ids() const {
    if (!mentions_.empty())
      wrong("below the page there is no line for " + mentions_.begin()->first);
    if (!triggers_.empty())
      wrong("below the page there is no line for " + triggers_.begin()->first);
    for (const auto& v : out_.gold.events) {
      for (const auto* list : {&v.actor, &v.target, &v.place}) {
        for (const auto& a : *list) {
          if (looks_like_an_id(a) && !ids_.contains(a))
            wrong(v.id + " names " + a + ", which is none");
        }
      }
    }
  }

  std::string joined() const {
    std::string clean;
    std::size_t end = 0;
    for (const auto& s : out_.gold.segments) {
      if (!s.keep) continue;
      if (!clean.empty()) {
        const auto between = std::string_view(out_.text).substr(end, s.at.begin - end);
        clean += between.find('\n') == std::string_view::npos ? ' ' : '\n';
      }
      clean += out_.text.substr(s.at.begin, s.at.end - s.at.begin);
      end = s.at.end;
    }
    return clean;
  }

  void to_bytes() {
    if (!last_line_feed_ && out_.text.ends_with('\n')) out_.text.pop_back();
    out_.gold.clean = joined();
    auto bytes = encode(out_.text, out_.gold.encoding);
    if (!bytes) wrong("the page has characters that " + out_.gold.encoding + " lacks");
    out_.bytes = std::move(*bytes);
  }

  std::string name_;
  std::string_view source_;
  std::string_view line_;
  std::size_t number_ = 0;
  std::size_t from_ = 0;
  std::size_t at_ = 0;
  bool crlf_ = false;
  bool last_line_feed_ = true;
  marked_page out_;
  gold_segment segment_;
  std::vector<open_mark> open_;
  std::map<std::string, std::vector<gold_mention>> mentions_;
  std::map<std::string, gold_mention> triggers_;
  std::set<std::string> ids_;
};

} // namespace

marked_page read_marked(const std::string& name, std::string_view source) {
  return reader(name, source).read();
}

} // namespace vigie::press::eval
