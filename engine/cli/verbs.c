/* verbs.c - the verbs: one row each. A new verb is a row here, a bit in cli.h and a file. */
#include "cli.h"

const cli_verb cli_verbs[] = {
    {"clean", CLI_CLEAN, 1, 1, "FOLDER", "read and clean a folder of SSDA903 returns",
     "FOLDER holds SSDA903 CSV files: one folder a year, files with a year in their names, or one set of "
     "merged files with YEAR (and LA) columns. File kinds are told by their columns. "
     "Writes episodes.csv (the cleaned episodes), quality.csv (what was done to which row) and tieout.csv "
     "(children on each 31 March by this tool's count, by the national rules, and as published), and prints "
     "a summary. episodes.csv and quality.csv hold child identifiers and are readable by you alone.",
     "placecast clean returns --published published.csv --out out/clean", NULL, cli_clean},
    {"fit", CLI_FIT, 1, 1, "SCENARIO", "estimate rates from the returns of a scenario",
     "Cleans the returns that SCENARIO names and estimates how often children start, move and leave, by "
     "stream, age, placement category and time in care. Writes rates.csv, start_rates.csv, "
     "first_placements.csv, "
     "children.csv and fit.json.",
     "placecast fit scenarios/example/base.yaml", NULL, cli_fit},
    {"check", CLI_CHECK, 1, 1, "FILE", "report every problem in a scenario or sweep",
     "Prints each problem as file:line:column: what is wrong, what was expected; or \"no problems\" and "
     "what "
     "would be run. Of a sweep file also how long it would take here and how large the database would be, "
     "measured "
     "on a few of its runs. With --show-effective, prints the scenario that results from `extends` and "
     "--set, each "
     "value with the place that it comes from; the problems then go to standard error.",
     "placecast check best.yaml --show-effective", cli_check_help, cli_check},
    {"run", CLI_RUN, 1, 1, "SCENARIO", "forecast children, placements and cost",
     "Cleans the returns, fits the rates, simulates, and writes forecast.csv (by month), annual.csv (by "
     "financial year), exits.csv (leavers by cause), tieout.csv (children counted on each 31 March), "
     "skill.csv and skill_summary.csv (how past forecasts did), run.json "
     "(how they came about), datapackage.json (the columns) and report.html (one page to look at, print and "
     "send), and workbook.xlsx (the same for a spreadsheet). Prints a one-screen summary. `placecast check "
     "--help` lists every key of a scenario.",
     "placecast run scenarios/example/base.yaml --replicates 2000 --out out/base", NULL, cli_run},
    {"compare", CLI_COMPARE, 2, SIZE_MAX, "SCENARIO...", "lay scenarios side by side",
     "Runs two or more scenarios of the same returns on the same random numbers; the first is the "
     "reference. "
     "Writes forecast.csv, annual.csv and exits.csv with the rows of all, differences.csv and "
     "annual_differences.csv (each scenario less the reference, future by future), interventions.csv (whom "
     "each intervention treats and changes), alone.csv (each intervention without the others, and all "
     "together), targets.csv and run.json. Prints a one-screen summary.",
     "placecast compare base.yaml best.yaml worst.yaml --out out/plan", NULL, cli_compare},
    {"report", CLI_REPORT, 1, 1, "FOLDER", "make the page and the workbook of an earlier run again",
     "FOLDER holds the results of `run`. Makes report.html, workbook.xlsx and datapackage.json again from "
     "its CSV and JSON "
     "files, without running anything.",
     "placecast report out/base", NULL, cli_report},
    {"rerun", CLI_RERUN, 1, 1, "RUN.JSON", "make an earlier run again, and say whether it is the same",
     "RUN.JSON is the run.json that `run` or `compare` left. Checks that every input still has the bytes "
     "that "
     "the run read, runs its command again into the folder --out, and compares every file with that of the "
     "run: the same bytes, or a list of what differs. Relative paths start from the current folder, so call "
     "it where the run was made. Exit code 0: the same; 1: an output differs; 3: an input changed or is not "
     "there, so that nothing was run.",
     "placecast rerun out/base/run.json --out out/again", NULL, cli_rerun},
    {"backtest", CLI_BACKTEST, 0, 1, "SCENARIO", "check past forecasts against what happened",
     "Forecasts from each 31 March that has two years of returns before it, knowing only what was known "
     "then, "
     "3, 6, 12, 24 and 36 months ahead, and compares with what happened and with two simple rivals: the last "
     "value, and a straight line through two years. Writes skill.csv (each forecast) and skill_summary.csv, "
     "and "
     "prints a summary. Capacity, interventions and growth of prices are left out: they are about the "
     "future.",
     "placecast backtest scenarios/example/base.yaml", NULL, cli_backtest},
    {"sweep", CLI_SWEEP, 1, SIZE_MAX, "SWEEP", "run thousands of scenarios into one database",
     "SWEEP is a file that names a base scenario and what differs from run to run: lists, grids, sampled "
     "ranges, variants, authorities. The results of all runs go into one SQLite database (--out) with the "
     "tables "
     "runs, results and meta. Interrupted or killed, it goes on where it was when called again. --shard K/N "
     "runs "
     "one of N parts; --merge joins their databases, given in place of SWEEP.",
     "placecast sweep scenarios/example/sweep.yaml --out out/example.db", cli_sweep_help, cli_sweep},
    {"seek", CLI_SEEK, 1, 1, "SCENARIO", "find the smallest lever that meets a target",
     "Moves one key of SCENARIO between two bounds and finds the smallest value at which a target is met "
     "with the "
     "asked confidence. All values share their random numbers. Prints the answer with its interval and the "
     "curve "
     "around it, or that the target cannot be met within the bounds. With two levers: for values of the "
     "first, "
     "the smallest second one.",
     "placecast seek base.yaml --lever capacity.residential_inhouse.places=20:60:1 --target '{measure: "
     "children, "
     "category: residential_external, by: 2026-03-31, at_most: 50}' --confidence 0.8",
     NULL, cli_seek},
    {"sensitivity", CLI_SENSITIVITY, 1, 1, "SWEEP", "find which assumption moves the results",
     "Takes the factors of a sweep file and tells how much each moves the bill, the budget gap, children in "
     "residential care and all children: one at a time from its low to its high value, the others in the "
     "middle; and, for its ranges together, first-order and total Sobol indices with 95% intervals. All runs "
     "share their random numbers. Writes sensitivity.csv, a page and a workbook, and prints a summary. With "
     "--out FOLDER "
     "of an earlier run it stands on that run's page.",
     "placecast sensitivity scenarios/example/sweep.yaml --points 64 --out out/sensitivity", NULL,
     cli_sensitivity},
    {"synth", CLI_SYNTH, 0, 1, "[TRUTH]", "make synthetic SSDA903 returns from known rates",
     "Writes realistic returns of children who do not exist into the folder ssda903 below --out, and "
     "truth.csv, the rates that they were made "
     "from. TRUTH is a file of such rates; without it the shipped ones are used. With --messy, plants every "
     "defect that `clean` knows and lists each in planted.csv.",
     "placecast synth --children 600 --years 5 --seed 7 --out out/returns", NULL, cli_synth},
    {NULL, 0, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL},
};
