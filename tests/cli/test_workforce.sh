# The workforce on two councils' plans: Leeds' front door and Barking's structures of posts.
. "$(dirname "$0")/cli_test.sh"

plans="$SOURCE_DIR/scenarios"
leeds="$plans/leeds-2011/base.yaml"
run() { "$PLACECAST" run "$@" --replicates 40 --format csv,json --no-backtest --quiet 2>"$scratch/.err"; }

# value FOLDER YEAR MEASURE CATEGORY: the mean in annual.csv
value() {
    awk -F, -v y="$2" -v m="$3" -v c="$4" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
        $at["year"] == y && $at["measure"] == m && $at["category"] == c { print $at["mean"] }' "$1/annual.csv"
}
less() { awk -v a="$1" -v b="$2" 'BEGIN { exit !(a != "" && b != "" && a < b) }'; }
# children FOLDER: forecast.csv without the rows of the workforce
children() { grep -vE ',(cases_new|cases_ended|open_cases|reviews_due|posts_needed|care_leaver_cost_gbp),' "$1/forecast.csv"; }

run "$leeds" --out with
run "$leeds" --out without --set "interventions.Referral screening.effect=0" --set "interventions.Conversion after screening.effect=0"
sed '/^workforce:/d' "$leeds" >"$scratch/plain.yaml"
sed -i "s,: data/,: $plans/leeds-2011/data/," "$scratch/plain.yaml"
run plain.yaml --out plain
run "$leeds" --threads 1 --out one
run "$leeds" --out linked --set "interventions.Referral screening.starts_in_care=0.5"

new="$(value with 2012/13 cases_new referrals)" old="$(value without 2012/13 cases_new referrals)"
expect "referrals fall by some 3,900 a year ($old to $new)" awk -v a="$old" -v b="$new" 'BEGIN { exit !(a - b > 3750 && a - b < 4050) }'
expect "requests are what they were" test "$(value with 2012/13 cases_new contacts)" = "$(value without 2012/13 cases_new contacts)"
expect "assessments follow" less "$(value with 2012/13 cases_new assessments)" "$(value without 2012/13 cases_new assessments)"
expect "open cases follow" less "$(value with 2012/13 open_cases children_in_need)" "$(value without 2012/13 open_cases children_in_need)"
expect "posts follow" less "$(value with 2012/13 posts_needed all)" "$(value without 2012/13 posts_needed all)"
expect "starts in care, and all that is of children, are unchanged to the byte" cmp <(children with) <(children without)
expect "without the workforce nothing of children changes either" cmp <(children with) plain/forecast.csv
expect "linked by name, starts fall" less "$(value linked 2013/14 starts all)" "$(value with 2013/14 starts all)"
expect "any number of threads gives the same bytes" cmp with/forecast.csv one/forecast.csv
expect "any number of threads gives the same posts" cmp with/posts.csv one/posts.csv
expect "the data package has posts.csv" grep -q '"path": "posts.csv"' with/datapackage.json
expect "no posts without a workforce" test ! -e plain/posts.csv

printf 'extends: %s\nname: Unscreened\nremove: [Referral screening, Conversion after screening]\n' "$leeds" >"$scratch/unscreened.yaml"
"$PLACECAST" compare "$leeds" unscreened.yaml --replicates 40 --format csv,json --no-backtest --quiet --out both 2>"$scratch/.err"
more="$(awk -F, '$2 == "2012/13" && $3 == "cases_new" && $4 == "referrals" { print $5 }' both/annual_differences.csv)"
expect "a comparison gives the difference on the same random numbers ($more)" awk -v m="$more" 'BEGIN { exit !(m > 3750 && m < 4050) }'
expect "and starts in care do not differ at all" test -z "$(awk -F, '$3 == "starts" && $5 + $6 + $7 != 0' both/differences.csv)"
expect "posts.csv has both scenarios" test "$(cut -d, -f1 both/posts.csv | sort -u | wc -l)" = 3
columns="$(awk -F, '{ print NF }' both/differences.csv | sort -u | wc -l)"
expect "every row of the differences has the same columns" test "$columns" = 1

run "$plans/barking-2019/base.yaml" --out barking
same barking_workforce.csv barking/workforce.csv
same barking_workforce_checks.csv barking/workforce_checks.csv
expect "staff cost follows the structures" less "$(value barking 2021/22 staff_cost_gbp all)" "$(value barking 2020/21 staff_cost_gbp all)"
expect "posts are those of the structure in force" test "$(value barking 2021/22 posts all)" = 330.00
expect "the legacy scheme falls due in 2020/21" less "$(value barking 2021/22 retention_gbp all)" "$(value barking 2020/21 retention_gbp all)"

"$PLACECAST" run "$plans/barking-2019/base.yaml" --replicates 40 --format csv --no-backtest --json --out barking >barking.json 2>"$scratch/.err"
json="$(python3 -c 'import json, sys; d = json.load(open(sys.argv[1])); print(*("%.2f" % y["staff_cost_gbp"]["all"]["mean"] for y in d["workforce"]))' barking.json)"
csv="$(for year in 2019/20 2020/21 2021/22; do value barking "$year" staff_cost_gbp all; done | paste -sd' ')"
expect "the summary as JSON has the workforce by year ($json)" test "$json" = "$csv"

printf 'workforce: 1\nteems: []\n' >"$scratch/wrong.yaml"
expect "a wrong workforce file is refused" bash -c '! "$0" check "$1" --set workforce=wrong.yaml >out.txt 2>&1' "$PLACECAST" "$leeds"
expect "with its line and a suggestion" grep -q 'wrong.yaml:2:1: unknown key "teems", did you mean "teams"?' out.txt
finish
