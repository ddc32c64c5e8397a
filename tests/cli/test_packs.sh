# The councils' plans under scenarios/: each case passes `check`, runs, and best is below base below worst.
. "$(dirname "$0")/cli_test.sh"

packs="leeds-2011 gateshead-2010 barking-2019 north-east-2009"
plans="$SOURCE_DIR/scenarios"

for pack in $packs; do
    replicates=20
    [ "$pack" = leeds-2011 ] && replicates=60 # its cases are compared month by month below
    [ "$pack" = gateshead-2010 ] && replicates=60 # its means are held against the plan's numbers
    for part in base best worst; do
        code=0
        "$PLACECAST" check "$plans/$pack/$part.yaml" >"$scratch/.out" 2>"$scratch/.err" || code=$?
        expect "$pack/$part passes check" test "$code" = 0
        expect "$pack/$part has no problem" grep -q "^$plans/$pack/$part.yaml: no problems" .out
        expect "$pack/$part is named after it" grep -qi "^Would run: .* $part," .out
        expect "$pack/$part runs" "$PLACECAST" run "$plans/$pack/$part.yaml" --replicates "$replicates" --format csv --no-backtest --quiet --out "$pack/$part"
        expect "$pack/$part has children in every month" awk -F, '
            NR == 1 { for (c = 1; c <= NF; c++) at[$c] = c }
            NR > 1 && $at["measure"] == "children" && $at["category"] == "all" && (!("la" in at) || $at["la"] == "all") {
                n++; if (!($at["mean"] > 100)) bad = 1
            }
            END { exit bad || n < 30 }
        ' "$pack/$part/forecast.csv"
    done
done

# month ends on which SMALLER is not below LARGER, from FROM on: measure children, all categories, all authorities
not_below() {
    awk -F, -v from="$3" '
        FNR == 1 { file++; for (c = 1; c <= NF; c++) at[$c] = c; next }
        $at["measure"] != "children" || $at["category"] != "all" || ("la" in at && $at["la"] != "all") { next }
        file == 1 { small[$at["date"]] = $at["mean"] }
        file == 2 && $at["date"] >= from { n++; if (!(small[$at["date"]] < $at["mean"])) print $at["date"] }
        END { if (n == 0) print "no month" }
    ' "$1/forecast.csv" "$2/forecast.csv"
}

expect "best is below base from September 2012" test -z "$(not_below leeds-2011/best leeds-2011/base 2012-09)"
expect "base is below worst from September 2012" test -z "$(not_below leeds-2011/base leeds-2011/worst 2012-09)"
expect "and the comparison can fail" test -n "$(not_below leeds-2011/base leeds-2011/base 2012-09)"
expect "the eight in-house beds are used" awk -F, '
    NR > 1 && $2 == "2014-03-31" && $3 == "children" && $4 == "residential_inhouse" { mean = $5 }
    END { exit !(mean > 36 && mean <= 40) }
' leeds-2011/base/forecast.csv

"$PLACECAST" clean "$plans/gateshead-2010/data/ssda903" --quiet --out gateshead 2>.err
expect "Gateshead begins with 19 in independent homes and 12 with agencies" awk -F, '
    NR > 1 && $6 == "" { n[$7]++ }
    END { exit n["residential_external"] != 19 || n["foster_ifa"] != 12 }
' gateshead/episodes.csv
# at_most CASE DATE CATEGORY NUMBER: the mean of children there and then is at most that
at_most() {
    awk -F, -v date="$2" -v category="$3" -v most="$4" '
        $2 == date && $3 == "children" && $4 == category { found = 1; if (!($5 <= most)) bad = 1 }
        END { exit !found || bad }
    ' "gateshead-2010/$1/forecast.csv"
}
expect "Gateshead: homes are down to 14 on average in the first year" at_most base 2011-03-31 residential_external 14.5 # of whole children
expect "best: 7 in the second" at_most best 2012-03-31 residential_external 7
expect "best: 2 in the third" at_most best 2013-03-31 residential_external 2
at_most worst 2013-03-31 residential_external 7 && fail "worst: the places fill again"
expect "all six targets are read" test "$("$PLACECAST" check "$plans/gateshead-2010/base.yaml" --show-effective 2>.err | grep -c at_most:)" = 6

expect "Barking: early help is felt from 2021, best below base" test -z "$(not_below barking-2019/best barking-2019/base 2021-09)"
expect "Barking: not before" cmp <(grep ',2021-03-' barking-2019/best/forecast.csv | cut -d, -f2-) \
    <(grep ',2021-03-' barking-2019/base/forecast.csv | cut -d, -f2-)
expect "Barking: demand rises, base below worst" test -z "$(not_below barking-2019/base barking-2019/worst 2019-12)"

expect "the North East has twelve authorities and their sum" test "$(
    awk -F, '$4 == "children" { print $2 }' north-east-2009/base/forecast.csv | sort -u | wc -l)" = 13
expect "the region is the sum of its authorities" awk -F, '
    $4 == "children" && $5 == "all" { if ($2 == "all") all[$3] = $6; else sum[$3] += $6 }
    END { for (m in all) { n++; d = all[m] - sum[m]; if (d < -0.01 || d > 0.01) bad = 1 } exit bad || n != 36 }
' north-east-2009/base/forecast.csv
# forecast.csv of one case: the mean of children in external homes in the region at the end
homes() { awk -F, '$2 == "all" && $3 == "2012-03-31" && $4 == "children" && $5 == "residential_external" { print $6 }' "$1/forecast.csv"; }
expect "best has fewer in external homes than base, and base than worst" awk -v best="$(homes north-east-2009/best)" \
    -v base="$(homes north-east-2009/base)" -v worst="$(homes north-east-2009/worst)" \
    'BEGIN { exit !(best > 0 && best < base && base < worst) }'
expect "an external home costs 77,500 a year more than agency foster care" awk -F, '
    { price[$1] = $2 }
    END { d = (price["residential_external"] - price["foster_ifa"]) / 7 * 365.25; exit !(d > 77450 && d < 77550) }
' "$plans/north-east-2009/data/weekly.csv"
"$PLACECAST" compare "$plans/north-east-2009/base.yaml" "$plans/north-east-2009/best.yaml" --replicates 20 --format csv,json --no-backtest --quiet --out region 2>.err
expect "a comparison has what is out of area, of both" test "$(cut -d, -f1 region/out_of_area.csv | sort -u | wc -l)" = 3
expect "and names the file" grep -q '"out_of_area.csv"' region/run.json
expect "each authority has the whole reach, and the run says so" grep -q 'each of the 12 authorities has the whole places, reach' region/run.json
cat >one.yaml <<YAML
extends: $plans/north-east-2009/base.yaml
name: In one only
interventions:
  - {name: In-house carers, authorities: Gateshead, confidence: 1, point: high}
remove: [LDD pilot, Matching engine]
YAML
cat >none.yaml <<YAML
extends: one.yaml
name: In none
remove: [In-house carers]
YAML
"$PLACECAST" compare none.yaml one.yaml --replicates 20 --format csv --no-backtest --quiet --out one 2>.err
expect "an intervention in one authority changes that one, the sum and nothing else" test "$(
    awk -F, 'NR > 1 && ($6 != 0 || $7 != 0) { print $2 }' one/differences.csv | sort -u | tr '\n' ' ')" = "Gateshead all "
code=0
"$PLACECAST" run one.yaml --set 'interventions.In-house carers.authorities=Gatshead' --out wrong >.out 2>.err || code=$?
expect "an authority that is not there is refused" test "$code" = 3
expect "with its name" grep -q 'found the authority `Gatshead`, expected one of those run, such as `' .err
cat >saving.yaml <<YAML
extends: $plans/north-east-2009/base.yaml
name: Half a million
interventions:
  - {name: LDD pilot, saving: 500000}
YAML
code=0
"$PLACECAST" check saving.yaml >.out 2>.err || code=$?
expect "a saving without a period is refused" test "$code" = 3
expect "and the message names it" grep -q '^saving.yaml:4:.*saving: found 500000 without saying for what and for how long' .out
finish
