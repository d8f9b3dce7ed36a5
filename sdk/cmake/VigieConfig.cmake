# SPDX-License-Identifier: MIT-0
# find_package(Vigie): the target vigie::sdk, the program as vigie::vigie and vigie_add_plugin().
include("${CMAKE_CURRENT_LIST_DIR}/VigieTargets.cmake")
get_filename_component(VIGIE_PREFIX "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)
if(NOT TARGET vigie::vigie)
  add_executable(vigie::vigie IMPORTED)
  set_target_properties(vigie::vigie PROPERTIES IMPORTED_LOCATION "${VIGIE_PREFIX}/bin/vigie")
endif()
include("${CMAKE_CURRENT_LIST_DIR}/VigiePlugin.cmake")
