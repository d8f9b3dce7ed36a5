// SPDX-License-Identifier: Apache-2.0
// One include for Catch2 2.x (Debian 12) and 3.x (Debian 13, Ubuntu 24.04).
#pragma once
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#else
#include <catch2/catch.hpp>
#endif
