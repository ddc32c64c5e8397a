# The examples for scripts do what they say: shell, Python by the command and by the library, R. Each where its interpreter is.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
cat >small/sweep.yaml <<'YAML'
sweep: 1
name: Small sweep
base: base.yaml
replicates: 20
set: {interventions: [{name: Help, kind: exit_rate, effect: 0.5}]}
factors: [{name: effect, key: interventions.Help.effect, range: {low: 0.1, high: 0.5, steps: 4}}]
YAML
examples="$SOURCE_DIR/examples"
"$PLACECAST" sweep small/sweep.yaml --out whole.db --quiet
fewest="$(sqlite3 whole.db "SELECT min(mean) FROM results WHERE measure = 'children'")"

"$examples/sweep.sh" small/sweep.yaml shell.db >shell.txt 2>shell.err || fail "the shell example: $(cat shell.err)"
expect "shell: the same database" cmp shell.db whole.db
expect "shell: a table of children" grep -q '^run .*children' shell.txt
printf 'sweep: 1\n' >small/wrong.yaml
code=0
"$examples/sweep.sh" small/wrong.yaml none.db >none.txt 2>&1 || code=$?
expect "shell: a wrong file ends it with 3" test "$code" = 3 -a ! -e none.db

if command -v python3 >/dev/null && python3 -c 'import sqlite3' 2>/dev/null; then
    python3 "$examples/sweep.py" small/sweep.yaml python.db --threads 1 >python.txt 2>python.err || fail "the Python example: $(cat python.err)"
    expect "Python: the same database" cmp python.db whole.db
    expect "Python: how many" grep -q '^4 runs, 8 results$' python.txt
    expect "Python: the best run" grep -q "^fewest children: run 4 with $(printf '%.1f' "$fewest")$" python.txt
    expect "Python: its values" grep -q '^run = 4, effect = 0.5$' python.txt
fi
library="$(dirname "$PLACECAST")/libplacecast.so"
# A library with sanitizers needs a program that has them as well. (Counted to the end: a grep that stops early ends nm with a
# broken pipe, which reads as "none found".)
sanitizer_symbols="$( ([ ! -e "$library" ] || nm -D "$library") | grep -c __asan_init || true)"
if command -v python3 >/dev/null && python3 -c 'import ctypes' 2>/dev/null && [ -e "$library" ] && [ "$sanitizer_symbols" = 0 ]; then
    PLACECAST_LIBRARY="$library" python3 "$examples/library.py" small/sweep.yaml library.db >library.txt 2>library.err ||
        fail "the ctypes example: $(cat library.err)"
    expect "ctypes: the same database" cmp library.db whole.db
    expect "ctypes: how many" grep -q '^4 done now, 0 before, 8 results$' library.txt
fi
if command -v Rscript >/dev/null && Rscript -e 'library(RSQLite)' >/dev/null 2>&1; then
    Rscript "$examples/sweep.R" small/sweep.yaml r.db >r.txt 2>r.err || fail "the R example: $(cat r.err)"
    expect "R: the same database" cmp r.db whole.db
    expect "R: how many" grep -q '^4 runs, 4 figures of all children$' r.txt
fi
finish
