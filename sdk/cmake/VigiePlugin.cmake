# SPDX-License-Identifier: MIT-0
# vigie_add_plugin(NAME SOURCES file... [LINK library...] [DATA folder])
#   Makes the plugin NAME.so with one exported symbol and no way for two plugins to mix up each other's symbols, copies the
#   DATA folder to its share folder, and writes the manifest NAME.json (components, parameters, SHA-256) beside it.
#   Works in Vigie's own tree and, after find_package(Vigie), anywhere else.
set(VIGIE_EXPORT_MAP "${CMAKE_CURRENT_LIST_DIR}/plugin.map")

function(vigie_add_plugin name)
  cmake_parse_arguments(arg "" "OUTPUT_DIR;SHARE_DIR" "SOURCES;LINK;DATA" ${ARGN})
  add_library(${name} MODULE ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE vigie::sdk ${arg_LINK})
  target_compile_features(${name} PRIVATE cxx_std_20)
  set_target_properties(${name} PROPERTIES
    PREFIX "" CXX_VISIBILITY_PRESET hidden C_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    POSITION_INDEPENDENT_CODE ON LINK_DEPENDS "${VIGIE_EXPORT_MAP}")
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>)
  endif()
  target_link_options(${name} PRIVATE "LINKER:--version-script=${VIGIE_EXPORT_MAP}")
  if(NOT VIGIE_SANITIZE)
    target_link_options(${name} PRIVATE "LINKER:-z,defs")
  endif()

  set(out "${VIGIE_PLUGIN_DIR}")
  if(arg_OUTPUT_DIR)
    set(out "${arg_OUTPUT_DIR}")
  elseif(NOT out)
    set(out "${CMAKE_CURRENT_BINARY_DIR}")
  endif()
  set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY "${out}")

  if(arg_DATA)
    set(share "${out}/${name}.share")
    if(VIGIE_SHARE_DIR AND NOT arg_OUTPUT_DIR)
      set(share "${VIGIE_SHARE_DIR}/${name}")
    endif()
    file(GLOB_RECURSE data CONFIGURE_DEPENDS "${arg_DATA}/*")
    add_custom_command(TARGET ${name} POST_BUILD
      COMMAND "${CMAKE_COMMAND}" -E copy_directory "${arg_DATA}" "${share}" VERBATIM)
    set_property(TARGET ${name} APPEND PROPERTY LINK_DEPENDS ${data})
  endif()

  if(TARGET vigie::vigie)
    add_dependencies(${name} vigie::vigie)
    add_custom_command(TARGET ${name} POST_BUILD
      COMMAND "$<TARGET_FILE:vigie::vigie>" plugin manifest "$<TARGET_FILE:${name}>" --out "${out}/${name}.json"
      VERBATIM)
  endif()
endfunction()
