# A run of a sweep is what `run` gives for the same scenario, to the last digit of its files: from returns with every table of
# prices, from published tables, and for several authorities; seek and sensitivity begin from published tables as well.
. "$(dirname "$0")/cli_test.sh"

quantiles='p025, p05, p10, p25, p50, p75, p90, p95, p975'
# sweep_of NAME BASE KEYS: a sweep of one run in NAME.db that keeps all there is, and `run` of the same scenario in NAME/.
sweep_of() {
    local name="$1" base="$2" keep="$3" authority="${4:-}" replicates="${5:-}"
    {
        printf 'sweep: 1\nname: One\nbase: %s\nfactors: [{name: seed, key: seed, values: [5]}%s]\n' "$base" "$authority"
        [ -z "$replicates" ] || echo "replicates: $replicates"
        printf 'keep: {measures: [%s], categories: each, dates: [years, months], quantiles: [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975]}\n' "$keep"
    } >"$name.yaml"
    rm -f "$name.db"
    "$PLACECAST" sweep "$name.yaml" --out "$name.db" --quiet
}
run_of() { # NAME BASE OPTIONS...
    local name="$1" base="$2"
    shift 2
    "$PLACECAST" run "$base" --quiet --no-backtest --format csv --out "$name" --set seed=5 "$@" 2>/dev/null
}
# compare DB RUN FOLDER LA MEASURES: how many figures there are, and how many of them differ by more than the rounding in the file.
compare() {
    local db="$1" run="$2" folder="$3" la="$4" names="" each
    for each in $5; do names="$names'$each',"; done
    {
        echo ".mode csv"
        for each in forecast annual; do
            echo ".import $folder/$each.csv $each"
        done
        echo "ATTACH '$db' AS db;"
        echo "CREATE TEMP TABLE file(date, measure, category, name, value);"
        for each in mean sd ${quantiles//,/}; do
            for table in forecast annual; do
                [ "$table" = annual ] && date=year || date=date
                echo "INSERT INTO file SELECT $date, measure, category, '$each', $each FROM $table WHERE measure IN (${names%,})${la:+ AND la = '$la'};"
            done
        done
        echo "CREATE TEMP TABLE kept(date, measure, category, name, value);"
        for each in mean sd ${quantiles//,/}; do
            echo "INSERT INTO kept SELECT date, measure, category, '$each', $each FROM db.results WHERE run = $run AND measure NOT IN ('target_met', 'budget_gbp', 'outturn_gbp', 'gap_gbp', 'p_over_budget');"
        done
        # A digit after the point fewer is ten times the rounding; exact halves may go either way.
        echo ".mode list"
        echo "SELECT count(*), sum(file.value <> '' AND NOT abs(file.value - kept.value) <= 0.5000001 *
                  CASE instr(file.value, '.') WHEN 0 THEN 1.0 ELSE pow(10, instr(file.value, '.') - length(file.value)) END + 1e-15 * abs(kept.value)),
                  sum(file.value <> ''), (SELECT count(*) FROM kept) FROM file LEFT JOIN kept USING (date, measure, category, name);"
    } | sqlite3 ":memory:"
}
agree() { # TEXT DB RUN FOLDER LA MEASURES
    local n differ filled kept
    IFS='|' read -r n differ filled kept < <(compare "$2" "$3" "$4" "$5" "$6")
    echo "$1: $n figures, $filled filled, $kept kept, $differ differ"
    expect "$1: there are figures" test "$filled" -gt 1000 -a "$n" = "$kept"
    expect "$1: each is that of run" test "$differ" = 0
}
some="children place_days starts ceases moves status_changes cost_gbp cost_real_gbp"

# Returns, with every table under costs, priors and a window of their own.
cp -r "$data/small" .
printf 'category,weekly_gbp,spread,need\nfoster_inhouse,450,0.2,\nfoster_inhouse,700,,N1\nfoster_ifa,900,0.3,\nresidential_external,4500,0.3,\nkinship,200,,\nsupported,1200,,\nresidential_inhouse,3000,,\n' >small/prices.csv
printf 'source,kind,category,amount\nHealth,share,residential_external,0.25\nHome Office,grant,,20000\n' >small/income.csv
printf 'category,kind,gbp,places\nresidential_inhouse,block,3000,3\nfoster_ifa,setup,1500,\n' >small/contracts.csv
printf 'process,unit_gbp\n1,1200\n2,300\n' >small/processes.csv
printf 'family,stream,cause,age_band,rate\nexit,local,home,all,0.5\nexit,uasc,home,all,0.1\n' >small/priors.csv
cat >small/full.yaml <<'YAML'
placecast: 1
extends: base.yaml
name: Full
replicates: 60
months: 18
data: {priors: priors.csv, window: {from: 2020-04-01, to: 2022-03-31}, published: published.csv}
capacity: {residential_inhouse: {places: 2}}
overflow: {residential_inhouse: [residential_external]}
costs: {weekly: prices.csv, income: income.csv, contracts: contracts.csv, processes: processes.csv}
interventions: [{name: Help, kind: prevent, effect: 0.3}, {name: Price, kind: price, categories: [residential_external], effect: -0.1}]
YAML
full="$some income_gbp net_cost_gbp overflow unmet displaced unmet_days days_full"
sweep_of returns small/full.yaml "${full// /, }"
run_of one small/full.yaml
agree "returns" returns.db 1 one "" "$full"
expect "prices count" awk -F, '$3 == "income_gbp" && $4 == "all" && $5 > 1000 { some = 1 } END { exit !some }' one/annual.csv
# A price that changes after the sweep is seen, whichever table it stands in.
for each in income contracts processes; do
    cp "small/$each.csv" kept.csv
    sed -i '$s/,[0-9.]*\(,[0-9]*\)\?$/,1\1/' "small/$each.csv"
    "$PLACECAST" sweep returns.yaml --out returns.db --quiet 2>changed.err && fail "$each.csv has changed and is not refused"
    expect "$each.csv is named" grep -q "$each.csv" changed.err
    mv kept.csv "small/$each.csv"
done

# Published tables, with prices drawn for each child.
cp -r "$data/summary" .
printf 'category,weekly_gbp,spread,age_band\nfoster_inhouse,450,0.2,\nfoster_ifa,900,,\nresidential_external,4500,0.3,\nresidential_external,3900,0.1,5-9\nkinship,200,,\nsupported,1200,,\n' >summary/weekly.csv
cat >summary/priced.yaml <<'YAML'
placecast: 1
extends: base.yaml
name: Priced tables
replicates: 60
data: {priors: priors.csv}
costs: {weekly: weekly.csv}
targets: [{name: few homes, measure: children, category: residential_external, by: 2025-03-31, at_most: 60}]
interventions: [{name: Help, kind: prevent, effect: 0.1}]
YAML
cp small/priors.csv summary/
sweep_of tables summary/priced.yaml "${some// /, }"
run_of two summary/priced.yaml
agree "published tables" tables.db 1 two "" "$some"
expect "the tables are inputs" test "$(sqlite3 tables.db "SELECT count(*) FROM meta WHERE key LIKE 'input %stock.csv' OR key LIKE 'input %starts.csv' OR key LIKE 'input %ceases.csv' OR key LIKE 'input %priors.csv'")" = 4
sed -i '$s/[0-9]*$/1/' summary/ceases.csv
"$PLACECAST" sweep tables.yaml --out tables.db --quiet 2>changed.err && fail "changed tables are not refused"
expect "the table that has changed is named" grep -q 'ceases.csv' changed.err

"$PLACECAST" seek summary/priced.yaml --lever interventions.Help.effect=0:0.9 --target 'few homes' --confidence 0.5 --points 3 --json --quiet >seek.json
expect "seek begins from published tables" grep -q '"verb":"seek"' seek.json
sed 's/values: \[5\]/range: {low: 0, high: 0.5}/; s/key: seed/key: interventions.Help.effect/; s/name: seed/name: help/' tables.yaml >help.yaml
"$PLACECAST" sensitivity help.yaml --replicates 10 --points 4 --out sensitivity --quiet
expect "so does sensitivity" awk -F, '$1 == "cost_gbp" && $2 == "help" && $8 > 0 { some = 1 } END { exit !some }' sensitivity/sensitivity.csv

# Budget and workforce of a council's plan: each holder, team and kind of case.
plan="$SOURCE_DIR/scenarios/barking-2019/base.yaml"
work="posts_needed case_load open_cases staff_cost_gbp agency_posts"
sweep_of plan "$plan" "${some// /, }, ${work// /, }, budget_gbp, outturn_gbp, gap_gbp, p_over_budget" "" 60
run_of council "$plan" --replicates 60
agree "the workforce" plan.db 1 council "" "$some $work"
# budget GAP COLUMN: how many years of annual.csv have it, and in how many the sweep says the same.
budget() {
    {
        printf '.mode csv\n.import council/annual.csv annual\n.mode list\n'
        echo "ATTACH 'plan.db' AS db;"
        echo "SELECT count(*), sum(abs(a.$2 - r.mean) <= 0.00501) FROM annual AS a JOIN db.results AS r ON r.date = a.year AND r.measure = '$1' AND r.category = 'all'
                  WHERE a.measure = 'cost_gbp' AND a.category = 'all' AND a.$2 <> '';"
    } | sqlite3 ":memory:"
}
years="$(awk -F, '$3 == "cost_gbp" && $4 == "all"' council/annual.csv | wc -l)"
expect "the budget is that of run" test "$(budget budget_gbp budget_gbp)" = "$years|$years"
expect "so is the gap" test "$(budget gap_gbp gap_gbp)" = "$years|$years"
expect "and the chance of overspending" test "$(budget p_over_budget p_over_budget)" = "$years|$years"
expect "the gap is the outturn less the budget, in quantiles too" \
    test "$(sqlite3 plan.db "SELECT count(*), sum(abs(g.mean - o.mean + b.mean) < 0.01 AND abs(g.p90 - o.p90 + b.mean) < 0.01 AND g.sd = o.sd) FROM results AS g
        JOIN results AS o USING (date, category) JOIN results AS b USING (date, category)
        WHERE g.measure = 'gap_gbp' AND o.measure = 'outturn_gbp' AND b.measure = 'budget_gbp' AND category = 'all'")" = "$years|$years"
printf 'sweep: 1\nname: No plan\nbase: small/full.yaml\nfactors: [{name: seed, key: seed, values: [1, 2]}]\nkeep: {measures: [gap_gbp, posts_needed], categories: [SDT]}\n' >none.yaml
"$PLACECAST" check none.yaml >none.txt 2>&1 && fail "measures that are not there are not refused"
expect "the gap needs a budget" grep -q 'need `budget`' none.txt
expect "posts need a workforce" grep -q 'need `workforce`' none.txt
expect "a team needs a workforce" grep -q 'has no category "SDT"' none.txt
sed "s,small/full.yaml,$plan," none.yaml >some.yaml
expect "with them all three are there" "$PLACECAST" check some.yaml --quiet

# Three authorities: all together, and each by itself.
"$PLACECAST" synth --la North=60,South=40,West=30 --first-year 2019/20 --years 3 --seed 3 --layout merged --out made --quiet
cat >three.yaml <<'YAML'
placecast: 1
name: Three
start: 2022-04-01
months: 15
replicates: 40
data: {ssda903: made/ssda903}
authorities: all
costs: {weekly: small/weekly.csv}
YAML
sweep_of all three.yaml "${some// /, }"
sweep_of each three.yaml "${some// /, }" ', {name: la, authorities: all}'
run_of three three.yaml
agree "three authorities together" all.db 1 three all "$some"
run=0
for la in North South West; do
    run=$((run + 1))
    expect "run $run is $la" test "$(sqlite3 each.db "SELECT la FROM runs WHERE run = $run")" = "$la"
    run_of "alone$run" three.yaml --set "authorities=[$la]"
    agree "$la by itself" each.db "$run" "alone$run" "" "$some"
done
finish
