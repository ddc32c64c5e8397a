# placecast seek: the answer holds in a run of its own, the value before it does not; what cannot be met; two levers; mistakes.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
cat >small/plan.yaml <<'YAML'
placecast: 1
extends: base.yaml
name: Small plan
interventions: [{name: Help, kind: exit_rate, effect: 0}]
targets: [{name: few, measure: children, by: 2023-03-31, at_most: 5}]
YAML
lever="interventions.Help.effect"
"$PLACECAST" seek small/plan.yaml --lever "$lever=0:10" --target few --confidence 0.6 --tolerance 0.01 --json --quiet --threads 2 >one.json
"$PLACECAST" seek small/plan.yaml --lever "$lever=0:10" --target few --confidence 0.6 --tolerance 0.01 --json --quiet --threads 1 >two.json
expect "the same bytes for any threads" cmp one.json two.json
expect "--json is one line" test "$(wc -l <one.json)" = 1
found="$(sed 's/.*"smallest":{"lever":\([^,]*\),.*/\1/' one.json)"

# The chance in a run of its own.
chance() {
    "$PLACECAST" run small/plan.yaml --set "$lever=$1" --quiet --no-backtest --format csv --out one 2>/dev/null
    awk -F, 'NR == 1 { for (f = 1; f <= NF; f++) if ($f == "probability") p = f } NR == 2 { print $p }' one/targets.csv
}
expect "the answer meets the target" awk "BEGIN { exit !($(chance "$found") >= 0.6) }"
expect "and a little less does not" awk "BEGIN { exit !($(chance "$(awk "BEGIN { print $found - 0.011 }")") < 0.6) }"
"$PLACECAST" seek small/plan.yaml --lever "$lever=0:10" --target '{measure: children, by: 2023-03-31, at_most: 5}' --confidence 0.6 \
    --tolerance 0.01 >full.txt 2>full.err
expect "a target in full gives the same answer" grep -q "^Answer    ${found:0:5}" full.txt
expect "with the place of the answer in its curve" grep -q " <-$" full.txt
expect "and one warning of the first value only" test "$(grep -c 'can have no effect' full.err)" = 1
shape cannot seek small/plan.yaml --lever "$lever=0:0.1" --target few --confidence 0.999
expect "that it cannot be met is no failure" grep -q 'exit code 0' "$scratch/.record"
shape frontier seek small/plan.yaml --lever "$lever=0:4" --lever interventions.Help.confidence=0.2:1 --target few --confidence 0.5 --points 3

check no_lever seek small/plan.yaml --target few
check no_target seek small/plan.yaml --lever "$lever=0:1"
check bad_lever seek small/plan.yaml --lever "$lever=0-1" --target few
check three_levers seek small/plan.yaml --lever a=0:1 --lever b=0:1 --lever c=0:1 --target few
check unknown_key seek small/plan.yaml --lever interventions.Help.effekt=0:1 --target few --quiet
check unknown_target seek small/plan.yaml --lever "$lever=0:1" --target many --quiet
check target_in_full_wrong seek small/plan.yaml --lever "$lever=0:1" --target '{measure: childen, by: 2023-03-31, at_most: 5}' --quiet
check bad_confidence seek small/plan.yaml --lever "$lever=0:1" --target few --confidence 80
check same_bounds seek small/plan.yaml --lever "$lever=1:1" --target few --quiet
check help seek --help
finish
