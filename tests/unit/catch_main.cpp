// SPDX-License-Identifier: Apache-2.0
// The main program of the unit tests, compiled once.
#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
