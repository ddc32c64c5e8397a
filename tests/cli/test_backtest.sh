# placecast backtest, and the back-test of every run: files, the same bytes, what is kept and when it is not.
. "$(dirname "$0")/cli_test.sh"

"$PLACECAST" synth --children 80 --years 4 --quiet --core-tables --out made
cat >made.yaml <<'YAML'
{placecast: 1, name: Made, start: 2023-04-01, months: 6, replicates: 20, data: {ssda903: made/ssda903}}
YAML
shape backtest backtest made.yaml --replicates 50 --out one --threads 1
expect "the summary has no line beyond 80 columns" test -z "$(grep -E '.{81}' .out)"
expect "the files are those of the contract" test "$(ls -A one | tr '\n' ' ')" = "skill.csv skill_summary.csv "
"$PLACECAST" backtest made.yaml --replicates 50 --out two --threads 3 --quiet
expect "skill.csv has the same bytes for any number of threads" cmp one/skill.csv two/skill.csv
expect "skill_summary.csv has the same bytes for any number of threads" cmp one/skill_summary.csv two/skill_summary.csv
expect "the columns are those of the contract" test "$(head -1 one/skill.csv)" = \
    "origin,horizon_months,measure,category,la,actual,mean,p025,p05,p10,p25,p50,p75,p90,p95,p975,naive,line,abs_error,naive_abs_error,pinball,crps,naive_crps"
expect "two origins, the first with a horizon more" test \
    "$(tail -n +2 one/skill.csv | grep ',children,all,' | cut -d, -f1,2 | tr '\n' ' ')" = \
    "2021-03-31,3 2021-03-31,6 2021-03-31,12 2021-03-31,24 2022-03-31,3 2022-03-31,6 2022-03-31,12 "
expect "abs_error is |p50 - actual|" awk -F, 'NR > 1 { d = $12 - $6; if (d < 0) d = -d; d -= $19; n++
    if (d > 0.011 || d < -0.011) bad = 1 } END { exit bad || n != 7 * 3 * 11 }' one/skill.csv
expect "the actual is what clean counts" test \
    "$(grep '^2021-03-31,12,children,all,' one/skill.csv | cut -d, -f6)" = \
    "$("$PLACECAST" clean made/ssda903 --quiet --out clean && grep '^2022-03-31,all,all,' clean/tieout.csv | cut -d, -f4)"
shape json backtest made.yaml --json --replicates 10 --out json
check quiet backtest made.yaml --quiet --replicates 10 --out quiet
"$PLACECAST" synth --children 20 --years 2 --quiet --core-tables --out brief
shape short backtest made.yaml --set data.ssda903=brief/ssda903 --out short
expect "no origin gives tables without rows" test "$(cat short/*.csv | wc -l)" = 2
check panel_missing backtest --panel tables
check panel_and_scenario backtest made.yaml --panel tables
check no_scenario backtest
check missing backtest nowhere.yaml
check help backtest --help

# All authorities of a panel: three of them, nine years.
mkdir panel
{
    echo ons_code,name,measure,year,value
    for year in 2015 2016 2017 2018 2019 2021 2022 2023 2024; do
        for la in 1 2 3; do
            echo "E0900000$la,Made $la,stock,$year,$((la * la * 70 + (year * 7 + la * 3) % 11))"
            echo "E0900000$la,Made $la,started,$year,$((la * la * 30 + (year * 5 + la) % 7))"
            echo "E0900000$la,Made $la,ceased,$year,$((la * la * 29 + (year * 3 + la) % 5))"
        done
    done
} >panel/stock_started_ceased_2015_2024.csv
shape panel backtest --panel panel --replicates 12 --out all --threads 1
expect "the panel's files are those of the contract" test "$(ls -A all | tr '\n' ' ')" = "panel_estimates.csv skill.csv skill_summary.csv "
"$PLACECAST" backtest --panel panel --replicates 12 --out again --threads 3 --quiet
expect "a panel has the same bytes for any number of threads" diff -r all again
expect "each authority, origin and horizon with a later figure: 7 + 6 + 5 + 4 of each, no 2020" test \
    "$(grep -c ',children,all,E0900000' all/skill.csv)" = 66
expect "starts and ceases are summed over the years to the horizon" awk -F, '
    $1 == "2021-03-31" && $3 == "starts" && $5 == "E09000001" { actual[$2] = $6 }
    END { exit !(actual[12] > 20 && actual[24] > 1.5 * actual[12] && actual[36] > 1.2 * actual[24]) }' all/skill.csv
expect "estimates of every year, the last one included" test "$(tail -n +2 all/panel_estimates.csv | cut -d, -f1 | sort -u | wc -l)" = 9
echo "ons_code,name,measure,year,value" >panel/stock_started_ceased_2015_2024.csv
check panel_empty backtest --panel panel

# Every run.
"$PLACECAST" run made.yaml --out run >.out
expect "the summary says how past forecasts did" grep -q "^Skill     Over 2 past forecasts at 12 months this model missed by " .out
expect "and that they are too few" bash -c 'tr "\n" " " <.out | tr -s " " | grep -q "too few forecasts to judge it by\."'
cp -r run first
stamp() { stat -c %y.%i run/skill.csv; }
kept="$(stamp)"
"$PLACECAST" run made.yaml --out run --set months=7 >.again
expect "nothing that matters changed: it is not done again" test "$(stamp)" = "$kept"
expect "and says the same" test "$(sed -n '/^Skill/,/^Data/p' .again)" = "$(sed -n '/^Skill/,/^Data/p' .out)"
expect "in run.json as well" test "$(grep -A9 '"skill": {' run/run.json)" = "$(grep -A9 '"skill": {' first/run.json)"
"$PLACECAST" run made.yaml --out run --quiet --seed 9
expect "another seed: it is done again" bash -c '! cmp -s run/skill.csv first/skill.csv'
"$PLACECAST" run made.yaml --out run --quiet
expect "and back again, with the same bytes" cmp run/skill.csv first/skill.csv
echo "tampered" >>run/skill.csv
"$PLACECAST" run made.yaml --out run --quiet
expect "a table that is not the one written is not kept" cmp run/skill.csv first/skill.csv
cp -r made changed
tail -1 changed/ssda903/2022-23/episodes.csv >>changed/ssda903/2021-22/episodes.csv
kept="$(stamp)"
"$PLACECAST" run made.yaml --out run --quiet --set data.ssda903=changed/ssda903
expect "other returns: it is done again" test "$(stamp)" != "$kept"
rm -r run
"$PLACECAST" run made.yaml --out run --no-backtest >.out
expect "--no-backtest writes no skill" test "$(ls -A run | tr '\n' ' ')" = "annual.csv assumptions.csv datapackage.json exits.csv forecast.csv report.html run.json tieout.csv workbook.xlsx "
expect "and says none" bash -c '! grep -q "^Skill" .out && grep -q "\"skill\": null" run/run.json'
expect "the forecast is the same with and without" cmp run/forecast.csv first/forecast.csv
finish
