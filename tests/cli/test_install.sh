# What `cmake --install` puts into place serves: the C example builds against it in both ways and gives the command's own figures, the
# completion completes, the manual page is sound, and every function of the public headers is in the library.
. "$(dirname "$0")/cli_test.sh"

build="$(dirname "$PLACECAST")"
cmake --install "$build" --prefix "$scratch/usr" >.out 2>.err || fail "cmake --install: $(cat .err)"
library="$(find usr -name libplacecast.so)"
folder="$(dirname "$library")"
example="usr/share/placecast/scenarios/example/base.yaml"
cat "$SOURCE_DIR"/include/placecast/*.h | sed -e 's,/\*.*\*/,,' |
    grep -oE '^[a-z][a-zA-Z0-9_ *]*\bpc_[a-z0-9_]+\(|^PC_MUST_USE .*\bpc_[a-z0-9_]+\(' |
    grep -v '^static' | grep -oE 'pc_[a-z0-9_]+\(' | tr -d '(' | sort -u >declared
nm -D --defined-only "$library" | awk '{ print $3 }' | sort -u >defined
expect "there are functions to look for" test "$(wc -l <declared)" -gt 60
expect "every public function is in the library: $(comm -23 declared defined | tr '\n' ' ')" test -z "$(comm -23 declared defined)"
expect "and nothing but pc_ is" test -z "$(grep -v '^pc_' defined)"

# A library with sanitizers needs a program that has them as well.
if [ "$(nm -D "$library" | grep -c __asan_init)" = 0 ]; then
    export PKG_CONFIG_PATH="$folder/pkgconfig"
    cc "$SOURCE_DIR/examples/forecast.c" $(pkg-config --define-prefix --cflags --libs placecast) -o forecast 2>.err ||
        fail "the example does not build with pkg-config: $(cat .err)"
    LD_LIBRARY_PATH="$folder" ./forecast "$example" >children 2>.err || fail "the example does not run: $(cat .err)"
    "$PLACECAST" run "$example" --format csv --no-backtest --quiet --out out 2>.err
    awk -F, '$3 == "children" && $4 == "all" { printf "%s %.1f\n", $2, $5 }' out/forecast.csv >expected
    expect "the example has rows" test -s expected
    expect "the example gives what the command gives" diff children expected
    mkdir consumer
    cp "$SOURCE_DIR/examples/forecast.c" consumer
    cat >consumer/CMakeLists.txt <<'CMAKE'
cmake_minimum_required(VERSION 3.25)
project(consumer C)
find_package(placecast 0.1 REQUIRED)
add_executable(consumer forecast.c)
target_link_libraries(consumer PRIVATE placecast::placecast)
CMAKE
    { cmake -G Ninja -S consumer -B consumer/build -DCMAKE_PREFIX_PATH="$scratch/usr" && cmake --build consumer/build; } >.out 2>&1 ||
        fail "the example does not build with find_package: $(tail -5 .out)"
    consumer/build/consumer "$example" >again 2>.err
    expect "and gives the same" cmp children again
fi

complete() { bash -c '. usr/share/bash-completion/completions/placecast; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _placecast
    echo "${COMPREPLY[*]}"' bash "$@"; }
expect "verbs are completed" test "$(complete placecast ru)" = run
expect "options of a verb are completed" test "$(complete placecast run --rep)" = --replicates
expect "options of another verb are not" test -z "$(complete placecast clean --rep)"
expect "verbs are found behind options" test "$(complete placecast --quiet synth --mes)" = --messy
touch base.yaml
expect "files are completed" test "$(complete placecast run bas)" = base.yaml

page=usr/share/man/man1/placecast.1
for verb in $("$PLACECAST" --help | sed -n '/^Verbs/,/^$/s/^  \([a-z]*\) .*/\1/p'); do
    expect "$verb is in the manual" grep -q "^.SS placecast $verb " $page
done
if command -v man >/dev/null && command -v groff >/dev/null; then
    expect "the manual page is sound: $(man --warnings -l $page 2>&1 >/dev/null)" test -z "$(man --warnings -l $page 2>&1 >/dev/null)"
fi
finish
