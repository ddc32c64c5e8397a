# why.csv: rows add up to the penny, each in the row of what made it, also where every placement has its own price.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
sed -i 's/^months: .*/months: 24/; s/^replicates: .*/replicates: 60/' small/base.yaml
awk -F, 'NR == 1 { print "category,weekly_gbp,spread,age_band" }
    $1 == "foster_ifa" { print $1 "," $2 ",0.5,10-15"; print $1 "," 0.7 * $2 ",0.3,"; next }
    NR > 1 { print $1 "," $2 ",0.4," }' small/weekly.csv >small/own.csv
sed 's/Small base/Small own/; s/weekly: weekly.csv/weekly: own.csv/' small/base.yaml >small/own.yaml
printf 'category,kind,gbp\nfoster_ifa,setup,1000\n' >small/contracts.csv
sed 's/Small own/Small contracts/; s/inflation: inflation.csv/inflation: inflation.csv, contracts: contracts.csv/' small/own.yaml >small/contracts.yaml

# adds_up FOLDER N: N sums of a year and layer are the change of the bills in annual.csv.
adds_up() {
    awk -F, -v n="$2" '
        function pence(x) { return sprintf("%.0f", x * 100) + 0 }
        FNR == 1 { next }
        FILENAME ~ /annual/ { if ($3 == "cost_gbp" && $4 == "all") { bill[$1 FS $2] = pence($5); run = $1 } next }
        { sum[$1 FS $2 FS $3 FS $4] += pence($7); years = $2 == $3 }
        END { for (key in sum) { split(key, k, FS); m++
                  change = years ? bill[run FS k[2]] - bill[run FS k[1]] : bill[k[2] FS k[3]] - bill[k[1] FS k[3]]
                  if (sum[key] != change) bad = 1 }
              exit bad || m != n }' "$1/annual.csv" "$1/why.csv"
}

"$PLACECAST" run small/base.yaml --quiet --no-backtest --out one --format csv
expect "one price for all: year on year adds up" adds_up one 1
"$PLACECAST" run small/own.yaml --quiet --no-backtest --out own --format csv --threads 1
expect "a price for each placement: it adds up as well" adds_up own 1
expect "and all of it is for children's days" grep -q ',not_by_child,not_by_child,0.00$' own/why.csv
"$PLACECAST" run small/own.yaml --quiet --no-backtest --out again --format csv --threads 3
expect "the same bytes for any number of threads" cmp own/why.csv again/why.csv

"$PLACECAST" compare small/base.yaml small/own.yaml --quiet --no-backtest --out prices --format csv
expect "other prices: both layers of both years add up" adds_up prices 4
expect "and nothing but the row of prices is moved" awk -F, '
    NR > 1 && $5 != "price" && $5 != "prices" && $7 != 0 { bad = 1 }
    $5 == "price" || $5 == "prices" { n++; if ($7 == 0) bad = 1 } END { exit bad || n != 4 }' prices/why.csv

"$PLACECAST" compare small/own.yaml small/contracts.yaml --quiet --no-backtest --out contracts --format csv
expect "setting up placements: both layers add up" adds_up contracts 4
expect "and it is for no child's days" awk -F, '
    NR > 1 && $5 != "not_by_child" && $5 != "prices" && $7 != 0 { bad = 1 }
    $5 == "not_by_child" { n++; if ($7 <= 0) bad = 1 } END { exit bad || n != 2 }' contracts/why.csv

sed '/^costs/d; s/Small base/Small free/' small/base.yaml >small/free.yaml
"$PLACECAST" run small/free.yaml --quiet --no-backtest --out free --format csv
expect "without prices there is nothing to ask why of" test ! -e free/why.csv
finish
