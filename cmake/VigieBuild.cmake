# SPDX-License-Identifier: Apache-2.0
# Language, warnings, sanitizers, where things are put, and how a layer of the host is made.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
include(GNUInstallDirs)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

find_program(VIGIE_CCACHE ccache)
if(VIGIE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${VIGIE_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${VIGIE_CCACHE}")
endif()

# The build tree mirrors the installed tree, so that the bare binary finds its plugins relative to itself.
set(VIGIE_BIN_DIR "${CMAKE_BINARY_DIR}/bin")
set(VIGIE_PLUGIN_DIR "${CMAKE_BINARY_DIR}/lib/vigie/plugins")
set(VIGIE_SHARE_DIR "${CMAKE_BINARY_DIR}/share/vigie")

add_library(vigie_flags INTERFACE)
target_compile_options(vigie_flags INTERFACE -Wall -Wextra -Wpedantic -Wconversion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # gcc 12 and 14 see overlaps in std::string that are not there, from -O3 on.
  target_compile_options(vigie_flags INTERFACE -Wno-restrict)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  # std::stable_sort of libstdc++ 12 calls what that library itself marks as deprecated.
  target_compile_options(vigie_flags INTERFACE -Wno-deprecated-declarations)
endif()
if(VIGIE_WARNINGS_AS_ERRORS)
  target_compile_options(vigie_flags INTERFACE -Werror)
endif()
if(VIGIE_SANITIZE)
  add_compile_options(-fsanitize=${VIGIE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${VIGIE_SANITIZE})
endif()

# vigie_layer(NAME LINK ...): static library host/NAME of all its .cpp files. The link list is the architecture: a layer
# sees only what it links. With tests on, tests/unit/NAME/*_test.cpp become the program unit_NAME.
function(vigie_layer name)
  cmake_parse_arguments(arg "" "" "LINK;PRIVATE_LINK" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  list(FILTER sources EXCLUDE REGEX "/main\\.cpp$")
  add_library(vigie_${name} STATIC ${sources})
  target_include_directories(vigie_${name} PUBLIC "${PROJECT_SOURCE_DIR}/host")
  target_link_libraries(vigie_${name} PUBLIC ${arg_LINK} PRIVATE vigie_flags ${arg_PRIVATE_LINK})
endfunction()

# vigie_test_environment(TEST...): what a test finds in its environment, wherever it runs. Each test writes the error codes
# it made happen into a file of its own, as tests run side by side.
function(vigie_test_environment)
  foreach(test IN LISTS ARGN)
    set_tests_properties(${test} PROPERTIES ENVIRONMENT
      "TZ=UTC;LC_ALL=C.UTF-8;VIGIE_CODES_SEEN=${VIGIE_CODES_SEEN}/${test}.txt")
  endforeach()
endfunction()

# vigie_unit_test(NAME LINK ... [BY_FILE]): tests/unit/NAME/*_test.cpp as the program unit_NAME, one CTest test. BY_FILE:
# one CTest test each file (unit.NAME.FILE), so that long ones run side by side; a list of all of them is set in the
# caller as unit_NAME_tests.
function(vigie_unit_test name)
  cmake_parse_arguments(arg "BY_FILE" "" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${name}/*_test.cpp")
  if(NOT sources)
    return()
  endif()
  add_executable(unit_${name} ${sources})
  target_link_libraries(unit_${name} PRIVATE vigie_flags vigie_catch ${arg_LINK})
  target_compile_definitions(unit_${name} PRIVATE VIGIE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  set(tests unit.${name})
  if(arg_BY_FILE)
    set(tests)
    foreach(source IN LISTS sources)
      get_filename_component(file "${source}" NAME_WE)
      string(REGEX REPLACE "_test$" "" short "${file}")
      list(APPEND tests unit.${name}.${short})
      add_test(NAME unit.${name}.${short} COMMAND unit_${name} --filenames-as-tags --warn NoTests "[#${file}]~[.]")
    endforeach()
  else()
    add_test(NAME unit.${name} COMMAND unit_${name})
  endif()
  vigie_test_environment(${tests})
  set(unit_${name}_tests ${tests} PARENT_SCOPE)
endfunction()
