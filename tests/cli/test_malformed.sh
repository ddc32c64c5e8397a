# Every malformed file that is kept, through the command: rejected with a message that names the place or repaired, nothing half
# written. What each message says is tested beside the code that says it.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/malformed" "$data/scenarios" .
for file in malformed/ssda903/*.csv; do
    name="$(basename "$file" .csv)"
    rm -rf returns out
    mkdir returns
    cp "$file" returns/
    record "$name" clean returns --out out
    if [ "$code" = 3 ]; then
        expect "$name: a rejection names the file" grep -Eq "^(returns|$name.csv(:[0-9]+)?): ." .err
        expect "$name: nothing is written" test ! -e out
    else
        expect "$name: neither 0 nor 3 but $code" test "$code" = 0
        expect "$name: all is written" test "$(ls -A out | tr '\n' ' ')" = "episodes.csv quality.csv tieout.csv "
    fi
done
for file in scenarios/wrong/*.yaml; do
    name="$(basename "$file")"
    record "$name" check "$file"
    expect "$name: $code, expected 3" test "$code" = 3
    expect "$name: a rejection names a place" grep -qE "^[^ ]+\.(yaml|csv)(:[0-9]+(:[0-9]+)?)?: ." .out
done
expect "no temporary file is left" test -z "$(find . -name '*.tmp')"
finish
