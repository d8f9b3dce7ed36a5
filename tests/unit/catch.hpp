// SPDX-License-Identifier: Apache-2.0
// One include for Catch2 2.x (Debian 12) and 3.x (Debian 13, Ubuntu 24.04): what 2.x gives in one
// header stands here in its parts, under the names of 2.x. Matchers were renamed between the two;
// tests compare texts with find instead.
#pragma once
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_approx.hpp>
#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators_all.hpp>
using Catch::Approx;
#else
#include <catch2/catch.hpp>
#endif
