# SPDX-License-Identifier: Apache-2.0
# `cmake --install`: the program, its plugins and their data, and the SDK with a CMake package for plugin authors.
include(CMakePackageConfigHelpers)
install(TARGETS vigie RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
install(DIRECTORY "${VIGIE_PLUGIN_DIR}/" DESTINATION lib/vigie/plugins)
install(DIRECTORY "${VIGIE_SHARE_DIR}/" DESTINATION share/vigie OPTIONAL)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/sdk/include/vigie" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
install(TARGETS vigie_sdk EXPORT VigieTargets)
install(EXPORT VigieTargets NAMESPACE vigie:: DESTINATION lib/cmake/Vigie)
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/VigieConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/VigieConfigVersion.cmake" "${PROJECT_SOURCE_DIR}/sdk/cmake/VigieConfig.cmake"
              "${PROJECT_SOURCE_DIR}/sdk/cmake/VigiePlugin.cmake" "${PROJECT_SOURCE_DIR}/sdk/cmake/plugin.map"
        DESTINATION lib/cmake/Vigie)
