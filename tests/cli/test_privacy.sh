# No byte about a single child leaves `clean`: returns full of unmistakable identifiers and dates of birth go through every verb, and
# every byte that comes out is searched, screen and unzipped workbook included.
. "$(dirname "$0")/cli_test.sh"

umask 000 # so that a mode is what the program asked for
scan() { python3 "$SOURCE_DIR/tests/support/privacy_scan.py" scan "$@"; }

# 1. Returns with planted children, prices by child, and a plan that uses most of what there is.
"$PLACECAST" synth --children 60 --years 4 --seed 3 --messy --out made --quiet
python3 "$SOURCE_DIR/tests/support/privacy_scan.py" plant made/ssda903
rm -f made/*.csv
expect "the returns are full of identifiers and birth dates" test "$(scan made | grep -c .)" -gt 20
mkdir plan
cp "$SOURCE_DIR"/scenarios/example/data/weekly.csv plan/
python3 - <<'EOF'
import csv, glob
last = sorted(glob.glob("made/ssda903/*/"))[-1]
children = sorted({row["CHILD"] for row in csv.DictReader(open(last + "episodes.csv")) if not row["DEC"]})
with open("plan/current.csv", "w") as out:
    out.write("child,weekly_gbp,price_year\n")
    for child in children[:20] + ["ZQNOBODYQZ"]:
        out.write(f"{child},900,2023/24\n")
EOF
cat >plan/base.yaml <<'YAML'
placecast: 1
name: Base
start: 2023-04-01
months: 24
replicates: 30
data: {ssda903: ../made/ssda903}
costs: {weekly: weekly.csv, current: current.csv}
targets: [{measure: children, category: all, by: 2024-03-31, at_most: 70}]
budget:
  - {year: 2023/24, side: budget, kind: opening, line: Placements, amount: 3000000}
  - {year: 2023/24, side: outturn, kind: modelled, line: cost_gbp}
YAML
printf 'extends: base.yaml\nname: More\ninterventions: [{name: Help, kind: prevent, effect: 0.2}]\n' >plan/more.yaml
cat >plan/sweep.yaml <<'YAML'
sweep: 1
name: Sweep
base: more.yaml
replicates: 20
factors: [{name: effect, key: interventions.Help.effect, range: {low: 0.1, high: 0.3, steps: 3}}]
YAML

# 2. Every verb, what it writes and what it says.
mkdir said out
say() {
    local name="$1"
    shift
    "$PLACECAST" "$@" >"said/$name.out" 2>"said/$name.err" </dev/null || fail "$name: exit code $?"
}
say clean clean made/ssda903 --out out/clean
say clean_json clean made/ssda903 --out out/clean --json
say fit fit plan/base.yaml --out out/fit
say check check plan/base.yaml --show-effective
say run run plan/base.yaml --out out/run
say run_again run plan/base.yaml --out out/run --json
say compare compare plan/base.yaml plan/more.yaml --out out/compare
say compare_json compare plan/base.yaml plan/more.yaml --out out/compare --json
say rounded run plan/more.yaml --out out/more
say report report out/run
say backtest backtest plan/base.yaml --replicates 20 --out out/backtest
say backtest_json backtest plan/base.yaml --replicates 20 --out out/backtest --json
say sweep sweep plan/sweep.yaml --out out/sweep.db
say seek seek plan/more.yaml --lever interventions.Help.effect=0:0.9 \
    --target '{measure: children, category: all, by: 2024-03-31, at_most: 60}'
say sensitivity sensitivity plan/sweep.yaml --points 3 --out out/sensitivity
say rerun rerun out/run/run.json --out out/rerun

# 3. Where children are: two files, for their owner alone.
expect "episodes.csv has them, so the search can find them" test "$(scan out/clean/episodes.csv | cut -d' ' -f1 | tr '\n' ' ')" = "identifier birth "
expect "quality.csv has their identifiers" test "$(scan out/clean/quality.csv | cut -d' ' -f1 | head -n 1)" = identifier
for file in out/clean/episodes.csv out/clean/quality.csv out/fit/children.csv; do
    expect "$file is its owner's alone" test "$(stat -c %a "$file")" = 600
done
expect "children.csv has the month of birth and no day of it" \
    python3 -c 'import csv, re, sys; rows = list(csv.DictReader(open("out/fit/children.csv"))); sys.exit(not rows or any(not re.fullmatch(r"\d{4}-\d\d", row["born"]) for row in rows) or "child" in rows[0])'
rm out/clean/episodes.csv out/clean/quality.csv
expect "tables to be shared are not restricted" test "$(stat -c %a out/run/forecast.csv)" != 600

# 4. Where they are not: in any other byte.
scan out said >found.txt
expect "nothing about a child anywhere else: $(head -n 5 found.txt)" test ! -s found.txt
expect "and much was searched" test "$(find out said -type f | wc -l)" -gt 60

# 5. Nor in messages about what is wrong with their rows or prices.
cp plan/current.csv plan/good.csv
sed -n '2p;2p' plan/good.csv >>plan/current.csv
sed -n '3p' plan/good.csv | sed 's/900/nine/' >>plan/current.csv
"$PLACECAST" run plan/base.yaml --out never >said/prices.txt 2>&1 </dev/null && fail "wrong prices are refused"
cp plan/good.csv plan/current.csv
cp -r made/ssda903 spoilt
sed -Ei 's,[0-9]{2}/[0-9]{2}/[0-9]{4},31/31/2020,g; s,[0-9]{4}-[0-9]{2}-[0-9]{2},2020-31-31,g' spoilt/*/*.csv
"$PLACECAST" clean spoilt --out never >said/spoilt.txt 2>&1 </dev/null && fail "returns without a usable row are refused"
cp -r made/ssda903 quoted
sed -i '5s/^/x"/' quoted/*/*.csv
"$PLACECAST" clean quoted --out never >said/quoted.txt 2>&1 </dev/null || true
scan said >found.txt
expect "messages name rows, not children: $(head -n 5 found.txt)" test ! -s found.txt

# 6. The search would have found them: one planted in a name goes everywhere.
"$PLACECAST" run plan/base.yaml --set 'name=ZQ1QZ of 2001-02-13' --replicates 5 --no-backtest --out twin --quiet
scan twin >found.txt
for where in forecast.csv run.json report.html workbook.xlsx:xl/; do
    expect "an identifier in $where is found" grep -q "^identifier twin/$where" found.txt
    expect "a birth date in $where is found" grep -q "^birth twin/$where" found.txt
done
finish
