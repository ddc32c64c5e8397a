# placecast report: the page of an earlier run, made again from its files and from nothing else.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
"$PLACECAST" run small/base.yaml --out one --replicates 50 --quiet
cp one/report.html as_run.html
cp one/datapackage.json as_run.json
cp one/workbook.xlsx as_run.xlsx
rm one/report.html one/datapackage.json one/workbook.xlsx
rm -r small
check again report one
expect "report.html has the bytes that run gave it, without the returns" cmp one/report.html as_run.html
expect "so has datapackage.json" cmp one/datapackage.json as_run.json
expect "and workbook.xlsx" cmp one/workbook.xlsx as_run.xlsx
cp -r one elsewhere
"$PLACECAST" report elsewhere --quiet
expect "the page does not tell where it was made" cmp one/report.html elsewhere/report.html
check json report one --json
expect "a folder of one run says nothing" test -z "$("$PLACECAST" report elsewhere 2>&1 >/dev/null)"
echo "2099/00" >>elsewhere/annual.csv
"$PLACECAST" report elsewhere --quiet >/dev/null 2>said.txt || true
"$PLACECAST" report elsewhere >/dev/null 2>>said.txt || true
expect "a table that is not of the run is warned of" grep -q "elsewhere/annual.csv: is not the file that run.json tells of" said.txt

expect "the headline is the figure of forecast.csv" \
    grep -q "about $(tail -n 400 one/forecast.csv | awk -F, '$3 == "children" && $4 == "all" { mean = $5 } END { printf "%.0f", mean }') children" one/report.html
expect "no address outside the page in any src or href" bash -c '! grep -oE "(src|href)=\"[^#\"][^\"]*\"" one/report.html'
expect "the page stays below 2 MB" test "$(wc -c <one/report.html)" -lt 2000000
expect "every table is described" python3 -c '
import csv, json
for table in json.load(open("one/datapackage.json"))["resources"]:
    names = [field["name"] for field in table["schema"]["fields"]]
    rows = list(csv.reader(open("one/" + table["path"])))
    assert names == rows[0], table["path"]
    for field, column in zip(table["schema"]["fields"], zip(*rows[1:])):
        if field["type"] in ("number", "integer"):
            [(float if field["type"] == "number" else int)(cell) for cell in column if cell != ""]
'

# What a user wrote is text, never markup or script.
harm='</script><script>window.harm=1</script><img src=x onerror=alert(1)>'
cp -r one harmed
sed -i "s|^Small base,|$harm,|" harmed/*.csv
sed -i "s|\"name\": \"Small base\"|\"name\": \"$harm\"|" harmed/run.json
"$PLACECAST" report harmed --quiet
expect "the name is there as text" grep -q '<h1>&lt;/script&gt;&lt;script&gt;' harmed/report.html
expect "and nowhere as markup" bash -c '! grep -qE "<img|<script>window" harmed/report.html'

check no_folder report nowhere
mkdir empty
check no_results report empty
cp -r one broken
sed -i '5s/,[0-9.]*,[0-9.]*,/,many,1,/' broken/annual.csv
check broken_table report broken
expect "a page that cannot be made again is left as it was" cmp broken/report.html as_run.html
check help report --help
finish
