"""A sweep from Python by the command, and its results by the sqlite3 module.

    python3 examples/sweep.py SWEEP.yaml OUT.db [OPTIONS of placecast sweep]

PLACECAST names the program (default placecast).
"""
import json
import os
import sqlite3
import subprocess
import sys

program = os.environ.get("PLACECAST", "placecast")
sweep, database = sys.argv[1:3]

done = subprocess.run([program, "sweep", sweep, "--out", database, "--json", *sys.argv[3:]],
                      stdout=subprocess.PIPE, text=True)
if done.returncode == 130:
    sys.exit("interrupted: call it again, it goes on")
if done.returncode != 0:
    sys.exit(done.returncode)  # what is wrong has been printed to standard error
summary = json.loads(done.stdout)
print(f"{summary['runs']} runs, {summary['results']} results")

with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as results:
    best = results.execute("""
        SELECT run, mean FROM results
        WHERE measure = 'children' AND category = 'all' AND date = (SELECT max(date) FROM results)
        ORDER BY mean LIMIT 1""").fetchone()
    print(f"fewest children: run {best[0]} with {best[1]:.1f}")
    columns = [row[1] for row in results.execute("PRAGMA table_info(runs)")]
    values = results.execute("SELECT * FROM runs WHERE run = ?", best[:1]).fetchone()
    print(", ".join(f"{name} = {value}" for name, value in zip(columns, values)))
