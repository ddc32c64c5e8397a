# placecast run: the files it writes, the same bytes for any number of threads, and every way in which it cannot work.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
shape summary run small/base.yaml --out one --threads 1
mean="$(grep '^Small base,2022/23,children,all,' one/annual.csv | cut -d, -f5)"
expect "the summary says the mean of annual.csv" grep -q "^All children  *5  *$(printf %.0f "$mean") (" .out
expect "the year ends as its last month does" \
    test "$(grep '^Small base,2023-03-31,children,' one/forecast.csv | cut -d, -f4-)" = \
    "$(grep '^Small base,2022/23,children,' one/annual.csv | cut -d, -f4-15)"
expect "the files are those of the contract" test "$(ls -A one | tr '\n' ' ')" = "annual.csv assumptions.csv datapackage.json exits.csv forecast.csv report.html run.json skill.csv skill_summary.csv tieout.csv workbook.xlsx "
expect "a row for each month, measure and category, and the header" \
    test "$(wc -l <one/forecast.csv)" = "$((12 * 8 * 11 + 1))"

"$PLACECAST" run small/base.yaml --out two --threads 2 --quiet
"$PLACECAST" run small/base.yaml --out three --threads 3 --quiet
for name in forecast.csv annual.csv exits.csv tieout.csv datapackage.json report.html workbook.xlsx; do
    expect "$name has the same bytes for two threads" cmp "one/$name" "two/$name"
    expect "$name has the same bytes for three threads" cmp "one/$name" "three/$name"
done
"$PLACECAST" run --seed 12 small/base.yaml --out seed --quiet
expect "another seed gives another forecast" bash -c '! cmp -s one/forecast.csv seed/forecast.csv'
"$PLACECAST" run small/base.yaml --out set --set seed=12 --quiet
expect "--set does what the option does" cmp seed/forecast.csv set/forecast.csv

expect "no child identifier is in any result" bash -c '! grep -rE "\b(100[1-9]|101[0-2])\b" one/run.json .out'
expect "run.json names every input with its hash" test "$(grep -c '"sha256": "[0-9a-f]\{64\}"' one/run.json)" = 10
expect "the hash is that of the file" grep -q "$(sha256sum small/weekly.csv | cut -d' ' -f1)" one/run.json

shape json run small/base.yaml --json --out json --replicates 20
check quiet run small/base.yaml --quiet --out quiet --replicates 20
"$PLACECAST" run small/base.yaml --replicates 20 --quiet
expect "the default folder is out/<scenario name>, safe for a file system" test -f out/Small_base/run.json
"$PLACECAST" run small/base.yaml --replicates 20 --quiet --format csv --out tables
expect "--format csv leaves out run.json" test "$(ls -A tables | tr '\n' ' ')" = "annual.csv assumptions.csv exits.csv forecast.csv skill.csv skill_summary.csv tieout.csv "
"$PLACECAST" run small/base.yaml --replicates 20 --quiet --format=json --out record
expect "--format json is run.json alone" test "$(ls -A record)" = run.json
"$PLACECAST" run small/base.yaml --replicates 20 --quiet --format html --out page
expect "--format html writes what the page is made of" \
    test "$(ls -A page | tr '\n' ' ')" = "annual.csv assumptions.csv datapackage.json exits.csv forecast.csv report.html run.json skill.csv skill_summary.csv tieout.csv "
grep -v "^costs:" small/base.yaml >small/unpriced.yaml
shape without_prices run small/unpriced.yaml --out unpriced --replicates 20
expect "without prices there is no cost measure" test "$(cat unpriced/*.csv | grep -c cost_gbp)" = 0
expect "but all the others" test "$(wc -l <unpriced/forecast.csv)" = "$((12 * 6 * 11 + 1))"
shape published run small/base.yaml --out published --replicates 20 --published small/published.csv
check help run --help

# Several authorities: a column la, and their sum under the name all.
"$PLACECAST" synth --layout merged --la "North=60,South=30" --years 3 --quiet --out several
cat >several.yaml <<'YAML'
{placecast: 1, name: Several, start: 2022-04-01, months: 6, replicates: 50, data: {ssda903: several/ssda903, extract: 2022-03-31}}
YAML
shape several run several.yaml --out sum
expect "rows of North, South and all" \
    test "$(tail -n +2 sum/forecast.csv | cut -d, -f2 | sort | uniq -c | awk '{ printf "%s%s ", $2, $1 }')" = "North396 South396 all396 "
expect "authorities add up to all" awk -F, '
    $4 == "children" && $2 != "all" { sum[$3 $5] += $6 } $4 == "children" && $2 == "all" { all[$3 $5] = $6 }
    END { for (k in all) { n++; d = all[k] - sum[k]; if (d < -0.001 || d > 0.001) bad = 1 } exit bad || n != 66 }
' sum/forecast.csv
check authority_unknown run several.yaml --set 'authorities=[Nrth]' --out never

check format_unknown run small/base.yaml --format pdf
check format_empty run small/base.yaml --format ,
check no_threads run small/base.yaml --threads 0
check missing_file run nowhere.yaml
check bad_scenario run small/base.yaml --set months=0 --set replicates=many
mkdir empty
check no_returns run small/base.yaml --set data.ssda903=empty --out never
check out_below_a_file run small/base.yaml --out /dev/null/here
check outside run small/base.yaml --confine empty
expect "nothing is written where input is rejected" test -z "$(ls -A never 2>/dev/null)"

code=0
"$PLACECAST" run small/base.yaml --replicates 20 --out full >/dev/full 2>.err || code=$?
expect "a full disk on standard output fails the run" test "$code" = 1
expect "and says so" grep -q "standard output: cannot be written: No space left on device" .err

# Interrupted: the folder is made just before the work begins, which takes many seconds here.
"$PLACECAST" synth --children 600 --quiet --out many
cat >many.yaml <<'YAML'
{placecast: 1, name: Many, start: 2024-04-01, months: 36, replicates: 20000, data: {ssda903: many/ssda903}}
YAML
"$PLACECAST" run many.yaml --out stopped >.out 2>.err &
child=$!
while [ ! -d stopped ] && kill -0 $child 2>/dev/null; do sleep 0.05; done
kill -TERM $child || cat .err
code=0
wait $child || code=$?
expect "an interrupted run has exit code 130, not $code" test "$code" = 130
expect "and leaves nothing half written" test -z "$(ls -A stopped)"
finish
