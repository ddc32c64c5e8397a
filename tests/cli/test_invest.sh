# Invest to save on the plan of the North East.
. "$(dirname "$0")/cli_test.sh"

plan="$SOURCE_DIR/scenarios/north-east-2009"
"$PLACECAST" compare "$plan/base.yaml" "$plan/best.yaml" --replicates 20 --no-backtest --out ne >.out 2>.err
expect "the summary tells of it" grep -q "^Invest    Base: saves " .out
expect "no line is longer than 80 columns" test -z "$(sed 's/£/L/g' .out | grep -E '.{81}')"
expect "the discount rate is said to be that of the Green Book" grep -q "3.5% a year in real terms (HM Treasury, Green Book)" ne/run.json
# field NAME of the row SCENARIO, LDD pilot alone, BASIS, MEASURE, of the whole forecast
field() {
    awk -F, -v scenario="$1" -v basis="$2" -v measure="$3" -v name="$4" '
        NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c; next }
        $at["scenario"] == scenario && $at["intervention"] == "LDD pilot" && $at["basis"] == basis && $at["year"] == "all" &&
            $at["measure"] == measure { print $at[name] }
    ' ne/invest_to_save.csv
}
expect "the pilot costs 208,940 (a twelfth of it in each authority, rounded)" test "$(field "North East 2009 Base" bill programme_cost_gbp mean)" = 208940.04
expect "208,940 / 77,500 = 2.7 placement-years break even by the stated saving" \
    test "$(field "North East 2009 Base" stated net_present_value_gbp break_even | cut -c1-5)" = 2.696
expect "and about as many by the bill" awk -v n="$(field "North East 2009 Base" bill net_present_value_gbp break_even)" 'BEGIN { exit !(n > 2.5 && n < 2.9) }'
expect "best saves more than base" awk -v best="$(field "North East 2009 Best" bill net_saving_gbp mean)" -v base="$(field "North East 2009 Base" bill net_saving_gbp mean)" \
    'BEGIN { exit !(best > base) }'
"$PLACECAST" compare "$plan/base.yaml" "$plan/best.yaml" --replicates 20 --no-backtest --threads 3 --out again --quiet 2>.err
expect "the same bytes for any number of threads" cmp ne/invest_to_save.csv again/invest_to_save.csv
expect "the data package knows the table" grep -q '"path": "invest_to_save.csv"' ne/datapackage.json
finish
