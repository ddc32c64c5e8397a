# On a terminal: width, colour, small charts, the bar; in a pipe none of them. What they look like: tests/unit/test_terminal.c.
. "$(dirname "$0")/cli_test.sh"

if ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    echo "skipped: no script (package bsdutils) that can make a terminal"
    exit 0
fi
cp -r "$data/small" .

# terminal COLUMNS [NAME=VALUE...]: what a run shows on one of that width, carriage returns taken off; standard error in .err
terminal() {
    local columns="$1"
    shift
    # env within: a shell may set COLUMNS after stty.
    script -qec "stty cols $columns rows 40; env -u NO_COLOR -u COLUMNS TERM=xterm LC_ALL=C.UTF-8 $* '$PLACECAST' run small/base.yaml --replicates 20 --no-backtest --out out/terminal 2>.err" \
        /dev/null </dev/null | tr -d '\r' >.shown
}
escape="$(printf '\033')"
bars="$(printf '\342\226')" # how each of the block characters begins
widest() { sed "s/$escape\[[0-9;]*m//g" "$1" | LC_ALL=C.UTF-8 wc -L; }

"$PLACECAST" run small/base.yaml --replicates 20 --no-backtest --out out/terminal >.pipe 2>.err
expect "nothing is coloured in a pipe" bash -c "! grep -q '$escape' .pipe"
expect "nor drawn" bash -c "! grep -q '$bars' .pipe"
expect "a pipe sees no bar" bash -c "! grep -q 'Simulating' .err"
COLUMNS=40 "$PLACECAST" run small/base.yaml --replicates 20 --no-backtest --out out/terminal >.narrow 2>.err
expect "a pipe has 80 columns whatever the terminal beside it" cmp .pipe .narrow

terminal 80
expect "headings are coloured on a terminal" grep -q "$escape\[1m" .shown
expect "and charts drawn where the locale knows the characters" grep -q "$bars" .shown
expect "80 columns are kept" test "$(widest .shown)" -le 80
terminal 40
expect "40 columns are kept" test "$(widest .shown)" -le 40
expect "and used" test "$(widest .shown)" -gt 30
terminal 80 COLUMNS=50
expect "COLUMNS is believed before the terminal" test "$(widest .shown)" -le 50
terminal 80 NO_COLOR=1
expect "NO_COLOR is honoured" bash -c "! grep -q '$escape' .shown"
expect "charts are not colour" grep -q "$bars" .shown
terminal 80 NO_COLOR=
expect "an empty NO_COLOR is none" grep -q "$escape\[1m" .shown
terminal 80 LC_ALL=C
expect "without UTF-8 there are no charts" bash -c "! grep -q '$bars' .shown"
terminal 80 TERM=dumb
expect "a dumb terminal gets the text of a pipe" cmp .pipe .shown

# The bar: on a terminal as standard error, gone at the end, never wider than the terminal.
env TERM=xterm script -qec "stty cols 40; env -u COLUMNS '$PLACECAST' run small/base.yaml --no-backtest --out out/bar >/dev/null" /dev/null \
    </dev/null >.bar
tr '\r' '\n' <.bar | grep -v '^warning' >.frames
expect "the bar reaches its end" grep -q '^Simulating \[#* *\] 100%' .frames
expect "it is never wider than the terminal" test "$(widest .frames)" -lt 40
expect "and is wiped away" test -z "$(sed -n '/100%/,$p' .frames | tail -n +2 | tr -d ' \n')"
env TERM=xterm script -qec "'$PLACECAST' run small/base.yaml --no-backtest --quiet --out out/bar" /dev/null </dev/null >.bar
expect "--quiet shows no bar" test ! -s .bar
finish
