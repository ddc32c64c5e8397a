# The councils' plans under scenarios/: each case passes `check`, runs, and best is below base below worst.
. "$(dirname "$0")/cli_test.sh"

packs="leeds-2011"
plans="$SOURCE_DIR/scenarios"

for pack in $packs; do
    for part in base best worst; do
        code=0
        "$PLACECAST" check "$plans/$pack/$part.yaml" >"$scratch/.out" 2>"$scratch/.err" || code=$?
        expect "$pack/$part passes check" test "$code" = 0
        expect "$pack/$part has no problem" grep -q "^$plans/$pack/$part.yaml: no problems" .out
        expect "$pack/$part is named after it" grep -qi "^Would run: .* $part," .out
        expect "$pack/$part runs" "$PLACECAST" run "$plans/$pack/$part.yaml" --replicates 50 --quiet --out "$pack/$part"
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

for part in base best worst; do
    "$PLACECAST" run "$plans/leeds-2011/$part.yaml" --replicates 200 --quiet --out "leeds/$part" 2>"$scratch/.err"
done
expect "best is below base from September 2012" test -z "$(not_below leeds/best leeds/base 2012-09)"
expect "base is below worst from September 2012" test -z "$(not_below leeds/base leeds/worst 2012-09)"
expect "and the comparison can fail" test -n "$(not_below leeds/base leeds/base 2012-09)"
expect "the eight in-house beds are used" awk -F, '
    NR > 1 && $2 == "2014-03-31" && $3 == "children" && $4 == "residential_inhouse" { mean = $5 }
    END { exit !(mean > 36 && mean <= 40) }
' leeds/base/forecast.csv
finish
