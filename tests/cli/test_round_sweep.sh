# --round-to in sweep, seek and sensitivity, and of posts: no number of children that is not a multiple is in any output, chances and money stay,
# and what was rounded says so. The twins without it show that there were small numbers to hide.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
cat >small/workforce.yaml <<'YAML'
workforce: 1
care: {proceedings: {share: 0.5, stay: {days: 180}}}
teams:
  - {name: Looked after, case_load: 8, cases: {children_in_care: 1, proceedings: 0.5}, other_posts: 1.5, span: 4}
  - {name: Leavers, case_load: 20, cases: {care_leavers: 1}}
structures:
  - {name: Now, from: 2022-04-01, teams: [{name: Looked after, posts: 4, cost: 200000}, {name: Leavers, posts: 1, cost: 40000}]}
YAML
cat >small/plan.yaml <<'YAML'
extends: base.yaml
name: Plan
workforce: workforce.yaml
interventions: [{name: Help, kind: exit_rate, effect: 0.5, cost: {one_off: 1000}}]
targets:
  - {name: few, measure: children, by: 2023-03-31, at_most: 5}
  - {name: load, measure: case_load, category: Looked after, by: 2023-03-31, at_most: 8}
  - {name: needed, measure: posts_needed, category: Looked after, by: 2023-03-31, at_most: 5}
YAML
"$PLACECAST" check small/plan.yaml >said.txt 2>&1 || { cat said.txt; exit 1; }
cat >small/sweep.yaml <<'YAML'
sweep: 1
name: Small sweep
base: plan.yaml
replicates: 40
factors:
  - {name: effect, key: interventions.Help.effect, range: {low: -0.5, high: 0.5, steps: 3}}
  - {name: more, key: interventions.Help.confidence, range: {low: 0.5, high: 1}}
sample: {n: 4}
keep: {measures: [children, starts, place_days, cost_gbp, open_cases, posts_needed, gap_posts, case_load], categories: [all, each], dates: [years, months], quantiles: [0.1, 0.5, 0.9]}
YAML
for way in plain five; do
    round="$([ $way = plain ] || echo --round-to 5)"
    # shellcheck disable=SC2086
    {
        "$PLACECAST" sweep small/sweep.yaml --out "$way.db" $round >"$way.sweep.txt" 2>"$way.err" || fail "sweep: $(cat "$way.err")"
        "$PLACECAST" seek small/plan.yaml --lever interventions.Help.effect=0:2 --target few --confidence 0.3 --points 3 --tolerance 0.2 $round \
            --json >"$way.seek.json" 2>"$way.err" || fail "seek: $(cat "$way.err")"
        "$PLACECAST" seek small/plan.yaml --lever interventions.Help.effect=0:2 --target few --confidence 0.3 --points 3 --tolerance 0.2 $round \
            >"$way.seek.txt" 2>"$way.err" || fail "seek: $(cat "$way.err")"
        "$PLACECAST" sensitivity small/sweep.yaml --points 4 --out "$way.sensitivity" $round --json >"$way.sensitivity.json" 2>"$way.err" || fail "sensitivity: $(cat "$way.err")"
        "$PLACECAST" sensitivity small/sweep.yaml --points 4 --out "$way.sensitivity" $round >"$way.sensitivity.txt" 2>"$way.err" || fail "sensitivity: $(cat "$way.err")"
        "$PLACECAST" run small/plan.yaml --no-backtest --out "$way.run" --quiet $round 2>"$way.err" || fail "run: $(cat "$way.err")"
        "$PLACECAST" compare small/base.yaml small/plan.yaml --no-backtest --out "$way.both" --quiet $round 2>"$way.err" || fail "compare: $(cat "$way.err")"
    }
done
cat >judge.py <<'EOF'
import csv, datetime, json, sqlite3, sys

wrong, small, looked = [], 0, 0


def judge(where, way, value, unit=5.0, without=0.0, error=1e-6):
    """A multiple in five; in plain there have to be some that are none."""
    global small, looked
    if value in ("", None):
        return
    looked += 1
    times = (float(value) - without) / unit
    off = abs(times - round(times)) * unit > error
    small += way == "plain" and off
    if way == "five" and off:
        wrong.append(f"{where}: {value} is no multiple of {unit} above {without}")


def days_of(date):
    return datetime.date.fromisoformat(date).day


EACH = (1 + 1 / 4) / 8  # posts for a child in care: worker and manager
for way in ("plain", "five"):
    base = sqlite3.connect(f"{way}.db")
    for run, date, measure, category, mean, p10, p50, p90 in base.execute("SELECT run, date, measure, category, mean, p10, p50, p90 FROM results"):
        where = f"{way}.db {run} {date} {measure} {category}"
        for value in (mean, p10, p50, p90):
            if measure in ("children", "starts", "open_cases"):
                judge(where, way, value)
            elif measure == "place_days" and date[4] == "-":
                judge(where, way, value, 5 * days_of(date), error=1e-3)
            elif measure == "posts_needed" and category == "Looked after":
                judge(where, way, value, 5 * EACH, 1.5)
            elif measure == "gap_posts" and category == "Looked after":
                judge(where, way, value, 5 * EACH, 4 - 1.5)
            elif measure == "case_load" and way == "five" and value is not None:
                wrong.append(f"{where}: {value} tells the cases")
    seek = json.load(open(f"{way}.seek.json"))
    for point in seek["results"][0]["curve"] + [seek["results"][0]["smallest"] or {"mean": None}]:
        judge(f"{way}.seek.json", way, point["mean"])
    for row in csv.DictReader(open(f"{way}.sensitivity/sensitivity.csv")):
        for name in ("at_low", "at_middle", "at_high", "width"):
            if row["result"] in ("children", "children_residential", "open_cases"):
                judge(f"{way} sensitivity {row['result']} {name}", way, row[name])
    for result in json.load(open(f"{way}.sensitivity.json"))["results"]:
        if result.get("result") in ("children", "children_residential", "open_cases"):
            judge(f"{way}.sensitivity.json", way, result["middle"] if "middle" in result else result["at_middle"])
    for folder in ("run", "both"):
        for row in csv.DictReader(open(f"{way}.{folder}/posts.csv")):
            if row["team"] == "Looked after":
                for name in ("posts_needed", "posts_needed_p10", "posts_needed_p50", "posts_needed_p90", "posts_at_confidence"):
                    judge(f"{way}.{folder}/posts.csv {name}", way, row[name], 5 * EACH, 1.5, 0.0051)
                judge(f"{way}.{folder}/posts.csv gap", way, row["gap_posts"], 5 * EACH, 4 - 1.5, 0.0051)
            if way == "five" and row["case_load"] != "":
                wrong.append(f"{folder}/posts.csv: a case-load of {row['case_load']}")
    for row in csv.DictReader(open(f"{way}.run/targets.csv")):
        if row["target"] == "needed":
            judge(f"{way} targets.csv", way, row["mean"], 5 * EACH, 1.5, 0.0051)
        elif row["target"] == "load" and way == "five" and row["mean"] != "":
            wrong.append(f"targets.csv: a case-load of {row['mean']}")
    for row in csv.DictReader(open(f"{way}.both/invest_to_save.csv")):
        if row["measure"] == "placement_years_avoided":
            judge(f"{way} invest_to_save.csv", way, row["mean"])

# What is no number of children is as it was.
one, two = ([row for row in sqlite3.connect(f"{way}.db").execute(
    "SELECT run, date, category, mean, p90 FROM results WHERE measure IN ('cost_gbp', 'target_met') ORDER BY 1, 2, 3, 4")] for way in ("plain", "five"))
assert one == two and len(one) > 100
one, two = (json.load(open(f"{way}.seek.json"))["results"][0] for way in ("plain", "five"))
assert [(p["lever"], p["probability"]) for p in one["curve"]] == [(p["lever"], p["probability"]) for p in two["curve"]] and one["smallest"]["lever"] == two["smallest"]["lever"]
one, two = ({(r["result"], r["factor"]): (r["first"], r["total"]) for r in csv.DictReader(open(f"{way}.sensitivity/sensitivity.csv"))} for way in ("plain", "five"))
assert one == two and any(value != ("", "") for value in one.values())

# Each says so, and only then.
meta = dict(sqlite3.connect("five.db").execute("SELECT key, value FROM meta"))
assert meta["rounded_to"] == "5" and "rounded_to" not in dict(sqlite3.connect("plain.db").execute("SELECT key, value FROM meta"))
for name in ("five.seek.json", "five.sensitivity.json", "five.sensitivity/sensitivity.json", "five.run/run.json"):
    assert json.load(open(name))["rounded_to"] == 5, name
    assert "rounded_to" not in json.load(open(name.replace("five", "plain"))), name
for folder in ("run", "both", "sensitivity"):
    told = {r["path"]: r.get("rounded_to") for r in json.load(open(f"five.{folder}/datapackage.json"))["resources"]}
    assert not any("rounded_to" in r for r in json.load(open(f"plain.{folder}/datapackage.json"))["resources"])
    for path, to in told.items():
        money = path in ("why.csv", "workforce.csv", "workforce_checks.csv", "assumptions.csv", "income.csv", "concentration.csv")
        assert to == (None if money else 5), (folder, path, to)
    assert "nearest 5" in json.load(open(f"five.{folder}/datapackage.json"))["description"]
for name in ("five.sweep.txt", "five.seek.txt", "five.sensitivity.txt"):
    assert "rounded to the nearest 5" in " ".join(open(name).read().split()), name
    assert "rounded" not in open(name.replace("five", "plain")).read(), name
page = open("five.sensitivity/report.html").read()
assert '"rounded_to":5' in page.replace(" ", "")
assert small > 200 and looked > 1000, (small, looked)
for line in wrong[:10]:
    print(line)
sys.exit(bool(wrong))
EOF
expect "every number of children is a multiple of 5, and the twins show others" python3 judge.py

# A database is of one rounding: another is refused by name; shards join to one, --merge by itself rounds nothing.
code=0
"$PLACECAST" sweep small/sweep.yaml --out plain.db --round-to 5 --quiet 2>said.err || code=$?
expect "another rounding is another sweep" test "$code" = 3
expect "and is named" grep -q 'rounded_to (none), now it is 5' said.err
"$PLACECAST" sweep small/sweep.yaml --out one.db --shard 1/2 --round-to 5 --quiet
"$PLACECAST" sweep small/sweep.yaml --out two.db --shard 2/2 --round-to 5 --quiet
"$PLACECAST" sweep --merge one.db two.db --out joined.db >joined.txt
expect "shards join to the same bytes" cmp joined.db five.db
expect "and say that they are rounded" grep -q 'rounded to the nearest 5' joined.txt
code=0
"$PLACECAST" sweep --merge one.db two.db --out never.db --round-to 5 >said.out 2>said.err || code=$?
expect "--merge does not round" test "$code" = 2
expect "and says why" grep -q 'the sweep of each shard' said.err
finish
