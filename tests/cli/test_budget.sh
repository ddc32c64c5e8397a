# Budget beside outturn: a finance officer's walk on the example, and the tables of Barking and Dagenham.
. "$(dirname "$0")/cli_test.sh"

cp -r "$SOURCE_DIR/scenarios/example" example
expect "the finance officer's scenario is one file of under 40 lines" test "$(wc -l <example/budget.yaml)" -lt 40
check check check example/budget.yaml
"$PLACECAST" run example/budget.yaml --replicates 200 --no-backtest --out walk >.out 2>.err
# The words of the block: figures, their signs and where lines break are for other tests.
sed -n '/^Budget/,/^$/p' .out | sed -e ':a' -e 'N' -e '$!ba' -e 's/\n  */ /g' |
    sed -E -e 's/[-+]?£[0-9.,]+(k|m|bn)?/M/g' -e 's/(over|under) [0-9]+%/#%/' -e 's/[0-9][0-9,.]*/#/g' -e 's/ +/ /g' >.words
same words.txt .words
expect "no line is longer than 80 columns" test -z "$(sed 's/£/L/g' .out | grep -E '.{81}')"
# column NAME of the row MEASURE, all, YEAR of annual.csv
annual() {
    awk -F, -v name="$3" -v measure="$1" -v year="$2" '
        NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c; next }
        $at["measure"] == measure && $at["category"] == "all" && $at["year"] == year { print $at[name] }
    ' walk/annual.csv
}
expect "the budget of the first year is its opening" test "$(annual cost_gbp 2024/25 budget_gbp)" = 58500000.00
expect "the second adds the bid and takes off the savings" test "$(annual cost_gbp 2025/26 budget_gbp)" = 62800000.00
expect "the third begins where the second ended" test "$(annual outturn_gbp 2026/27 budget_gbp)" = 66800000.00
for year in 2024/25 2025/26 2026/27; do
    expect "$year: the gap is the outturn less the budget" awk -v gap="$(annual cost_gbp $year gap_gbp)" -v outturn="$(annual outturn_gbp $year mean)" \
        -v budget="$(annual cost_gbp $year budget_gbp)" 'BEGIN { d = outturn - budget - gap; exit !(d < 0.011 && d > -0.011) }'
    expect "$year: the chance of overspending is a chance" awk -v p="$(annual cost_gbp $year p_over_budget)" 'BEGIN { exit !(p > 0.02 && p < 0.98) }'
done
# The saving counts in 6 of 10 futures: on average 0.6 x 1.2m, give or take 5 standard errors of 200 draws (208,000).
expect "the outturn is the bill less what is delivered of the savings" awk -v bill="$(annual cost_gbp 2025/26 mean)" -v outturn="$(annual outturn_gbp 2025/26 mean)" \
    'BEGIN { d = bill - outturn; exit !(d > 512000 && d < 928000) }'
printf 'extends: budget.yaml\nname: Cheap\nremove: [Agency price]\n' >example/cheap.yaml
"$PLACECAST" run example/cheap.yaml --replicates 200 --no-backtest --out cheap --quiet
expect "the price of agencies is 8% up from April 2025" awk -F, '
    $2 == "2025/26" && $3 == "cost_gbp" && $4 == "foster_ifa" { v[FILENAME] = $5 }
    END { r = v["walk/annual.csv"] / v["cheap/annual.csv"]; exit !(r > 1.0799 && r < 1.0801) }
' walk/annual.csv cheap/annual.csv
expect "the data package knows both tables" test "$(grep -c '"path": "budget_\(lines\|needed\).csv"' walk/datapackage.json)" = 2
"$PLACECAST" run example/budget.yaml --replicates 200 --no-backtest --out threads --threads 3 --quiet
for name in annual.csv budget_lines.csv budget_needed.csv; do
    expect "$name has the same bytes for any number of threads" cmp "walk/$name" "threads/$name"
done
"$PLACECAST" compare example/budget.yaml example/base.yaml --replicates 100 --no-backtest --out both --quiet
expect "compared scenarios have their budget lines" test "$(cut -d, -f1 both/budget_lines.csv | sort -u | tr '\n' ,)" = "Example budget,scenario,"

printf 'source,kind,amount\nHome Office,grant,3650000\n' >example/income.csv
cat >example/income.yaml <<YAML
extends: base.yaml
name: Income
costs: {income: income.csv}
budget:
  - {year: 2024/25, side: budget, line: Base budget, kind: opening, amount: 55000000}
YAML
"$PLACECAST" run example/income.yaml --replicates 100 --no-backtest --out income --quiet
expect "without outturn lines the outturn is the bill less income" awk -F, '
    $2 == "2024/25" && $4 == "all" && $3 ~ /^(cost|outturn|net_cost)_gbp$/ { for (c = 5; c <= 15; c++) v[$3, c] = $c }
    END { for (c = 5; c <= 15; c++) if (v["outturn_gbp", c] != v["net_cost_gbp", c]) exit 1
          d = v["cost_gbp", 5] - v["outturn_gbp", 5]; exit !(d > 3649999.9 && d < 3650000.1) }
' income/annual.csv

"$PLACECAST" run "$SOURCE_DIR/scenarios/barking-2019/base.yaml" --replicates 20 --no-backtest --out barking >.out 2>.err
sed -n '/^Budget/,/^$/p' .out >.table
same barking.txt .table
same barking_lines.csv barking/budget_lines.csv
# A saving that leaves the budget for good and the outturn for a year alone is told, with what would put it right.
grep -v '2026/27, side: outturn, line: Commissioning savings' example/budget.yaml >example/once.yaml
record once check example/once.yaml
expect "a saving that the outturn forgets is told" grep -q "the saving Commissioning savings leaves the budget for good, but the outturn of 2025/26 alone: from 2026/27 on" .out
record recurring check example/budget.yaml
expect "one that it repeats is not" test "$(grep -c "the saving" .out || true)" = 0
sed 's/kind: growth, amount: 4000000/kind: opening, amount: 70000000/' example/once.yaml >example/anew.yaml
record anew check example/anew.yaml
expect "nor where the budget begins anew" test "$(grep -c "the saving" .out || true)" = 0
record one_year check example/once.yaml --set months=24
expect "nor in the last year of the forecast" test "$(grep -c "the saving" .out || true)" = 0
finish
