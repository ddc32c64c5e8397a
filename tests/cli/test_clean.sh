# placecast clean, on small returns with known defects, and on every way in which it cannot work.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" . # paths of the same length on every machine
returns=small/returns
check summary clean $returns --out found
for name in episodes.csv quality.csv tieout.csv; do
    same "$name" "found/$name"
done
expect "episodes.csv is for its owner alone" test "$(stat -c %a found/episodes.csv)" = 600
expect "quality.csv is for its owner alone" test "$(stat -c %a found/quality.csv)" = 600
expect "nothing temporary is left" test "$(ls -A found | wc -l)" = 3

check published clean $returns --published small/published.csv --out published
check extract_given --extract=30/09/2021 clean $returns --out extract
check json clean $returns --json --out json
check quiet clean $returns --quiet --out quiet
expect "the same bytes again" cmp found/episodes.csv quiet/episodes.csv
"$PLACECAST" clean $returns --quiet
expect "the default folder is out/clean" test -f out/clean/episodes.csv

check no_folder clean nowhere
mkdir empty
check empty_folder clean empty
check a_file_as_folder clean $returns/2020-21/episodes.csv
check published_missing clean $returns --published nowhere.csv --out never
check codes_missing clean $returns --codes nowhere.yaml --out never
check out_below_a_file clean $returns --out /dev/null/here
check outside clean $returns --confine empty
mkdir confined
ln -s "$PWD/$returns/2021-22" confined/2021-22
check outside_by_a_link clean confined --confine confined --out never
expect "nothing is written where input is rejected" test ! -e never

code=0
"$PLACECAST" clean $returns --out full >/dev/full 2>.err || code=$?
expect "a full disk on standard output fails the run" test "$code" = 1
expect "and says so" grep -q "standard output: cannot be written: No space left on device" .err
code=0
{ "$PLACECAST" clean $returns --out pipe 2>.err || echo $? >.code; } | true
expect "a closed pipe needs no words" test ! -s .err
finish
