# What is promised of the library, asked of the built one: names, descriptions, no state, no printing (tools/check-library).
. "$(dirname "$0")/cli_test.sh"

build="$(dirname "$PLACECAST")"
nm -u "$build/libplacecast.a" 2>/dev/null >symbols || true
cd "$SOURCE_DIR"
expect "each planted fault is found" tools/check-library --self-test
# Sanitizers add data and calls of their own.
if [ "$(grep -cE '__(asan|tsan|ubsan|gcov|llvm_prof)' "$scratch/symbols")" = 0 ]; then
    expect "the library is as promised" tools/check-library "$build"
fi
tools/make-api "$scratch/api" || fail "the reference is made without a warning"
expect "and holds each public call" test "$(grep -c '<pre id=.pc_' "$scratch/api/api.html")" -gt 100
cd "$scratch"
finish
