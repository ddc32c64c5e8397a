#!/usr/bin/env python3
"""Every verb, with every system call failed in turn: allocations, open, read, write, sync, close, rename ...

    walk_verbs.py PLACECAST_FAULTS [--points N] [--verb NAME ...] [--kind NAME ...] [--kill]

PLACECAST_FAULTS is the command linked with faulty_system.c. Without --points every call is failed, once alone and once with all
later ones (some of SAMPLED, which would take hours); with it at most N of each kind, spread evenly. After each failed call:

1. the exit code is 0, 1 or 3 (never a signal, never a sanitizer's), 3 only where input could not be had;
2. a code that is not 0 comes with a message, and with one about the failure;
3. a code of 0 means that nothing is lost: standard output and all files are those of a run without a failure;
4. each file of the output folder is the old one or the new one, whole, and nothing else lies beside them.

With --kill the process is killed before each call that changes what is on the disk, which is every moment that can be told from another:
each file is then the old one or the new one, whole, and the same command given again ends with the output of a run that was not killed.
"""
import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
DATA = os.path.join(HERE, "..", "data")
KINDS = ["open", "list", "read", "write", "sync", "close", "rename", "remove", "make", "allocate", "library"]
# What a message about a failure says: the words of the system for it, or what could not be done.
ABOUT = re.compile(r"Too many open files|Input/output error|No space left|[Oo]ut of memory|cannot|disk I/O|is full|unable to open|"
                   r"not be (read|written|opened)|is not a sound database", re.IGNORECASE)
# Libraries that do not survive it when they cannot allocate; see docs/testing.md.
FRAGILE = {"libfyaml", "libxlsxwriter", "libminizip"}
FRAME = re.compile(r"^ +#\d+ .*(libfyaml|libxlsxwriter|libminizip|/engine/)", re.MULTILINE)
CHANGES = ["write", "sync", "close", "rename", "remove", "make"]  # what lies on the disk
INPUT = {"open", "list", "read", "close"}

FULL = """placecast: 1
extends: base.yaml
name: Small full
population: population.csv
budget: budget.csv
actuals: actuals.csv
workforce: workforce.yaml
out_of_area: out_of_area.csv
capacity: {foster_inhouse: {places: 3}}
overflow: {foster_inhouse: [foster_ifa]}
costs: {weekly: weekly.csv, inflation: inflation.csv, current: current.csv, contracts: contracts.csv, income: income.csv, processes: processes.csv}
interventions:
  - {name: Help, kind: exit_rate, effect: 0.5, cost: {annual: 1000}}
  - {name: Price, kind: price, category: foster_ifa, effect: 0.08}
targets: [{name: few, measure: children, by: 2023-03-31, at_most: 5}]
"""
TABLES = {
    "budget.csv": "year,side,line,kind,amount,confidence\n2022/23,budget,Base budget,opening,300000,\n"
                  "2022/23,outturn,cost_gbp,modelled,,\n2022/23,outturn,Savings,saving,10000,0.5\n",
    "actuals.csv": "year,line,kind,amount,to\n2022/23,cost_gbp,modelled,50000,2022-06-30\n",
    "out_of_area.csv": "category,year,definition,share\nresidential_external,2022/23,20_miles,0.49\n",
    "population.csv": "year,age,persons\n" + "".join(f"{y},{a},1000\n" for y in (2021, 2022, 2023) for a in range(18)),
    "current.csv": "child,weekly_gbp\n1001,500\n",
    "contracts.csv": "category,kind,gbp,places\nresidential_inhouse,block,3000,2\n",
    "income.csv": "source,kind,amount,category\nHealth,share,0.1,residential_external\n",
    "processes.csv": "process,unit_gbp\n" + "".join(f"{p},{100 * p}\n" for p in range(1, 9)),
    "full.yaml": FULL,
    "best.yaml": "extends: base.yaml\nname: Small best\ninterventions: [{name: Help, kind: exit_rate, effect: 0.5}]\n",
    "sweep.yaml": "sweep: 1\nname: Small sweep\nbase: best.yaml\nreplicates: 3\nfactors:\n"
                  "  - {name: effect, key: interventions.Help.effect, range: {low: -0.5, high: 0.5, steps: 3}}\nkeep: {dates: [years]}\n",
}
SMALL = ["--replicates", "3", "--threads", "1"]
# name: arguments, what makes the old output (the arguments again if None), what of them differs for the old one
VERBS = {
    "clean": ["clean", "small/returns", "--published", "small/published.csv", "--out", "out"],
    "fit": ["fit", "small/base.yaml", "--out", "out"],
    "check": ["check", "small/full.yaml"],
    "show": ["check", "small/full.yaml", "--show-effective"],
    "run": ["run", "small/base.yaml", "--out", "out", *SMALL],
    "run_full": ["run", "small/full.yaml", "--out", "out", "--no-backtest", "--json", *SMALL],
    "run_tables": ["run", "tables/base.yaml", "--out", "out", *SMALL],
    "compare": ["compare", "small/base.yaml", "small/best.yaml", "--out", "out", "--no-backtest", *SMALL],
    "report": ["report", "out"],
    "rerun": ["rerun", "earlier/run.json", "--out", "out", "--threads", "1"],
    "backtest": ["backtest", "small/base.yaml", "--out", "out", *SMALL],
    "synth": ["synth", "--children", "15", "--years", "2", "--messy", "--out", "out"],
    "check_sweep": ["check", "small/sweep.yaml", "--threads", "1"],
    "sweep": ["sweep", "small/sweep.yaml", "--out", "out/sweep.db", "--threads", "1"],
    "merge": ["sweep", "--merge", "parts/1.db", "parts/2.db", "--out", "out/sweep.db"],
    "sensitivity": ["sensitivity", "small/sweep.yaml", "--out", "out", "--threads", "1"],
    "seek": ["seek", "small/best.yaml", "--lever", "interventions.Help.effect=0:1:0.5", "--target",
             "{measure: children, by: 2023-03-31, at_most: 5}", *SMALL],
    "help": ["run", "--help"],
}
# Verbs of which a sample is enough in a full walk: the calls of rerun are those of run, which is walked whole, and what compares after it.
SAMPLED = {"rerun": 40}
# Before the old output is made: a scenario of another seed, so that old and new files differ.
OLDER = {"run", "run_full", "run_tables", "compare", "backtest", "synth"}


def make_inputs(place):
    shutil.copytree(os.path.join(DATA, "small"), os.path.join(place, "small"))
    shutil.copytree(os.path.join(DATA, "summary"), os.path.join(place, "tables"))
    shutil.copy(os.path.join(HERE, "..", "..", "scenarios", "leeds-2011", "data", "workforce.yaml"), os.path.join(place, "small"))
    for name, text in TABLES.items():
        with open(os.path.join(place, "small", name), "w") as file:
            file.write(text)


def plain(name, data):
    """What a file says, without what differs from run to run."""
    if name == "run.json":
        try:
            record = json.loads(data)
        except ValueError:
            return data
        for key in ("timings_seconds", "peak_memory_bytes", "command"):
            record.pop(key, None)
        return json.dumps(record)
    return data


def folder(path):
    found = {}
    for top, _, names in os.walk(path):
        for name in names:
            with open(os.path.join(top, name), "rb") as file:
                found[os.path.relpath(os.path.join(top, name), path)] = plain(name, file.read())
    return found


class Walk:
    def __init__(self, binary, place):
        self.binary, self.place, self.out = binary, place, os.path.join(place, "out")
        self.kept = os.path.join(place, "old_out")
        self.n, self.faults, self.survived, self.crashes = 0, [], 0, {}

    def call(self, arguments, fault=None):
        environment = dict(os.environ, LC_ALL="C.UTF-8", FAULT_COUNT=os.path.join(self.place, "count"), OMP_NUM_THREADS="1",
                           ASAN_OPTIONS="exitcode=99:allocator_may_return_null=1", UBSAN_OPTIONS="halt_on_error=1:exitcode=99")
        environment.pop("FAULT", None)
        if fault:
            environment["FAULT"] = fault
        done = subprocess.run([self.binary, *arguments], cwd=self.place, env=environment, stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=120)
        said = re.sub(rb"(Done|Takes) .*", rb"", done.stdout)  # how long it took
        return done.returncode, said, done.stderr.decode("utf-8", "replace")

    def count(self):
        with open(os.path.join(self.place, "count")) as file:
            return {name: int(n) for name, n in (line.split() for line in file)}

    def restore(self):
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.copytree(self.kept, self.out)

    def begin(self, verb):
        """The old output in `kept`; what a run without a failure gives."""
        self.verb, arguments = verb, VERBS[verb]
        shutil.rmtree(self.out, ignore_errors=True)
        shutil.rmtree(self.kept, ignore_errors=True)
        os.mkdir(self.out)
        if verb in OLDER:
            assert self.call([*arguments, "--seed", "77"])[0] == 0, verb
        elif verb == "report":
            assert self.call(VERBS["run"])[0] == 0
            for name in ("report.html", "datapackage.json", "workbook.xlsx"):
                with open(os.path.join(self.out, name), "w") as file:
                    file.write("old\n")
        elif verb == "rerun":
            assert self.call([*VERBS["run"][:2], "--out", "earlier", *SMALL])[0] == 0
            assert self.call([*VERBS["run"], "--seed", "77"])[0] == 0
        elif verb in ("clean", "fit", "sensitivity"):
            for name in ("episodes.csv", "quality.csv", "rates.csv", "fit.json", "sensitivity.csv"):
                with open(os.path.join(self.out, name), "w") as file:
                    file.write("old\n")
        elif verb == "merge":
            os.makedirs(os.path.join(self.place, "parts"), exist_ok=True)
            for part in "12":
                assert self.call(["sweep", "small/sweep.yaml", "--shard", part + "/2", "--out", f"parts/{part}.db", "--threads", "1"])[0] == 0
        shutil.copytree(self.out, self.kept)
        self.old = folder(self.out)
        code, self.said, errors = self.call(arguments)
        assert code == 0, (verb, errors)
        self.new = folder(self.out)
        counts = self.count()
        self.restore()
        again = self.call(arguments)
        assert again[:2] == (code, self.said) and folder(self.out) == self.new, verb + " is not repeatable"
        assert self.count() == counts, verb + " is not repeatable: " + str(counts) + str(self.count())
        return counts

    def judge(self, kind, code, said, errors, files):
        """What is wrong with how a run with a failed call ended, as texts."""
        wrong = []
        lost_by = self.lost_by(errors) if kind == "library" and code in (98, 99) else None
        if lost_by:  # nothing of ours can answer; the files are judged all the same
            self.crashes[lost_by] = self.crashes.get(lost_by, 0) + 1
            code = 1
            files = {name: data for name, data in files.items() if not self.of_the_dead(name)}
        elif kind == "library" and code == 0 and self.only_workbook(files):
            self.crashes["workbook.xlsx without a part"] = self.crashes.get("workbook.xlsx without a part", 0) + 1
            return []
        unreadable = kind == "library" and "Cannot allocate memory" in errors  # opening it: told as it is
        if code not in (0, 1, 3) or (code == 3 and kind not in INPUT and not unreadable):
            wrong.append(f"exit code {code}")
        # A log of SQLite that cannot be removed is "in use"; a sweep file that could not be read the first time is taken for a scenario.
        other = (kind == "remove" and "sweep.db" in errors) or (self.verb == "check_sweep" and code == 3)
        # A page whose back-test has no key or hash (its tables could not be read again) is not the one of the run, byte for byte: said, and
        # so it is.
        differs = self.verb == "rerun" and code == 1 and "differs from report.html of the run" in errors
        other = other or differs or lost_by
        if code != 0 and not other and not ABOUT.search(errors + (said.decode("utf-8", "replace") if self.verb.startswith("check") else "")):
            wrong.append("no message about it")
        # What could not be read again for its fingerprint, or shown, is said so; the figures are as they are.
        told = "could not be read again" in errors or (code == 0 and b"(not shown: out of memory)" in said)
        if kind == "remove":
            files = {name: data for name, data in files.items() if name in self.new or not self.may_lie_about(name, kind)}
        if code == 0 and not told and (said != self.said or files != self.new):
            wrong.append("exit code 0, but not the output of a run without it: " +
                         (", ".join(sorted(k for k in {**files, **self.new} if files.get(k) != self.new.get(k))) or "standard output"))
        for name, data in files.items():
            if name not in self.old and name not in self.new and not self.may_lie_about(name, kind):
                wrong.append(f"{name} is left behind")
            elif differs and name in ("report.html", "run.json"):
                continue
            elif not told and data not in (self.old.get(name), self.new.get(name)) and not self.may_lie_about(name, kind):
                wrong.append(f"{name} is neither the old nor the new one")
        wrong += [f"{name} is gone" for name in self.old if name not in files]
        return wrong

    @staticmethod
    def lost_by(errors):
        """What a library did when it could not allocate: by the handler of faulty_system.c, or by the traces of the sanitizer, of each of
        which the first frame that is ours or that library's tells whose it is. None when it was not one of those."""
        done = "crashed"
        if "Sanitizer:" in errors:
            done = "leaked" if "detected memory leaks" in errors else done
            traces = re.split(r"^Direct leak", errors, flags=re.MULTILINE)[1:] if done == "leaked" else [errors]
            whose = {found[1] if (found := FRAME.search(trace)) else None for trace in traces}
            return f"{done} in {whose.pop()}" if len(whose) == 1 and whose <= FRAGILE else None
        found = re.search(r"^crashed in (lib\w+)", errors, re.MULTILINE)
        return f"crashed in {found[1]}" if found and found[1] in FRAGILE else None

    def only_workbook(self, files):
        return files.keys() == self.new.keys() and [n for n in files if files[n] != self.new[n]] == ["workbook.xlsx"]

    @staticmethod
    def of_the_dead(name):
        """What a process that is no more had begun."""
        return re.fullmatch(r"\..*\.tmp", os.path.basename(name)) is not None

    @staticmethod
    def may_lie_about(name, kind):
        """The database of a sweep, which goes on when called again, and what lies beside it then; what could not be removed because
        removing fails."""
        return name.startswith("sweep.db") or (kind == "remove" and name.endswith(".tmp"))

    def judge_kill(self, fault):
        """What is wrong after the process was killed, and after the same command once more."""
        code, _, errors = self.call(VERBS[self.verb], fault)
        files = {name: data for name, data in folder(self.out).items() if not self.of_the_dead(name)}
        wrong = [f"exit code {code}, expected to be killed"] if code != -9 else []
        for name, data in files.items():
            if data not in (self.old.get(name), self.new.get(name)) and not name.startswith("sweep.db"):
                wrong.append(f"{name} is neither the old nor the new one")
        wrong += [f"{name} is gone" for name in self.old if name not in files]
        if self.verb == "merge" and files.get("sweep.db") == self.new["sweep.db"]:
            return wrong, errors  # it is there, and the command refuses to write over it
        code, said, errors = self.call(VERBS[self.verb])
        files = {name: data for name, data in folder(self.out).items() if not self.of_the_dead(name)}
        if code != 0 or (said != self.said and not self.verb.endswith("sweep")):
            wrong.append(f"given again: exit code {code}, or another standard output")
        wrong += [f"given again: {name} differs" for name in sorted({**files, **self.new}) if files.get(name) != self.new.get(name)]
        return wrong, errors

    def kill(self, verb, kinds, n_points):
        counts = self.begin(verb)
        for kind in kinds:
            n, began, n_wrong = counts[kind], self.n, len(self.faults)
            step = 1 if n_points is None else max(1, -(-n // n_points))
            for at in range(1 + (step - 1) // 2, n + 1, step):
                self.restore()
                wrong, errors = self.judge_kill(f"{kind}:{at}!")
                self.n += 1
                if wrong:
                    self.faults.append(f"{verb} {kind}:{at}!")
                    print(f"FAULT={kind}:{at}! placecast {' '.join(VERBS[verb])}\n    " + "\n    ".join(wrong) +
                          "\n    said: " + errors.strip()[-600:].replace("\n", "\n          "), flush=True)
            if n:
                print(f"{verb:12} {kind:9} {n:6} calls, {self.n - began:6} kills, {len(self.faults) - n_wrong} wrong", flush=True)

    def walk(self, verb, kinds, n_points):
        counts = self.begin(verb)
        for kind in kinds:
            n, began, n_wrong, zeros = counts[kind], self.n, len(self.faults), self.survived
            step = 1 if n_points is None else max(1, -(-n // n_points))
            for at in range(1 + (step - 1) // 2, n + 1, step):  # a sample lies in the middle of its part
                for after in ("", "+"):
                    self.restore()
                    try:
                        code, said, errors = self.call(VERBS[verb], f"{kind}:{at}{after}")
                    except subprocess.TimeoutExpired:
                        code, said, errors = -1, b"", "hangs"
                    self.n += 1
                    self.survived += code == 0
                    wrong = self.judge(kind, code, said, errors, folder(self.out))
                    if wrong:
                        self.faults.append(f"{verb} {kind}:{at}{after}")
                        print(f"FAULT={kind}:{at}{after} placecast {' '.join(VERBS[verb])}\n    " + "\n    ".join(wrong) +
                              "\n    said: " + (errors or said.decode()).strip()[-600:].replace("\n", "\n          "), flush=True)
            if n:
                print(f"{verb:12} {kind:9} {n:6} calls, {self.n - began:6} failures, {self.survived - zeros:5} without effect, "
                      f"{len(self.faults) - n_wrong} wrong", flush=True)


def must_fail(walk):
    """The judge itself: each thing that it must not let pass."""
    walk.verb, walk.old, walk.new, walk.said = "run", {"a": b"old"}, {"a": b"new", "b": b"b"}, b"said"
    good = ("write", 1, b"", "a: cannot be written: No space left on device", {"a": b"old"})
    assert walk.judge(*good) == []
    for bad in (("write", -11, b"", good[3], good[4]), ("write", 99, b"", good[3], good[4]), ("write", 3, b"", good[3], good[4]),
                ("write", 1, b"", "", good[4]), ("write", 1, b"", good[3], {"a": b"ne"}), ("write", 1, b"", good[3], {}),
                ("write", 1, b"", good[3], {"a": b"old", ".b.1.tmp": b""}), ("write", 0, b"said", "", {"a": b"new"}),
                ("write", 0, b"", "", walk.new)):
        assert walk.judge(*bad), bad
    leak = "==1==ERROR: LeakSanitizer: detected memory leaks\n"
    of_library = "Direct leak of 2\n    #0 0x1 in malloc\n    #1 0x2 (/lib/libfyaml.so.0+0x1)\n    #2 0x3 in a ../../engine/a.c:1\n"
    of_ours = "Direct leak of 2\n    #0 0x1 in malloc\n    #1 0x2 in pc_copy_text ../../engine/base/memory.c:3\n"
    assert walk.lost_by(leak + of_library) == "leaked in libfyaml"
    assert walk.lost_by("crashed in libxlsxwriter.so.4 (signal 11)\n") == "crashed in libxlsxwriter"
    for bad in (leak + of_library + of_ours, leak + of_ours, "crashed in placecast_faults (signal 11)\n", ""):
        assert walk.lost_by(bad) is None, bad


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary")
    options.add_argument("--points", type=int)
    options.add_argument("--verb", action="append", choices=list(VERBS))
    options.add_argument("--kind", action="append", choices=KINDS)
    options.add_argument("--kill", action="store_true")
    options = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        walk = Walk(os.path.abspath(options.binary), place)
        must_fail(walk)
        make_inputs(place)
        for verb in options.verb or VERBS:
            if options.kill:
                walk.kill(verb, options.kind or CHANGES, options.points)
            else:
                walk.walk(verb, options.kind or KINDS, options.points or SAMPLED.get(verb))
    for name, n in sorted(walk.crashes.items()):
        print(f"    {n} times let pass: {name}")
    print(f"{walk.n} {'kills' if options.kill else 'failures'}, {len(walk.faults)} wrong")
    return 1 if walk.faults or walk.n == 0 else 0


sys.exit(main())
