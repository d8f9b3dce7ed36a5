// SPDX-License-Identifier: MIT-0
// The whole SDK for C++20 plugins, header only. Start with docs/extend/tutorial.md.
#pragma once

#include "copy.hpp"
#include "plugin.hpp"
#include "step_memory.hpp"
