# The bundled example, from the returns to the summary.
. "$(dirname "$0")/cli_test.sh"

cp -r "$SOURCE_DIR/scenarios/example" example
check check check example/base.yaml
shape run run example/base.yaml --replicates 100 --threads 2 --out two
expect "the summary has no line beyond 80 columns" test -z "$(sed 's/£/L/g' .out | grep -E '.{81}')"
expect "and fits one screen" test "$(wc -l <.out)" -le 38
"$PLACECAST" run example/base.yaml --replicates 100 --threads 1 --out one --quiet
for name in forecast.csv annual.csv exits.csv why.csv; do
    expect "$name has the same bytes for any number of threads" cmp "one/$name" "two/$name"
done
expect "nothing was set aside: these returns are clean" test "$(grep -c '"severity": "repaired"' one/run.json)" = 0
expect "the bill of a year is the sum of its months" awk -F, '
    $3 == "cost_gbp" && $4 == "all" {
        if (FILENAME ~ /forecast/) { split($2, date, "-"); y = date[1] - (date[2] < 4); months[y] += $5 }
        else { y = substr($2, 1, 4); years[y] = $5 }
    }
    END { for (y in years) { n++; d = years[y] - months[y]; if (d < -0.1 || d > 0.1) bad = 1 } exit bad || n != 3 }
' one/forecast.csv one/annual.csv
expect "why.csv adds up to the change from year to year, to the penny" awk -F, '
    function pence(x) { return sprintf("%.0f", x * 100) + 0 }
    FNR == 1 { next }
    FILENAME ~ /annual/ { if ($3 == "cost_gbp" && $4 == "all") bill[$2] = pence($5); next }
    { sum[$1 FS $2] += pence($7) }
    END { for (key in sum) { split(key, k, FS); n++; if (sum[key] != bill[k[2]] - bill[k[1]]) bad = 1 } exit bad || n != 2 }
' one/annual.csv one/why.csv
expect "categories add up to all" awk -F, '
    NR > 1 && $4 != "all" { sum[$2 $3] += $5 } $4 == "all" { all[$2 $3] = $5 }
    END { for (k in all) { n++; d = all[k] - sum[k]; if (d < -0.1 || d > 0.1) bad = 1 } exit bad || n < 36 * 7 }
' one/forecast.csv
finish
