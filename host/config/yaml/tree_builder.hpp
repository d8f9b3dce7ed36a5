// SPDX-License-Identifier: Apache-2.0
// Makes a tree of yaml-cpp's events and refuses on the way what the language of pipelines does not
// take. Its marks and styles come with the events; what yaml-cpp lets pass (open quotes at the end
// of a file, keys without a colon, duplicates, a lone comma) is found by looking at the source
// behind each event. Used by parse() alone; one object a document, one thread.
#pragma once

#include "lexemes.hpp"
#include "source.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vigie::yaml {

struct stop_parsing {}; // thrown through yaml-cpp where going on is of no use; the errors are made

// A problem that an unclosed bracket can feign: yaml-cpp then reports keys that nobody wrote.
struct doubtful {
  std::size_t at;
  code number;
  std::string message;
  std::string hint;
};

struct frame {
  node value;
  bool flow = false;
  bool as_key = false; // a list or mapping where a key should stand: read on, then forget
  bool has_key = false;
  std::size_t start = 0;     // offset of the container
  std::size_t key_start = 0; // offset of the key at hand
  std::size_t key_end = 0;
  entry next;
};

class tree_builder final : public YAML::EventHandler {
public:
  tree_builder(const source& s, reporter& report) : source_(&s), report_(&report) {}

  [[nodiscard]] std::optional<node> take() { return std::move(root_); }
  [[nodiscard]] const std::size_t& seen() const { return last_; }
  void report_doubtful();
  void refuse_length();
  void explain(const YAML::Exception& e);

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& m, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& m, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value s) override {
    open(kind::sequence, m, tag, anchor, s == YAML::EmitterStyle::Flow);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value s) override {
    open(kind::mapping, m, tag, anchor, s == YAML::EmitterStyle::Flow);
  }
  void OnMapEnd() override { close(); }

private:
  [[nodiscard]] static std::size_t offset(const YAML::Mark& m) {
    return m.pos < 0 ? 0 : static_cast<std::size_t>(m.pos);
  }
  [[nodiscard]] bool wants_key() const {
    return !stack_.empty() && stack_.back().value.is_mapping() && !stack_.back().has_key;
  }
  void count();
  void doubt(std::size_t at, code c, std::string message, std::string hint) {
    if (doubtful_.size() <= reporter::most)
      doubtful_.push_back({at, c, std::move(message), std::move(hint)});
  }
  void check_properties(std::size_t at, const std::string& tag, YAML::anchor_t anchor);
  void open(kind k, const YAML::Mark& m, const std::string& tag, YAML::anchor_t anchor, bool flow);
  void close();
  void put(node n);
  void put_key(node n, std::size_t start, std::size_t end);
  [[nodiscard]] std::string_view written_null(std::size_t at) const;
  void missing_value(node& n, std::size_t at);
  [[nodiscard]] std::size_t read_scalar(node& n, std::size_t at, bool quoted_tag);
  void check_duplicates(const node& n);
  [[nodiscard]] std::size_t opening_quote(std::size_t before) const;
  void explain_bracket(std::size_t at, std::string_view found);

  const source* source_;
  reporter* report_;
  std::optional<node> root_;
  std::vector<frame> stack_;
  std::vector<doubtful> doubtful_;
  std::size_t values_ = 0;
  std::size_t last_ = 0; // behind the last event
  std::pair<std::size_t, std::size_t> last_long_quote_{
      0, 0}; // quoted text over several lines, for hints
};

} // namespace vigie::yaml
