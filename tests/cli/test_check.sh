# placecast check: every problem with its place, or what would be run.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
cat >bad.yaml <<'YAML'
placecast: 1
nam: Bad
start: 2022-13-01
months: 0
data: {ssda903: nowhere}
costs: {weekly: nowhere.csv}
YAML
cat >unknown_categories.yaml <<'YAML'
extends: small/base.yaml
name: Unknown categories
capacity:
  castle: {places: 3}
costs: {weekly: prices.csv}
YAML
cat >prices.csv <<'CSV'
category,weekly_gbp
castle,100
kinship,-5
CSV
cat >best.yaml <<'YAML'
extends: small/base.yaml
name: Small best
months: 24
YAML

check no_problems check small/base.yaml
check many_problems check bad.yaml
check problems_of_the_code_map_and_prices check unknown_categories.yaml
check json check small/base.yaml --json
check json_of_problems check bad.yaml --json
check quiet check small/base.yaml --quiet
check quiet_with_problems check bad.yaml --quiet
check show_effective check best.yaml --show-effective
check show_effective_with_problems check bad.yaml --show-effective
check show_effective_with_overrides check small/base.yaml --show-effective --replicates 50 --seed=9 --set months=6 \
    --extract 31/03/2022 --published small/published.csv --set uncertainty.parameters=false
check set_unknown_key check small/base.yaml --set mouths=3
check set_bad_value check small/base.yaml --set months=many
check set_without_value check small/base.yaml --set months
check set_without_key check small/base.yaml --set =3
check codes_missing check small/base.yaml --codes nowhere.yaml
check replicates_of_nothing check small/base.yaml --replicates 0
check missing_file check nowhere.yaml
check a_folder check small
mkdir elsewhere
check outside check small/base.yaml --confine elsewhere
check inside check small/base.yaml --confine .
expect "check writes nothing" test ! -e out

"$PLACECAST" check --help | sed '/^Keys of a scenario/q' >help
same help.txt help
expect "--help lists the keys" bash -c '"$PLACECAST" check --help | grep -q "^  months: a whole number"'
finish
