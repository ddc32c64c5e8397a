# placecast synth: the same bytes from the same options, and returns that clean takes.
. "$(dirname "$0")/cli_test.sh"

check summary synth --children 60 --years 2 --seed 5 --out one
check json synth --children 60 --years 2 --seed 5 --json --out two
expect "the same seed gives the same bytes" diff -r one two
"$PLACECAST" synth --children 60 --years 2 --seed 6 --out three --quiet
expect "another seed gives other children" test "$(cmp one/ssda903/2019-20/episodes.csv three/ssda903/2019-20/episodes.csv | wc -l)" = 1
check flat synth --children 60 --years 2 --layout flat --first-year 2015/16 --out flat
expect "years are in file names" test -f flat/ssda903/episodes_2015-16.csv
check help synth --help
"$PLACECAST" synth --quiet --children 60 --years 1 --out quiet >.quiet 2>&1
expect "quiet is quiet" test ! -s .quiet
expect "clean takes what synth makes" "$PLACECAST" clean one/ssda903 --quiet

check messy synth --children 300 --years 3 --messy --out messy
expect "clean takes what --messy plants" "$PLACECAST" clean messy/ssda903 --quiet --out found
# Rule, severity, file, row, authority and child of each: what is planted is found, and nothing else is.
key() { cut -d, -f1-6 "$1" | tail -n +2 | sort; }
key messy/planted.csv >planted
key found/quality.csv >found_rows
expect "something is planted" test "$(wc -l <planted)" -gt 30
expect "all that is planted is found, and nothing else" diff planted found_rows
check bad_layout synth --layout heap
check bad_year synth --first-year 2018
check bad_year_pair synth --first-year=2018/20
check too_many_children synth --children 100001
check no_years synth --years 0
check negative_seed synth --seed -1
check seed_too_long synth --seed 1000000000000000000
check not_a_number synth --children=60.5
check truth_missing synth nowhere.csv
check out_below_a_file synth --out /dev/null/here
finish
