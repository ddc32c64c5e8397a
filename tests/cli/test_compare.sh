# placecast compare: scenarios side by side; the differences are those of the forecasts; what cannot be compared.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
sed -i 's/^replicates: .*/replicates: 60/' small/base.yaml
cat >small/best.yaml <<'YAML'
placecast: 1
extends: base.yaml
name: Small best
interventions:
  - {name: Early help, kind: prevent, effect: {low: 0.2, likely: 0.5, high: 0.9}}
  - {name: Step down, kind: move, categories: [foster_ifa, residential_external], to: foster_inhouse, reach: {children_per_year: 4}}
  - {name: Framework, kind: price, categories: [foster_ifa], effect: -0.1, from: 2022-10-01}
targets:
  - {measure: children, by: 2023-03-31, at_most: 5}
  - {name: "Cheaper, soon", measure: cost_gbp, category: foster_ifa, by: 2023-01-15, at_least: 0.01}
YAML
cat >small/worst.yaml <<'YAML'
placecast: 1
extends: base.yaml
name: Small worst
interventions:
  - {name: Slow exits, kind: exit_rate, effect: -0.5}
YAML

shape summary compare small/base.yaml small/best.yaml small/worst.yaml --out all --threads 1
expect "the files are those of the contract" test "$(ls -A all | tr '\n' ' ')" = \
    "alone.csv annual.csv annual_differences.csv assumptions.csv datapackage.json differences.csv exits.csv forecast.csv interventions.csv report.html run.json skill.csv skill_summary.csv targets.csv tieout.csv why.csv workbook.xlsx "
"$PLACECAST" compare small/base.yaml small/best.yaml small/worst.yaml --out again --threads 3 --quiet
for name in forecast annual exits differences annual_differences interventions alone targets why; do
    expect "$name.csv has the same bytes for three threads" cmp "all/$name.csv" "again/$name.csv"
done
expect "run.json has every scenario's file" test "$(grep -c 'small/[a-z]*.yaml",' all/run.json)" -ge 3

# Each scenario's rows are those of its own run.
for each in base best worst; do
    "$PLACECAST" run "small/$each.yaml" --out "$each" --quiet
    for name in forecast annual exits; do
        expect "the $name rows of $each are those of its run" \
            cmp <(grep "^Small $each," "all/$name.csv") <(grep "^Small $each," "$each/$name.csv")
    done
done
expect "whom run says was treated, compare says as well" cmp <(grep "^Small best," all/interventions.csv) \
    <(grep "^Small best," best/interventions.csv)
expect "and how targets fare" cmp all/targets.csv best/targets.csv
expect "a target's name is quoted" grep -q '^Small best,2022-12-31,"Cheaper, soon",cost_gbp,foster_ifa,2023-01-15,,0.01,' all/targets.csv

# The mean of the differences is the difference of the means, in every row.
expect "differences are those of the forecasts" awk -F, '
    FNR == 1 { next }
    FILENAME == ARGV[1] { mean[$1 FS $2 FS $3 FS $4] = $5; next }
    { n++; d = mean[$1 FS $2 FS $3 FS $4] - mean["Small base" FS $2 FS $3 FS $4] - $5; if (d < -0.02 || d > 0.02) bad = 1 }
    END { exit bad || n != 2 * 12 * 8 * 11 }' all/forecast.csv all/differences.csv
expect "chances stand on all children alone" awk -F, 'NR > 1 && ($3 == "children" && $4 == "all") != ($(NF - 1) != "") { exit 1 }' all/differences.csv
expect "nobody is changed who is not treated" awk -F, '
    $5 == "treated" { t[$1 $2 $3] = $6 } $5 == "changed" { n++; if ($6 > t[$1 $2 $3]) bad = 1 } END { exit bad || n != 3 }' all/interventions.csv
expect "the sum of the parts is the sum of the parts" awk -F, '
    $1 == "Small best" && $4 == "cost_gbp" && $3 == "sum of the parts" { s = $5 }
    $1 == "Small best" && $4 == "cost_gbp" && $3 ~ /^(Early help|Step down|Framework)$/ { n++; p += $5 }
    END { d = s - p; exit n != 3 || d < -0.03 || d > 0.03 || p >= 0 }' all/alone.csv

# Why: both layers of every year add up to the difference of the bills in annual.csv, to the penny.
expect "the rows of why.csv add up" awk -F, '
    function pence(x) { return sprintf("%.0f", x * 100) + 0 }
    FNR == 1 { next }
    FILENAME == ARGV[1] { if ($3 == "cost_gbp" && $4 == "all") bill[$1 FS $2] = pence($5); next }
    { sum[$2 FS $3 FS $4] += pence($7) }
    END { for (key in sum) { split(key, k, FS); n++
              if (sum[key] != bill[k[1] FS k[2]] - bill["Small base" FS k[2]]) bad = 1 }
          exit bad || n != 4 }' all/annual.csv all/why.csv
expect "every cause has a row" test "$(grep -c '^Small base,Small best,2022/23,causes,' all/why.csv)" = 3
expect "a deal on prices is a change of prices" grep -q '^Small base,Small best,2022/23,causes,Framework,price,-' all/why.csv

# The same under another name: nothing differs, in any future.
sed 's/Small base/Small copy/' small/base.yaml >small/copy.yaml
"$PLACECAST" compare small/base.yaml small/copy.yaml --out copy --quiet
expect "a copy differs by exactly nothing" awk -F, 'NR > 1 { for (f = 5; f <= 15; f++) if ($f != 0) exit 1 }' copy/differences.csv
expect "nor is there anything to ask why of" awk -F, 'NR > 1 && ($4 != "accounting" || $7 != 0) { exit 1 }' copy/why.csv
expect "without interventions and targets there are no tables of them" \
    test ! -e copy/interventions.csv -a ! -e copy/alone.csv -a ! -e copy/targets.csv

# Interventions without effect leave the bytes of the forecast as they are.
cat >small/nothing.yaml <<'YAML'
placecast: 1
extends: base.yaml
name: Small base
interventions:
  - {name: a, kind: prevent, effect: 0}
  - {name: b, kind: divert, categories: [foster_ifa], to: foster_inhouse, effect: 0, reach: {children_per_year: 10}}
  - {name: c, kind: exit_rate, effect: 0}
  - {name: d, kind: price, categories: [foster_ifa], effect: 0}
  - {name: e, kind: activity, measure: referrals, effect: -0.3}
YAML
"$PLACECAST" run small/nothing.yaml --out nothing --quiet
for name in forecast annual exits; do
    expect "no effect, the same bytes of $name.csv" cmp "base/$name.csv" "nothing/$name.csv"
done

"$PLACECAST" compare small/base.yaml small/best.yaml --json --out json --quiet >one.json
expect "--json is one line" test "$(wc -l <one.json)" = 1
for key in '"skill":' '"verb":"compare"' '"difference":' '"p_fewer":' '"alone":' '"p_fewer_than":' '"targets":'; do
    expect "with $key" grep -q "$key" one.json
done
"$PLACECAST" compare small/base.yaml small/best.yaml --quiet --format csv
expect "the default folder is out/compare" test -f out/compare/differences.csv -a ! -e out/compare/run.json

check help compare --help
check one_scenario compare small/base.yaml
check same_file_twice compare small/base.yaml small/base.yaml --out never
check expected_method compare small/base.yaml small/best.yaml --set method=expected --out never
cp -r small other
cat >small/elsewhere.yaml <<'YAML'
{placecast: 1, extends: base.yaml, name: Elsewhere, months: 18, replicates: 50,
 data: {ssda903: ../other/returns, extract: 2022-02-28, window: {from: 2019-10-01, to: 2022-02-28}}, authorities: [Elsewhere]}
YAML
check other_data compare small/base.yaml small/elsewhere.yaml --out never
printf '{placecast: 1, extends: base.yaml, name: Longer, months: 18, replicates: 50}\n' >small/longer.yaml
check other_months compare small/base.yaml small/longer.yaml --out never
printf '{placecast: 1, extends: base.yaml, name: Wrong, mnths: 3}\n' >small/wrong.yaml
check problems_of_every_file compare small/wrong.yaml nowhere.yaml small/best.yaml --set months=0
expect "nothing is written where input is rejected" test -z "$(ls -A never 2>/dev/null)"
finish
