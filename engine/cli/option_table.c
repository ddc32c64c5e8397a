#include "option_table.h"

#define FIELD(name) offsetof(cli_options, name)
#define RUNS (CLI_RUN | CLI_COMPARE)
#define MODELS (CLI_FIT | CLI_CHECK | RUNS | CLI_BACKTEST | CLI_SWEEP | CLI_SEEK | CLI_SENSITIVITY)
#define WRITERS                                                                                              \
    (CLI_CLEAN | CLI_FIT | RUNS | CLI_RERUN | CLI_SYNTH | CLI_BACKTEST | CLI_SWEEP | CLI_SENSITIVITY)

const cli_option_row cli_option_table[] = {
    {"out", "DIR", WRITERS, KIND_TEXT, FIELD(out), 0, 0,
     "folder for the results, made if absent; default out/<scenario name>, out/clean, out/compare, "
     "out/rerun, out/synth; sweep: the database, default out/<sweep name>.db"},
    {"replicates", "N", CLI_CHECK | RUNS | CLI_BACKTEST | CLI_SWEEP | CLI_SEEK | CLI_SENSITIVITY, KIND_WHOLE,
     FIELD(replicates), 1, 1000000,
     "simulated futures; overrides the scenario; backtest: of each past forecast, default 200"},
    {"seed", "N", CLI_CHECK | RUNS | CLI_BACKTEST | CLI_SYNTH | CLI_SWEEP | CLI_SEEK | CLI_SENSITIVITY,
     KIND_WHOLE, FIELD(seed), 0, 999999999999999999,
     "seed of the random numbers; the same seed gives the same bytes"},
    {"threads", "N", CLI_CHECK | RUNS | CLI_RERUN | CLI_BACKTEST | CLI_SWEEP | CLI_SEEK | CLI_SENSITIVITY,
     KIND_WHOLE, FIELD(threads), 1, 1024, "threads; default all cores; the results do not depend on it"},
    {"method", "METHOD", CLI_CHECK | RUNS | CLI_SWEEP | CLI_SEEK | CLI_SENSITIVITY, KIND_TEXT, FIELD(method),
     0, 0, "simulate or expected; overrides the scenario"},
    {"lever", "KEY=FROM:TO[:STEP]", CLI_SEEK, KIND_LEVER, 0, 0, 0,
     "the key that is moved, and its bounds; the smallest is nearest to FROM; with STEP, in whole steps; "
     "twice for "
     "the frontier of two"},
    {"target", "TARGET", CLI_SEEK, KIND_TEXT, FIELD(target), 0, 0,
     "the name of a target of the scenario, or one in full: {measure: ..., category: ..., by: ..., at_most: "
     "...}"},
    {"confidence", "P", CLI_SEEK, KIND_TEXT, FIELD(confidence), 0, 0,
     "chance with which it shall be met, above 0 and below 1; default 0.8"},
    {"tolerance", "X", CLI_SEEK, KIND_TEXT, FIELD(tolerance), 0, 0,
     "of the lever; default a thousandth of its range, or one step"},
    {"points", "N", CLI_SEEK | CLI_SENSITIVITY, KIND_WHOLE, FIELD(points), 3, 1000,
     "seek: points of the curve and of the frontier, default 9; sensitivity: base points of the indices, "
     "each "
     "as many runs as there are ranges and two more, default 64"},
    {"shard", "K/N", CLI_SWEEP, KIND_TEXT, FIELD(shard), 0, 0,
     "run only the K-th of N parts, for several machines; join them with --merge"},
    {"merge", NULL, CLI_SWEEP, KIND_FLAG, FIELD(merge), 0, 0,
     "join the databases of all shards, given as arguments, into the new database --out"},
    {"format", "LIST", RUNS, KIND_FORMATS, FIELD(formats), 0, 0,
     "what to write, of csv,json,html,xlsx; default all: csv the tables, json run.json, html the page, xlsx "
     "the workbook (and for these two the other two, which they are made of)"},
    {"set", "KEY=VALUE", MODELS, KIND_SETTING, 0, 0, 0,
     "override one scenario key, e.g. uncertainty.parameters=false; as often as wanted"},
    {"extract", "DATE", CLI_CLEAN | MODELS, KIND_DAY, FIELD(extract), 0, 0,
     "last day the data know, dd/mm/yyyy or yyyy-mm-dd; default 31 March of the newest return"},
    {"codes", "FILE", CLI_CLEAN | MODELS, KIND_TEXT, FIELD(codes), 0, 0,
     "code map from placement and provider codes to categories; default the shipped one"},
    {"published", "FILE", CLI_CLEAN | MODELS, KIND_TEXT, FIELD(published), 0, 0,
     "published counts (date, category, age_band, children) to compare with"},
    {"confine", "DIR", CLI_CLEAN | MODELS | CLI_RERUN, KIND_TEXT, FIELD(confine), 0, 0,
     "refuse to read outside DIR, for scenarios from strangers"},
    {"show-effective", NULL, CLI_CHECK, KIND_FLAG, FIELD(show_effective), 0, 0,
     "print the scenario that results, each value with its file and line"},
    {"children", "N", CLI_SYNTH, KIND_WHOLE, FIELD(children), 0, 100000,
     "about this many in care in each authority; 0: as many as the rates give; default 600"},
    {"years", "N", CLI_SYNTH, KIND_WHOLE, FIELD(years), 1, 30, "returns to make, one a financial year"},
    {"first-year", "YEAR", CLI_SYNTH, KIND_YEAR, FIELD(first_year), 0, 0,
     "financial year of the first return, e.g. 2018/19"},
    {"layout", "LAYOUT", CLI_SYNTH, KIND_LAYOUT, FIELD(layout), 0, 0,
     "folders (one a year), flat (years in file names) or merged (one set with YEAR)"},
    {"la", "NAME", CLI_SYNTH, KIND_TEXT, FIELD(la), 0, 0,
     "authorities for the LA column, NAME or NAME=CHILDREN with commas between"},
    {"self-test", NULL, CLI_RUN, KIND_FLAG, FIELD(self_test), 0, 0,
     "instead of a forecast, compare the simulation of this model with its exact expected values"},
    {"no-backtest", NULL, RUNS, KIND_FLAG, FIELD(no_backtest), 0, 0,
     "do not check past forecasts against what happened"},
    {"round-to", "N", RUNS | CLI_BACKTEST | CLI_SWEEP | CLI_SEEK | CLI_SENSITIVITY, KIND_WHOLE,
     FIELD(round_to), 2, 1000,
     "round every number of children to the nearest multiple of N, such as 5, in all that is written and "
     "printed, for results that are shared; totals are rounded by themselves, money is not rounded"},
    {"panel", "DIR", CLI_BACKTEST, KIND_TEXT, FIELD(panel), 0, 0,
     "folder of the published tables of all authorities, instead of a scenario"},
    {"messy", NULL, CLI_SYNTH, KIND_FLAG, FIELD(messy), 0, 0, "plant every defect that clean knows"},
    {"core-tables", NULL, CLI_SYNTH, KIND_FLAG, FIELD(core_tables), 0, 0,
     "only header, episodes, uasc and reviews"},
    {"json", NULL, CLI_ALL, KIND_FLAG, FIELD(json), 0, 0,
     "print the summary as one JSON object instead of text"},
    {"quiet", NULL, CLI_ALL, KIND_FLAG, FIELD(quiet), 0, 0,
     "no summary, no progress, no warnings; errors only"},
    {"help", NULL, CLI_ALL, KIND_FLAG, FIELD(help), 0, 0, "this text"},
    {"version", NULL, CLI_ALL, KIND_FLAG, FIELD(version), 0, 0, "the version"},
    {"manual", NULL, 0, KIND_FLAG, FIELD(manual), 0, 0, "the manual page, in roff; without a verb"},
    {"completion", NULL, 0, KIND_FLAG, FIELD(completion), 0, 0, "the completion for bash; without a verb"},
    {NULL, NULL, 0, KIND_FLAG, 0, 0, 0, NULL},
};
