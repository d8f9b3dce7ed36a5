// SPDX-License-Identifier: Apache-2.0
// Which words of a gold are right for which of ours: units of figures and types of events, read
// from mapping.tsv, and the notation of dates. For the scorer. Values only.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace vigie::press::eval {

class mapping {
public:
  // Throws std::runtime_error with file and line.
  [[nodiscard]] static mapping read(const std::filesystem::path& tsv);

  // The same word is right without a line in the file.
  [[nodiscard]] bool unit(const std::string& gold, const std::string& key) const;
  [[nodiscard]] bool event(const std::string& gold, const std::string& type) const;
  [[nodiscard]] bool entity(const std::string& gold, const std::string& type) const;

private:
  using table = std::map<std::string, std::set<std::string>>;
  static bool has(const table& t, const std::string& gold, const std::string& ours);
  table units_, events_, entities_;
};

// One spelling for what TimeML, the gold and our columns write differently: "DCT-P3D" and
// "publication-P3D", "DCT-wednesday" and "weekday:wednesday", "2016/.." and "2016".
[[nodiscard]] std::string same_date(std::string_view value);

} // namespace vigie::press::eval
