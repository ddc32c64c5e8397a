# placecast rerun: an earlier run made again from its run.json: the same bytes, or what differs.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
"$PLACECAST" run small/base.yaml --out one --replicates 40 --seed 11 --set months=14 --threads 1 --quiet
check same rerun one/run.json
expect "the settings of the command line are those of the run" cmp one/forecast.csv out/rerun/forecast.csv
expect "the page is the same" cmp one/report.html out/rerun/report.html
expect "so is the workbook" cmp one/workbook.xlsx out/rerun/workbook.xlsx
check json rerun one/run.json --out again --json --threads 2
check quiet rerun one/run.json --out again --quiet

# A run without the page and the workbook, and a comparison.
"$PLACECAST" run small/base.yaml --out=tables --replicates 20 --format csv,json --quiet --json >summary.json
check tables rerun tables/run.json --out again_tables
printf 'extends: small/base.yaml\nname: More\nmonths: 6\n' >more.yaml
printf 'extends: small/base.yaml\nname: Less\nmonths: 6\n' >less.yaml
"$PLACECAST" compare more.yaml less.yaml --out both --replicates 20 --quiet
check comparison rerun both/run.json --out again_both

# An output that is not what was written: told from the hash, wherever the file of the run went.
mkdir moved
cp one/run.json moved/
check moved rerun moved/run.json --out again_moved
sed -i '3s/,[^,]*$/,777/' one/annual.csv
check changed_since rerun one/run.json --out again_since
python3 - <<'EOF'
import hashlib, json
run = json.load(open("one/run.json"))
run["output_sha256"]["annual.csv"] = hashlib.sha256(open("one/annual.csv", "rb").read()).hexdigest()
json.dump(run, open("one/run.json", "w"))
EOF
check differs rerun one/run.json --out again_differs

# Inputs: changed, gone, added.
cp -r both kept
cp more.yaml more.kept
echo '# a remark' >>more.yaml
check changed_input rerun both/run.json --out never
cp more.kept more.yaml
mv less.yaml hidden.yaml
check absent_input rerun both/run.json --out never
mkfifo less.yaml
check fifo_input rerun both/run.json --out never
rm less.yaml
mv hidden.yaml less.yaml
expect "nothing was run" test ! -e never
mkdir -p small/returns/2099
cp "$(find small/returns -name '*pisodes*' | sort | head -n 1)" small/returns/2099/more.csv
"$PLACECAST" rerun both/run.json --out added >added.txt 2>added.err && fail "an added input is told" || true
expect "an added input is named" grep -q 'more.csv: is read now, and was not by the run' added.err
rm -r small/returns/2099

# Another version may give other figures: said, tried, judged.
sed 's/"placecast": "[^"]*"/"placecast": "0.0.1"/' both/run.json >kept/run.json
check version rerun kept/run.json --out again_version

# What is no run.json.
check itself rerun both/run.json --out both
check absent rerun nowhere/run.json
check folder rerun both
echo '{' >broken.json
check broken rerun broken.json
for harm in '"command": ["placecast"]' '"command": ["placecast", 7]' '"command": ["placecast", "clean", "small/returns"]' \
    '"command": ["placecast", "run", "a.yaml", "--self-test"]' '"command": ["placecast", "run", "--nonsense"]' \
    '"inputs": []' '"inputs": [{"sha256": "0"}]' '"outputs": ["../more.yaml"]' '"placecast": 1'; do
    python3 - "$harm" <<'EOF'
import json, sys
run = json.load(open("both/run.json"))
run.update(json.loads("{" + sys.argv[1] + "}"))
json.dump(run, open("harm.json", "w"))
EOF
    code=0
    "$PLACECAST" rerun harm.json --out never >harm.out 2>harm.err </dev/null || code=$?
    expect "exit code 3 for $harm" test "$code" = 3
    expect "a message for $harm" grep -q '^harm.json: ' harm.err
    expect "nothing on standard output for $harm" test ! -s harm.out
done
expect "nothing of that was run" test ! -e never

# A run.json from a stranger reads nothing outside --confine.
check confined rerun both/run.json --out again_confined --confine small
check help rerun --help
finish
