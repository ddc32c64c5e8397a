# Published tables instead of returns: run, compare and check work unchanged; what cannot be is named.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/summary" .
shape run run summary/base.yaml --format csv,json --out one
expect "a forecast" grep -q '^Tables,2025-03-31,children,all,' one/forecast.csv
expect "no NaN or infinity" bash -c '! grep -riE "nan|inf[,\"]" one/*.csv'
expect "the tables are inputs" grep -q 'stock.csv' one/run.json
shape again run summary/base.yaml --format csv,json --out two --threads 2
expect "the same bytes with two threads" cmp one/forecast.csv two/forecast.csv
shape compare compare summary/base.yaml summary/fewer.yaml --format csv --out three
check backtest backtest summary/base.yaml
check checked check summary/base.yaml
sed -i 's/,supported,all,all,all,18/,supported,all,all,all,180/; s/all,10-15,all,all,76/all,10-15,all,all,seventy/' summary/stock.csv
check bad_cell run summary/base.yaml --out four
sed -i 's/seventy/76/' summary/stock.csv
check impossible run summary/base.yaml --out four
expect "nothing is written where input is rejected" test -z "$(ls -A four 2>/dev/null)"
finish
