# placecast sensitivity: its figures are those of runs of their own; any number of threads; the bundled example; mistakes.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
cat >small/sweep.yaml <<'YAML'
sweep: 1
name: Small sweep
base: base.yaml
replicates: 20
set:
  interventions: [{name: Help, kind: exit_rate, effect: 0.5}, {name: Price, kind: price, categories: [kinship, foster_inhouse, foster_ifa, residential_inhouse, residential_external, supported], effect: 0}]
  budget:
    - {year: 2022/23, side: budget, line: Base, kind: opening, amount: 300000}
    - {year: 2022/23, side: outturn, line: cost_gbp, kind: modelled}
factors:
  - {name: effect, key: interventions.Help.effect, range: {low: -0.5, high: 0.9}}
  - {name: price, key: interventions.Price.effect, range: {low: -0.3, likely: 0, high: 0.5}}
  - {name: grid, key: interventions.Help.confidence, range: {low: 0.8, high: 1, steps: 3}}
  - {name: seed, key: seed, values: [13, 11, 12]}
  - name: case
    variants:
      - {name: as now}
      - {name: dearer, set: {interventions.Price.confidence: 1, interventions.Help.effect: 0}}
      - {name: no help, set: {interventions.Help.effect: -1}}
YAML
"$PLACECAST" sensitivity small/sweep.yaml --points 16 --threads 2 --out two --json >two.json 2>two.err || { cat two.err; exit 1; }
"$PLACECAST" sensitivity small/sweep.yaml --points 16 --threads 1 --out one --quiet
expect "the same bytes for any threads" cmp one/sensitivity.csv two/sensitivity.csv
expect "--json is one line" test "$(wc -l <two.json)" = 1
expect "it says how many runs: the middle, 4 x 2 and 3 values, 16 x (3 + 2)" grep -q '"runs":92,"points":16,"replicates":20' two.json
expect "the table, what it is of, its page and workbook, and nothing else" \
    test "$(ls one | tr '\n' ' ')" = "datapackage.json report.html sensitivity.csv sensitivity.json workbook.xlsx "
"$PLACECAST" run small/base.yaml --out run --replicates 20 --quiet --no-backtest
expect "a run alone has no such section" test "$(grep -c '"sensitivity":{"columns"' run/report.html)" = 0
cp one/sensitivity.csv one/sensitivity.json run/
"$PLACECAST" report run --quiet
expect "beside a run it stands on the page of the run" test "$(grep -c '"sensitivity":{"columns"' run/report.html)" = 1
expect "with the name of its sweep" grep -q '"sensitivity":{.*"sweep":"Small sweep"' run/report.html

field() { # RESULT FACTOR COLUMN
    awk -F, -v r="$1" -v f="$2" -v c="$3" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == c) n = i } $1 == r && $2 == f { print $n }' one/sensitivity.csv
}
# A run of its own: bill of all years, children at the end.
own() { # RESULT SETTINGS...
    local result="$1" settings=()
    shift
    for each in "$@"; do settings+=(--set "$each"); done
    "$PLACECAST" run small/base.yaml --quiet --no-backtest --format csv --out own --replicates 20 --set seed=12 \
        --set 'interventions=[{name: Help, kind: exit_rate, effect: 0.2, confidence: 0.9}, {name: Price, kind: price, categories: [kinship, foster_inhouse, foster_ifa, residential_inhouse, residential_external, supported], effect: 0}]' \
        "${settings[@]}" 2>/dev/null
    if [ "$result" = cost_gbp ]; then
        awk -F, '$3 == "cost_gbp" && $4 == "all" { s += $5 } END { printf "%.2f\n", s }' own/annual.csv
    else
        awk -F, '$3 == "children" && $4 == "all" { v = $5 } END { printf "%.4f\n", v }' own/forecast.csv
    fi
}
for result in cost_gbp children; do
    expect "$result: the middle is a run of its own" test "$(field $result effect at_middle)" = "$(own $result)"
    expect "$result: so is the low end" test "$(field $result effect at_low)" = "$(own $result interventions.Help.effect=-0.5)"
    expect "$result: and the high end" test "$(field $result effect at_high)" = "$(own $result interventions.Help.effect=0.9)"
    expect "$result: a list from its least" test "$(field $result seed at_low)" = "$(own $result seed=11)"
done
expect "the least and the largest of a list" test "$(field children seed low_value)-$(field children seed high_value)" = 11-13
expect "of variants the one with the most children" test "$(field children case high_value)" = "no help"
expect "variants have no indices" test -z "$(field cost_gbp case first)"
expect "prices move no child" test "$(field children price width)-$(field children price total)" = 0.0000-0.0000
expect "prices move the bill" awk "BEGIN { exit !($(field cost_gbp price total_low) > 0.05) }"
expect "the gap moves as the bill does" \
    awk "BEGIN { d = $(field gap_gbp price width) - $(field cost_gbp price width); exit !(d < 0.02 && d > -0.02) }"
expect "five results" test "$(cut -d, -f1 one/sensitivity.csv | sort -u | tr '\n' ' ')" = "children children_residential cost_gbp gap_gbp p_over_budget result "
expect "a chance is one" awk -F, '$1 == "p_over_budget" && !($5 >= 0 && $5 <= 1 && $7 >= 0 && $7 <= 1) { bad = 1 } END { exit bad }' one/sensitivity.csv
expect "dearer placements make overspending likelier" awk "BEGIN { exit !($(field p_over_budget price at_high) > $(field p_over_budget price at_low)) }"
expect "the widest first" awk -F, 'NR > 1 { if ($1 == last && $8 > width) bad = 1; last = $1; width = $8 } END { exit bad }' one/sensitivity.csv
shape summary sensitivity small/sweep.yaml --points 16 --out one
"$PLACECAST" sensitivity small/sweep.yaml --points 16 --out wide >wide.txt 2>/dev/null
expect "80 columns" awk '{ gsub(/[\302]/, ""); if (length($0) > 80) bad = 1 } END { exit bad }' wide.txt

sed '/range:/d' small/sweep.yaml >small/lists.yaml
echo 'filter: not (seed = 13)' >>small/lists.yaml
shape lists sensitivity small/lists.yaml --out lists
expect "without ranges there are no indices" awk -F, 'NR > 1 && $9 != "" { bad = 1 } END { exit bad }' lists/sensitivity.csv

# Which assumption moves the posts that are needed: as two runs of their own say.
cat >posts.yaml <<YAML
sweep: 1
name: Posts
base: $SOURCE_DIR/scenarios/leeds-2011/base.yaml
replicates: 20
factors:
  - {name: screening, key: interventions.Referral screening.effect, values: [0, 0.2]}
YAML
"$PLACECAST" sensitivity posts.yaml --out posts --quiet 2>/dev/null
at_end() { # SCREENING MEASURE
    "$PLACECAST" run "$SOURCE_DIR/scenarios/leeds-2011/base.yaml" --replicates 20 --set "interventions.Referral screening.effect=$1" \
        --no-backtest --format csv --out leeds --quiet 2>/dev/null
    awk -F, -v m="$2" '$3 == m && $4 == "all" { v = $5 } END { printf "%.4f\n", v }' leeds/forecast.csv
}
posts() { awk -F, -v r="$1" -v c="$2" '$1 == r { print $c }' posts/sensitivity.csv; }
near() { awk -v a="$1" -v b="$2" 'BEGIN { d = a - b; exit !(a > 1 && d <= 0.00501 && d >= -0.00501) }'; } # forecast.csv has hundredths of posts
expect "posts needed without screening" near "$(posts posts_needed 5)" "$(at_end 0 posts_needed)"
expect "and with it" near "$(posts posts_needed 7)" "$(at_end 0.2 posts_needed)"
expect "open cases with it" near "$(posts open_cases 7)" "$(at_end 0.2 open_cases)"
expect "more referrals take more posts" awk "BEGIN { exit !($(posts posts_needed 7) > $(posts posts_needed 5)) }"

check not_a_sweep sensitivity small/base.yaml --out none
check bad_points sensitivity small/sweep.yaml --points 2 --out none
check of_another sensitivity small/sweep.yaml --shard 1/2
check no_file sensitivity --out none
check help sensitivity --help
expect "nothing is made where input is rejected" test ! -e none

"$PLACECAST" sensitivity "$SOURCE_DIR/scenarios/example/sweep.yaml" --out example --quiet --replicates 4 --points 8
expect "the bundled example runs" test "$(wc -l <example/sensitivity.csv)" = 13
finish
