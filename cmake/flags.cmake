# Compiler flags for every target of the project, as the interface target `placecast_flags`.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g -DNDEBUG" CACHE STRING "" FORCE)
# Optimised a little: the statistical tests are several times faster, and gcc sees more of what it warns about.
set(CMAKE_C_FLAGS_DEBUG "-O1 -g" CACHE STRING "" FORCE)
if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()

add_library(placecast_flags INTERFACE)
target_compile_definitions(placecast_flags INTERFACE _POSIX_C_SOURCE=200809L)
# -ffp-contract=off: a fused multiply-add would change the last bit from one compiler or machine to another.
target_compile_options(placecast_flags INTERFACE
    -ffp-contract=off -fno-common -fstack-protector-strong
    -pedantic-errors -Wall -Wextra -Wconversion -Wsign-conversion -Wfloat-equal -Wshadow
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wcast-qual -Wcast-align -Wpointer-arith
    -Wwrite-strings -Wformat=2 -Wvla -Wundef -Wswitch-enum -Wimplicit-fallthrough -Wredundant-decls)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    target_compile_options(placecast_flags INTERFACE
        -Wdouble-promotion -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wjump-misses-init -Walloc-zero
        -Wformat-signedness)
else()
    # Not here: -Wdouble-promotion, which clang gives for every NAN and INFINITY of <math.h>.
    target_compile_options(placecast_flags INTERFACE
        -Wcomma -Wunreachable-code-aggressive -Wextra-semi-stmt -Wmissing-variable-declarations
        -Wshift-sign-overflow)
endif()
if(PLACECAST_SCALAR)
    target_compile_definitions(placecast_flags INTERFACE PC_SCALAR)
endif()
if(PLACECAST_WERROR)
    target_compile_options(placecast_flags INTERFACE -Werror)
endif()
if(PLACECAST_SANITIZE)
    target_compile_options(placecast_flags INTERFACE
        -fno-omit-frame-pointer -fsanitize=address,undefined,float-divide-by-zero,float-cast-overflow
        -fno-sanitize-recover=all)
    target_link_options(placecast_flags INTERFACE -fsanitize=address,undefined)
endif()
if(PLACECAST_SANITIZE_THREADS) # clang: gcc's OpenMP library tells the sanitizer nothing, so that it sees races where there are none
    target_compile_options(placecast_flags INTERFACE -fno-omit-frame-pointer -fsanitize=thread)
    target_link_options(placecast_flags INTERFACE -fsanitize=thread)
endif()
if(PLACECAST_COVERAGE)
    target_compile_options(placecast_flags INTERFACE --coverage -fprofile-update=atomic)
    target_link_options(placecast_flags INTERFACE --coverage)
endif()
if(PLACECAST_FUZZ)
    target_compile_options(placecast_flags INTERFACE -fsanitize=fuzzer-no-link -O2)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
    target_compile_definitions(placecast_flags INTERFACE _FORTIFY_SOURCE=2)
    # No path of the machine that built it: equal sources give equal bytes (tools/check-package).
    target_compile_options(placecast_flags INTERFACE
        -ffile-prefix-map=${CMAKE_BINARY_DIR}=. -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
endif()
