// SPDX-License-Identifier: Apache-2.0
// The only user of yaml-cpp's parser; tree_builder.hpp is what its events go to.
#include "parse.hpp"

#include "source.hpp"
#include "tree_builder.hpp"

#include <fmt/format.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <istream>
#include <streambuf>
#include <tuple>

namespace vigie::yaml {
namespace {

struct second_document {
  std::size_t offset;
};

// The text as a stream, without a copy. It ends early where yaml-cpp reads far ahead of its events:
// inside brackets it keeps every token, some 240 bytes for each byte of a file that is nothing but
// '['.
class view_buffer : public std::streambuf {
public:
  // `seen` is the offset behind the last event; both outlive the buffer.
  view_buffer(std::string_view text, const std::size_t& seen) : text_(text), seen_(&seen) {}

  [[nodiscard]] bool cut() const { return cut_; }

protected:
  int_type underflow() override {
    constexpr std::size_t window = 4096, ahead = largest_scalar + largest_scalar / 4;
    cut_ = cut_ || (served_ < text_.size() && served_ > *seen_ + ahead);
    if (cut_ || served_ == text_.size()) return traits_type::eof();
    const std::size_t n = std::min(window, text_.size() - served_);
    char* begin = const_cast<char*>(text_.data()) + served_; // only read; setg has no const form
    setg(begin, begin, begin + n);
    served_ += n;
    return traits_type::to_int_type(*begin);
  }

private:
  std::string_view text_;
  const std::size_t* seen_;
  std::size_t served_ = 0;
  bool cut_ = false;
};

// Stops at the start of whatever follows the document. yaml-cpp would offer a lone ',' again and
// again.
class nothing_more final : public YAML::EventHandler {
public:
  void OnDocumentStart(const YAML::Mark& m) override {
    throw second_document{m.pos < 0 ? 0 : static_cast<std::size_t>(m.pos)};
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t,
                const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                  YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

void refuse_more(const source& s, std::size_t at, reporter& report) {
  const std::string_view text = s.text();
  const std::string_view before = text.substr(0, std::min(at, text.size()));
  const std::size_t last = before.find_last_not_of(" \t\n");
  const bool ended = last != none && last >= 2 && before.substr(last - 2, 3) == "...";
  if (ended || text.substr(std::min(at, text.size())).starts_with("---"))
    return report.error(code::yaml_second_document, s.at(at), "a second document starts here",
                        "keep one document in a file");
  report.error(code::yaml_trailing, s.at(at), "found more content behind the end of the document",
               "check the indent of this line; quote a text that starts with ',' or a bracket");
}

// Whatever is wrong becomes diagnostics; true where a document was found.
bool drive(const source& s, tree_builder& build, reporter& report) {
  view_buffer buffer(s.text(), build.seen());
  std::istream in(&buffer);
  bool found = false;
  try {
    YAML::Parser parser(in);
    found = parser.HandleNextDocument(build);
    nothing_more more;
    if (found && !buffer.cut()) parser.HandleNextDocument(more);
  } catch (const stop_parsing&) {
    build.report_doubtful();
    return true;
  } catch (const second_document& d) {
    refuse_more(s, d.offset, report);
  } catch (const YAML::Exception& e) {
    if (!buffer.cut()) build.explain(e);
  } catch (const std::exception& e) {
    report.error(code::yaml_syntax, yaml::mark{1, 1}, fmt::format("cannot be read: {}", e.what()));
  }
  if (buffer.cut())
    build.refuse_length();
  else
    build.report_doubtful();
  return found;
}

std::optional<node> run(const source& s, reporter& report) {
  tree_builder build(s, report);
  const bool found = drive(s, build, report);
  if (report.failed()) return std::nullopt;
  std::optional<node> root = build.take();
  if (found && root && !root->is_null()) return root;
  report.error(code::yaml_empty, yaml::mark{1, 1}, "the file holds no document",
               "write at least the keys vigie, name and steps");
  return std::nullopt;
}

} // namespace

parsed parse(std::string_view bytes, std::string file_name) {
  parsed out;
  reporter report(out.problems, std::move(file_name));
  if (bytes.size() > largest_file) {
    report.error(
        code::yaml_too_large, yaml::mark{1, 1},
        fmt::format("the file has {} bytes; at most {} are taken", bytes.size(), largest_file),
        "put data into an input file and read it with a step");
    return out;
  }
  const source s(bytes);
  if (check_bytes(s, report)) out.root = run(s, report);
  std::ranges::stable_sort(out.problems, {}, [](const diagnostic& d) {
    return std::tuple(d.severity == severity::note, d.place.line, d.place.column);
  });
  add_excerpts(bytes, report.file(), out.problems);
  return out;
}

} // namespace vigie::yaml
