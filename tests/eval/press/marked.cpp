// SPDX-License-Identifier: Apache-2.0
#include "marked.hpp"

#include "charset.hpp"
#include "marked_values.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

namespace vigie::press::eval {
namespace {

struct open_mark {
  std::string key;
  std::size_t begin = 0;
};

class reader {
public:
  reader(const std::string& name, std::string_view source) : name_(name), source_(source) {}

  marked_page read() try {
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
  } catch (const std::invalid_argument& e) {
    wrong(e.what());
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

  void add(const std::string& key, span at, const std::string& text, const std::string& given) {
    if (key == "x") {
      out_.gold.decoys.push_back({at, text, given});
      return;
    }
    auto words = split(given, ' ');
    const auto sure = take_certainty(words);
    if (key == "d" || key == "pub") {
      add_date(key, date_of(at, text, words, sure));
    } else if (key == "f" || (key[0] == 'f' && key.size() > 1)) {
      out_.gold.figures.push_back(figure_of(at, text, words, sure));
    } else if (key[0] == 'e') {
      mentions_[key].push_back({at, text, sure.optional});
    } else if (key[0] == 'v') {
      if (!triggers_.emplace(key, gold_mention{at, text, false}).second)
        wrong(key + " is marked twice");
    } else {
      wrong("there is no mark '" + key + "'; there are d, pub, f, e1, v1, x and /label");
    }
  }

  void add_date(const std::string& key, gold_date d) {
    if (key == "pub") {
      out_.gold.published = d.value;
      out_.gold.published_at = d.at;
    }
    out_.gold.dates.push_back(std::move(d));
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

  void event(std::vector<std::string> words) {
    gold_event v;
    v.id = words[0];
    v.type = words[1];
    v.modality = "asserted";
    v.sure = take_certainty(words);
    for (std::size_t i = 2; i < words.size(); ++i) {
      const auto equals = words[i].find('=');
      if (equals == std::string::npos) wrong("'" + words[i] + "' is no key=value");
      set_argument(v, words[i].substr(0, equals), words[i].substr(equals + 1));
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
