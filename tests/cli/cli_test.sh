# cli_test.sh - what the command-line tests share. Source it first: each test then stands in a scratch folder of its own.
#
#   check NAME ARGUMENTS...   runs placecast and compares exit code, standard output and standard error with
#                             tests/data/golden/<test>/NAME.txt
#   shape NAME ARGUMENTS...   the same with # for every number, one blank for several and without the lines of single categories,
#                             some of which come and go: where the figures are for other tests
#   same NAME FILE            compares a file with tests/data/golden/<test>/NAME
#   expect TEXT COMMAND...    fails with TEXT unless the command succeeds
#
# UPDATE_GOLDEN=1 writes the golden files instead of comparing: read the difference before you commit it.
set -euo pipefail
: "${PLACECAST:?the binary}" "${SOURCE_DIR:?the top of the sources}"
export LC_ALL=C
test_name="$(basename "$0" .sh)"
golden="$SOURCE_DIR/tests/data/golden/${test_name#test_}"
data="$SOURCE_DIR/tests/data"
failures=0
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

fail() {
    echo "FAILED: $*"
    failures=$((failures + 1))
}

expect() {
    local text="$1"
    shift
    "$@" || fail "$text"
}

same() {
    if [ -n "${UPDATE_GOLDEN:-}" ]; then
        mkdir -p "$golden"
        cp "$2" "$golden/$1"
    elif ! diff -u "$golden/$1" "$2"; then
        fail "$1 is not as in $golden (if it is meant to be: UPDATE_GOLDEN=1)"
    fi
}

# What differs from one machine to another is not part of a golden file.
portable() {
    sed -e "s,$SOURCE_DIR,SOURCE,g" -e "s,$scratch,SCRATCH,g"
}

check() {
    record "$@"
    same "$1.txt" "$scratch/.record"
}

shape() {
    record "$@"
    sed -i -e '2,$s/[0-9][0-9,.]*/#/g' -e '2,$s/   */ /g' -e 's/---- exit code #/---- exit code '"$code"'/' \
        -e '/^All children/!{/^[A-Z][^#]* #\( # (#-#)\)\{1,\}$/d}' "$scratch/.record"
    same "$1.txt" "$scratch/.record"
}

record() {
    code=0
    shift
    "$PLACECAST" "$@" >"$scratch/.out" 2>"$scratch/.err" </dev/null || code=$?
    {
        echo "placecast $*"
        echo "---- exit code $code"
        echo "---- standard output"
        cat "$scratch/.out"
        echo "---- standard error"
        cat "$scratch/.err"
    } | portable >"$scratch/.record"
}

# Ends the test: call it last.
finish() {
    [ "$failures" = 0 ] || { echo "$test_name: $failures failed"; exit 1; }
}
