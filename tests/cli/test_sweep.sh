# placecast sweep: the bundled example, shards, kills at any moment, messages; the examples for scripts.
. "$(dirname "$0")/cli_test.sh"

cp -r "$data/small" .
cat >small/sweep.yaml <<'YAML'
sweep: 1
name: Small sweep
base: base.yaml
replicates: 40
set: {interventions: [{name: Help, kind: exit_rate, effect: 0.5}]}
factors:
  - {name: effect, key: interventions.Help.effect, range: {low: -0.5, high: 0.5, steps: 11}}
  - {name: seed, key: seed, values: [1, 2, 3, 4]}
filter: not (effect > 0.4 and seed = 4)
keep: {dates: [years, months]}
YAML
sum_of() { sha256sum "$1" | cut -d' ' -f1; }
query() { sqlite3 "$1" "$2"; }

shape check_sweep check small/sweep.yaml
shape whole sweep small/sweep.yaml --out whole.db --threads 2
whole="$(sum_of whole.db)"
check again sweep small/sweep.yaml --out whole.db --quiet
expect "a finished sweep is left as it is" test "$(sum_of whole.db)" = "$whole"
expect "nothing is left beside it" test "$(ls whole.db*)" = whole.db
expect "each run once" test "$(query whole.db 'SELECT count(*), count(DISTINCT run), max(run) FROM runs')" = "43|43|43"
expect "with all its results" \
    test "$(query whole.db 'SELECT count(*) FROM (SELECT run FROM results GROUP BY run HAVING count(*) = 26)')" = 43
expect "numbers are numbers" test "$(query whole.db 'SELECT DISTINCT typeof(seed) FROM runs')" = integer

# The same figures as `run` gives.
"$PLACECAST" run small/base.yaml --quiet --format csv --no-backtest --out one --replicates 40 --set seed=3 \
    --set 'interventions=[{name: Help, kind: exit_rate, effect: -0.3}]'
run="$(query whole.db 'SELECT run FROM runs WHERE effect = -0.3 AND seed = 3')"
expect "a run is the run of its scenario" cmp \
    <(query whole.db "SELECT date, printf('%.2f', mean), printf('%.2f', sd) FROM results WHERE run = $run AND measure = 'cost_gbp' AND date LIKE '____-%' ORDER BY date") \
    <(awk -F, '$3 == "cost_gbp" && $4 == "all" { print $2 "|" $5 "|" $6 }' one/forecast.csv)

# Killed again and again it goes on, and in the end nothing tells: as soon as a file of its is there (test_sweep_faults kills it before
# each of its operations on the disk); by hand, with KILLS=100, at random moments of what it takes in one go.
if [ -n "${KILLS:-}" ]; then
    began="$(date +%s%N)"
    "$PLACECAST" sweep small/sweep.yaml --out timed.db --quiet --threads 2
    took="$((($(date +%s%N) - began) / 1000000))"
fi
wait_for() { # EACH VICTIM: until the file of that turn is there, or the victim has ended
    local files=(killed.db.lock killed.db killed.db-wal killed.db-shm killed.db.new)
    if [ -n "${KILLS:-}" ]; then
        sleep "$(awk -v seed="$1" -v took="$took" 'BEGIN { srand(seed * 7919); rand(); printf "%.3f", rand() * took / 1000 }')"
        return
    fi
    until [ -s "${files[$1 - 1]}" ] || { [ "$1" = 1 ] && [ -e killed.db.lock ]; }; do
        kill -0 "$2" 2>/dev/null || return 0
    done
}
landed=0
for each in $(seq "${KILLS:-5}"); do
    "$PLACECAST" sweep small/sweep.yaml --out killed.db --quiet --threads 2 &
    victim=$!
    wait_for "$each" "$victim"
    kill -9 "$victim" 2>/dev/null || true
    wait "$victim" 2>/dev/null || true
    if [ -s killed.db ]; then
        [ -e killed.db-wal ] && landed=$((landed + 1))
        expect "sound after kill $each" test "$(query killed.db 'PRAGMA integrity_check')" = ok
        expect "no half run after kill $each" test -z "$(query killed.db 'SELECT run FROM results EXCEPT SELECT run FROM runs' 2>/dev/null)"
    fi
done
[ -z "${KILLS:-}" ] || echo "of $KILLS kills $landed fell while the database was being written"
"$PLACECAST" sweep small/sweep.yaml --out killed.db --quiet
expect "killed again and again, the same bytes" cmp killed.db whole.db
expect "and nothing beside it" test "$(ls killed.db*)" = killed.db

# Interrupted politely: finished work is kept, and said so. It is far from done when the first runs are committed.
"$PLACECAST" sweep small/sweep.yaml --out stopped.db --json --replicates 40000 --threads 2 >stopped.json 2>stopped.err &
victim=$!
until [ "$(query stopped.db 'SELECT count(*) FROM runs' 2>/dev/null || echo 0)" -gt 0 ] 2>/dev/null; do
    kill -0 "$victim" 2>/dev/null || break
    sleep 0.05
done
kill -TERM "$victim" 2>/dev/null || true
code=0
wait "$victim" || code=$?
expect "an interrupt is exit code 130" test "$code" = 130
expect "and one line of JSON" grep -q '"finished":false' stopped.json
kept="$(query stopped.db 'SELECT count(*) FROM runs')"
expect "the finished runs are kept, and counted" grep -q "\"done\":$kept," stopped.json

for n in 1 3 7; do
    rm -f s?.db
    shards=()
    for k in $(seq "$n"); do
        "$PLACECAST" sweep small/sweep.yaml --shard "$k/$n" --out "s$k.db" --quiet
        shards=("s$k.db" "${shards[@]}")
    done
    rm -f joined.db
    "$PLACECAST" sweep --merge "${shards[@]}" --out joined.db --quiet
    expect "$n shards, joined backwards, have the same bytes" cmp joined.db whole.db
done
check merge_with_a_gap sweep --merge s1.db s2.db s4.db s5.db s6.db s7.db --out gap.db
check merge_twice sweep --merge s1.db s2.db s3.db s4.db s5.db s6.db s7.db s3.db --out gap.db
check merge_onto_a_file sweep --merge s1.db --out joined.db
check merge_without_out sweep --merge s1.db
check bad_shard sweep small/sweep.yaml --shard 4/3 --out x.db
check two_files sweep small/sweep.yaml small/base.yaml --out x.db
check not_a_sweep sweep small/base.yaml --out x.db
check other_setting sweep small/sweep.yaml --out whole.db --set months=6
sed 's/seed: 11/seed: 12/' -i small/base.yaml
check changed_input sweep small/sweep.yaml --out whole.db
expect "and nothing was done to it" test "$(sum_of whole.db)" = "$whole"
sed 's/seed: 12/seed: 11/' -i small/base.yaml
check nowhere sweep small/sweep.yaml --out nowhere/x.db
if [ "$(id -u)" != 0 ]; then
    mkdir locked && chmod 555 locked
    check read_only sweep small/sweep.yaml --out locked/x.db
    chmod 755 locked
fi
check help sweep --help
printf 'sweep: 1\nname: x\nbase: base.yaml\nfactors: [{name: a, key: sead, values: [1]}]\nkeeps: 1\n' >small/wrong.yaml
check wrong check small/wrong.yaml
check wrong_json check small/wrong.yaml --json
expect "nothing is made where input is rejected" test ! -e x.db -a ! -e gap.db

"$PLACECAST" sweep "$SOURCE_DIR/scenarios/example/sweep.yaml" --out example.db --quiet --replicates 10
expect "the bundled example runs" test "$(query example.db 'SELECT count(*) FROM runs')" = 72
# One file for the other is told in one line; a value that a factor tries is no mistake of the scenario.
record a_sweep_as_scenario run small/sweep.yaml
expect "a sweep file is no scenario: exit code $code" test "$code" = 3
expect "and that is all that is said" test "$(cat .err)" = "small/sweep.yaml: is a sweep file, expected a scenario; \`placecast sweep\` runs it"
record a_scenario_as_sweep sweep small/base.yaml
expect "a scenario is no sweep file: exit code $code" test "$code" = 3
expect "and that is all that is said of it" test "$(cat .err)" = "small/base.yaml: is a scenario, expected a sweep file, which names one as its \`base\`: docs/sweep.md"
sed -e 's/effect: 0.5/effect: 0/' -e '/^filter/d' small/sweep.yaml >small/nought.yaml
record nought check small/nought.yaml
expect "an effect of 0 is one of the values that are tried" test ! -s .err
sed -e 's/effect: 0.5}\]/effect: 0.5}, {name: Idle, kind: exit_rate, effect: 0}]/' small/sweep.yaml >small/idle.yaml
record idle check small/idle.yaml
expect "one that no factor changes is told" grep -q "interventions.Idle: can have no effect: its effect is 0" .out
finish
