# placecast fit: the model as tables, and none of the children in them by name.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
shape summary fit small/base.yaml --out one
expect "the files are those of the contract" \
    test "$(ls -A one | tr '\n' ' ')" = "children.csv first_placements.csv fit.json rates.csv start_rates.csv "
expect "children.csv is for its owner alone" test "$(stat -c %a one/children.csv)" = 600
expect "no child identifier is in any result" bash -c '! grep -rE "(^|[^0-9.])(100[1-9]|101[0-2])([^0-9]|$)" one .out'
shape json fit small/base.yaml --json --out two
expect "the same bytes again" diff -r one two
check quiet fit small/base.yaml --quiet
expect "the default folder is out/<scenario name>" test -f out/Small_base/rates.csv
grep -v -e extract: -e window: small/base.yaml >small/old.yaml
check nobody_at_risk fit small/old.yaml --extract 31/03/2001 --out never
expect "nothing is written where input is rejected" test -z "$(ls -A never 2>/dev/null)"
check missing_file fit nowhere.yaml
check out_below_a_file fit small/base.yaml --out /dev/null/here
check help fit --help
finish
