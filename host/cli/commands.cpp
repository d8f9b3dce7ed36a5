// SPDX-License-Identifier: Apache-2.0
// The table of commands.
#include "command.hpp"

namespace vigie::cli {

const std::vector<command>& all_commands() {
  using form = option::form;
  static const option plugin_dir{"plugin-dir", form::values, "FOLDER", "Look for plugins here first; may be repeated."};
  static const option json{"json", form::flag, "", "Print JSON for programs."};
  static const option threads{"threads", form::value, "N", "Threads; the outputs do not depend on it."};
  static const option split{"split", form::value, "SIZE", "Bytes of input a task takes at a time (16MiB); outputs do not depend on it."};
  static const option out{"out", form::value, "FOLDER", "Output folder; the same as --set out=FOLDER."};
  static const std::vector<command> table{
      {"run", "Run a pipeline and write its outputs.", "run FILE [options]", "vigie run pipelines/press/timeline.yaml --set pages='saved/*.txt' --set given= --out out/saved",
       "0 done, 1 failed, 2 refused before work, 3 done with rejected rows and --strict",
       with_pipeline_options({threads, split, out,
                              {"force", form::flag, "", "Replace outputs that exist, each by rename at the end."},
                              {"strict", form::flag, "", "Exit with 3 where rows were routed to an error port or dropped by on_error."}}),
       1, 1, run_command},
      {"check", "Check a pipeline without opening a data file.", "check FILE [options]", "vigie check my.yaml", "", with_pipeline_options({}), 1, 1, check_command},
      {"plan", "Print a pipeline's steps with their columns and stages.", "plan FILE [options]", "vigie plan my.yaml --json", "", with_pipeline_options({}), 1, 1, plan_command},
      {"show", "Print the first rows of a step as a table.", "show FILE [--step STEP] [-n N]", "vigie show my.yaml --step articles -n 5", "",
       with_pipeline_options({{"step", form::value, "STEP", "The step; the last one that is no writer where left out."},
                              {"rows,n", form::value, "N", "How many rows (10)."},
                              {"columns", form::value, "A,B", "Only these columns."},
                              {"width", form::value, "N", "Characters a cell may take (40)."},
                              {"show-sensitive", form::flag, "", "Show columns that are masked otherwise."},
                              threads, split}),
       1, 1, show_command},
      {"test", "Run the tests written in pipeline files.", "test FILE... [options]", "vigie test pipelines/press/timeline.yaml", "0 all passed, 1 a test failed, 2 a file was refused",
       with_pipeline_options({{"accept", form::flag, "", "Rewrite the expectations that differ."},
                              {"properties", form::flag, "", "Also check that threads, splits and delays change nothing."},
                              threads, split}),
       1, 10000, test_command},
      {"plugin list", "List plugins and components, and files that were refused.", "plugin list [options]", "vigie plugin list --plugin-dir build", "", {plugin_dir, json}, 0, 0, plugin_list_command},
      {"plugin show", "Show a component's parameters and documentation.", "plugin show COMPONENT [options]", "vigie plugin show core.filter", "", {plugin_dir, json}, 1, 1, plugin_show_command},
      {"plugin check", "Inspect a plugin file as the loader would.", "plugin check FILE.so [options]", "vigie plugin check build/words.so", "0 sound, 1 refused", {json}, 1, 1, plugin_check_command},
      {"plugin inspect", "", "plugin inspect FILE.so", "", "", {}, 1, 1, plugin_inspect_command, true},
      {"plugin manifest", "Write a plugin's manifest.", "plugin manifest FILE.so --out FILE.json", "", "", {{"out", form::value, "FILE", "Where to."}}, 1, 1, plugin_manifest_command, true},
      {"explain", "Explain an error code, or list all.", "explain [CODE]", "vigie explain V0103", "", {json}, 0, 1, explain_command},
      {"reference", "Write the reference pages of components and codes.", "reference --out FOLDER", "vigie reference --out docs/reference", "", {{"out", form::value, "FOLDER", "Where to (docs/reference)."}, plugin_dir}, 0, 0, reference_command},
      {"version", "Print the versions of program and plugin interface.", "version", "vigie version", "", {json}, 0, 0, version_command},
  };
  return table;
}

} // namespace vigie::cli
