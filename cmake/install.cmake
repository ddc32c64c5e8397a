# What `cmake --install` and `cpack` put where: the command, the library with its headers, manual page, completion, scenarios.
include(GNUInstallDirs)

# The whole static library once more, for programs in other languages and for dynamic linking. It shows the names that the public
# headers have, and no others.
file(GLOB public_headers CONFIGURE_DEPENDS include/placecast/*.h)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${public_headers})
set(public_names "")
foreach(header IN LISTS public_headers)
    file(READ ${header} text)
    string(REGEX MATCHALL "pc_[a-z0-9_]+" names "${text}")
    list(APPEND public_names ${names})
endforeach()
list(REMOVE_DUPLICATES public_names)
list(SORT public_names)
list(JOIN public_names "; " public_names)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/symbols.map CONTENT "{ global: @public_names@; local: *; };\n" @ONLY)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/generated/shared.c CONTENT "extern int no_source; /* CMake wants one */\n")
add_library(libplacecast_shared SHARED ${CMAKE_BINARY_DIR}/generated/shared.c)
set_target_properties(libplacecast_shared PROPERTIES OUTPUT_NAME placecast EXPORT_NAME placecast
    VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR}
    LINK_DEPENDS ${CMAKE_BINARY_DIR}/generated/symbols.map)
target_link_options(libplacecast_shared PRIVATE -Wl,--version-script=${CMAKE_BINARY_DIR}/generated/symbols.map)
target_link_libraries(libplacecast_shared PRIVATE "$<BUILD_INTERFACE:placecast_flags>" "$<LINK_LIBRARY:WHOLE_ARCHIVE,libplacecast>")
target_include_directories(libplacecast_shared INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)

# The manual page and the completion come from the tables that also make --help.
set(PLACECAST_MANUAL ${CMAKE_BINARY_DIR}/generated/placecast.1)
set(PLACECAST_COMPLETION ${CMAKE_BINARY_DIR}/generated/placecast.bash)
add_custom_command(OUTPUT ${PLACECAST_MANUAL} ${PLACECAST_COMPLETION}
    COMMAND placecast --manual > ${PLACECAST_MANUAL}
    COMMAND placecast --completion > ${PLACECAST_COMPLETION}
    DEPENDS placecast VERBATIM)
add_custom_target(placecast_words ALL DEPENDS ${PLACECAST_MANUAL} ${PLACECAST_COMPLETION})

configure_file(cmake/placecast.pc.in ${CMAKE_BINARY_DIR}/generated/placecast.pc @ONLY)
include(CMakePackageConfigHelpers)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/generated/placecastConfigVersion.cmake COMPATIBILITY SameMinorVersion)

install(TARGETS placecast RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS libplacecast ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS libplacecast_shared EXPORT placecast LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT placecast FILE placecastConfig.cmake NAMESPACE placecast::
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/placecast)
install(FILES ${CMAKE_BINARY_DIR}/generated/placecastConfigVersion.cmake
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/placecast)
install(DIRECTORY include/placecast ${CMAKE_BINARY_DIR}/generated/placecast DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    FILES_MATCHING PATTERN "*.h")
install(FILES ${CMAKE_BINARY_DIR}/generated/placecast.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES ${PLACECAST_MANUAL} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${PLACECAST_COMPLETION} DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME placecast)
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/placecast)
install(DIRECTORY docs examples DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright)

# `cpack -G DEB` in the build folder. With SOURCE_DATE_EPOCH set two builds give the same bytes (tools/check-package).
set(CPACK_PACKAGE_NAME placecast)
set(CPACK_PACKAGE_VENDOR "placecast")
set(CPACK_PACKAGE_CONTACT "placecast developers <placecast@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
include(CPack)
