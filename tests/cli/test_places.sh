# Places: when they are full, on the screen of a run and of a comparison; places that keep nobody out are said before anything is run.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
cat >small/full.yaml <<'YAML'
extends: base.yaml
name: Full
capacity: {foster_inhouse: {places: 1}, residential_external: {places: 1}}
overflow: {foster_inhouse: [foster_ifa, residential_external]}
YAML
cat >small/more.yaml <<'YAML'
extends: full.yaml
name: More
interventions:
  - {name: Carers, kind: capacity, category: foster_inhouse, places: 500, from: 2022-04-01}
YAML

check keeps_nobody_out check small/full.yaml
record with_a_list check small/full.yaml --set 'overflow.residential_external=[foster_ifa]'
expect "an overflow list makes places matter" test ! -s .err
record as_a_step check small/full.yaml --set 'overflow.foster_inhouse=[residential_external, foster_ifa]'
expect "so does a place on the way of others" test ! -s .err
record as_a_substitute check small/full.yaml --set 'substitute.kinship={to: residential_external, share: 0.5}'
expect "and children who come into it from elsewhere" test ! -s .err
record as_a_block check small/full.yaml --set capacity.residential_external.block=true
expect "and places that are paid for anyhow" test ! -s .err

# A place that is never free: of every simulated future the year has 365 days full.
record run run small/full.yaml --replicates 20 --out run --set capacity.foster_inhouse.places=0
expect "days full by year" grep -Eq "^Days full +2022/23" .out
expect "a kind without a place is full every day" grep -Eq "^In-house foster +365 \(365-365\)" .out
expect "how many children find it so" grep -Eq "^Children who found it full +[0-9]+ \([0-9]+-[0-9]+\)" .out
expect "and how many nothing else" grep -Eq "^  and nothing on the list +[0-9]" .out
mean="$(sed -n 's/^.*,2022\/23,overflow,all,\([0-9.]*\),.*$/\1/p' run/annual.csv | head -1)"
shown="$(sed -n 's/^Children who found it full *\([0-9]*\) .*$/\1/p' .out)"
expect "the number is that of annual.csv: $mean, $shown" test "$(printf '%.0f' "$mean")" = "$shown"
record unlimited run small/base.yaml --replicates 20 --out unlimited
expect "without places there is no word of them" test "$(grep -cE 'Days full|found it full' .out || true)" = 0

record compare compare small/full.yaml small/more.yaml --replicates 20 --out compare
expect "side by side" grep -Eq "^Days full, 20[0-9/]+ +Full +More$" .out
expect "places that are there are not full" grep -Eq "^In-house foster +[0-9]+ \([0-9]+-[0-9]+\) +0 \(0-0\)$" .out
record no_limit compare small/base.yaml small/full.yaml --replicates 20 --out no_limit
expect "a scenario without places has no limit" grep -Eq "^Children who found it full +no limit" .out
expect "the page has the days full of every scenario" grep -q '"More\\t20[0-9-]*\\tdays_full\\tresidential_external' compare/report.html
finish
