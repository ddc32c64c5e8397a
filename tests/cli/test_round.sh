# --round-to: every number of children in every output is a multiple of N, and each output says so; money is as it was.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
cat >small/plan.yaml <<'YAML'
extends: base.yaml
name: Plan
start: 2022-04-10
months: 20
interventions: [{name: Help, kind: prevent, effect: 0.3}, {name: Home, kind: exit_rate, effect: 0.5}]
targets: [{measure: children, category: all, by: 2023-03-31, at_most: 6}]
YAML
"$PLACECAST" run small/plan.yaml --out plain --quiet
"$PLACECAST" run small/plan.yaml --out five --round-to 5 >five.txt
"$PLACECAST" run small/plan.yaml --out five --round-to 5 --json >five.json
"$PLACECAST" compare small/base.yaml small/base.yaml --out never --quiet >/dev/null 2>&1 && fail "one name twice is refused"
printf 'extends: base.yaml\nname: Better\ninterventions: [{name: Help, kind: prevent, effect: 0.5}]\n' >small/better.yaml
"$PLACECAST" compare small/base.yaml small/better.yaml --out both --round-to 5 >both.txt
"$PLACECAST" backtest small/base.yaml --out back --replicates 20 --round-to 5 >back.txt

cat >judge.py <<'EOF'
import calendar, csv, datetime, json, sys

COUNTS = {"children", "starts", "ceases", "moves", "status_changes", "overflow", "unmet", "displaced", "children_average",
          "treated", "changed", "children_residential"}
STATS = ["mean", "p025", "p05", "p10", "p25", "p50", "p75", "p90", "p95", "p975"]
wrong = []
looked = 0


def rows(path):
    return list(csv.DictReader(open(path)))


def judge(where, value, unit=5.0):
    global looked
    if value not in ("", None):
        looked += 1
        if abs(float(value) / unit - round(float(value) / unit)) > 1e-6:
            wrong.append(f"{where}: {value} is no multiple of {unit}")


def days_of(date):  # the first month begins on the 10th
    day = datetime.date.fromisoformat(date)
    return 21 if (day.year, day.month) == (2022, 4) else day.day


for folder in ("five", "both"):
    for table in ("forecast", "annual", "exits", "interventions", "differences", "annual_differences", "alone"):
        try:
            found = rows(f"{folder}/{table}.csv")
        except FileNotFoundError:
            continue
        for at, row in enumerate(found):
            if table == "exits" or row["measure"] in COUNTS:
                for name in STATS:
                    judge(f"{folder}/{table}.csv:{at + 2} {name}", row[name])
            elif row["measure"] == "place_days" and table == "forecast" and folder == "five":
                for name in STATS:
                    judge(f"{folder}/{table}.csv:{at + 2} {name}", row[name], 5 * days_of(row["date"]))
    for at, row in enumerate(rows(f"{folder}/tieout.csv")):
        judge(f"{folder}/tieout.csv:{at + 2}", row["engine"])
        judge(f"{folder}/tieout.csv:{at + 2}", row["official_rule"])
    for at, row in enumerate(rows(f"{folder}/skill.csv")):
        if row["measure"] != "cost_gbp":
            for name in ("actual", "mean", "p50", "naive", "line"):
                judge(f"{folder}/skill.csv:{at + 2} {name}", row.get(name))
    run = json.load(open(f"{folder}/run.json"))
    assert run["rounded_to"] == 5
    for name in ("rows_read", "episodes", "children", "children_read"):
        judge(f"{folder}/run.json {name}", run["cleaned"][name])
    for rule in run["cleaned"]["rules"]:
        judge(f"{folder}/run.json {rule}", rule["count"])
    judge("left out", run["children_left_out"])
    assert "nearest 5" in json.load(open(f"{folder}/datapackage.json"))["description"]

# The page and the workbook are made of these tables; the JSON summary of the same numbers.
summary = json.load(open("five.json"))
assert summary["rounded_to"] == 5
for name, value in summary["children_now"].items():
    judge(f"five.json now {name}", value)
for year in summary["years"]:
    for category, value in year["children"].items():
        judge(f"five.json {category}", value["mean"])

# Totals from unrounded numbers; money, spreads and chances untouched.
plain, five = rows("plain/annual.csv"), rows("five/annual.csv")
assert len(plain) == len(five)
for a, b in zip(plain, five):
    if a["measure"].endswith("_gbp"):
        assert a == b, a
    elif a["measure"] in COUNTS:
        assert abs(float(b["mean"]) - round(float(a["mean"]) / 5 + 1e-12) * 5) < 5.0001 and a["sd"] == b["sd"]
        assert abs(float(b["mean"]) - float(a["mean"])) <= 2.5 + 1e-6, (a, b)
assert [r["probability"] for r in rows("plain/targets.csv")] == [r["probability"] for r in rows("five/targets.csv")]
assert open("plain/why.csv").read() == open("five/why.csv").read()
assert any(a["measure"] == "children" and a["mean"] != b["mean"] for a, b in zip(plain, five))
assert looked > 2000, looked
for line in wrong[:10]:
    print(line)
sys.exit(bool(wrong))
EOF
expect "every number of children is a multiple of 5" python3 judge.py
for told in five.txt both.txt back.txt; do
    expect "$told says that it is rounded" grep -q '^Rounded .*nearest 5' "$told"
done
expect "the page says so" grep -q 'rounded to the nearest 5, each by itself' five/report.html
expect "the workbook says so" python3 -c '
import sys, zipfile
book = zipfile.ZipFile("five/workbook.xlsx")
sys.exit(not any(b"are rounded to the nearest" in book.read(name) for name in book.namelist()))'
expect "nothing is said where nothing is rounded" test "$(cat plain/run.json plain/report.html plain/datapackage.json | grep -c -e rounded_to -e 'nearest 5,')" = "$(grep -c rounded_to plain/report.html || true)"
expect "the page is made again as it was" bash -c 'cp five/report.html kept.html; "$PLACECAST" report five --quiet; cmp five/report.html kept.html'
check again rerun five/run.json --out again

# A back-test that is kept in the folder is one of the same rounding.
"$PLACECAST" run small/plan.yaml --out plain --round-to 10 --quiet
expect "the tables of a run with other rounding are not kept" python3 -c '
import csv
assert all(float(row["actual"]) % 10 == 0 for row in csv.DictReader(open("plain/skill.csv")) if row["measure"] == "children")'
check bad_round run small/plan.yaml --round-to 1
check not_there fit small/plan.yaml --round-to 5
finish
