#!/bin/bash
# A sweep from a shell: check it, run it, ask its database.   examples/sweep.sh SWEEP.yaml OUT.db
# PLACECAST names the program (default placecast); PLACECAST_OPTIONS may hold options such as --replicates 20.
set -u
program="${PLACECAST:-placecast}"

"$program" check "$1" --quiet || exit # 3: every mistake in the file has been printed
"$program" sweep "$1" --out "$2" --quiet ${PLACECAST_OPTIONS:-}
case $? in
0) ;;
130) echo "interrupted: call it again, it goes on" && exit 130 ;;
*) echo "failed" && exit 1 ;;
esac
sqlite3 -header -column "$2" "SELECT run, date, round(mean) AS children, p10, p90 FROM results
    WHERE measure = 'children' AND category = 'all' ORDER BY run, date LIMIT 5"
