/* cli.h - what the verbs of the command line share.
 *
 * main.c parses and dispatches; each verb is one file; options.c holds the one table that drives parsing and
 * --help. Results go to standard output, words and progress to standard error. Public headers of the library
 * only.
 */
#ifndef PC_CLI_H
#define PC_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "placecast/diagnostics.h"
#include "placecast/report.h"
#include "placecast/scenario.h"
#include "placecast/synth.h"

/* ---- options ---- */

enum {
    CLI_FORMAT_CSV = 1,
    CLI_FORMAT_JSON = 2,
    CLI_FORMAT_HTML = 4,
    CLI_FORMAT_XLSX = 8,
    CLI_FORMAT_ALL = 15
};

typedef struct cli_whole {
    bool given;
    uint64_t value;
    const char *text; /* as typed */
} cli_whole;

typedef struct cli_options {
    bool help, version, manual, completion, json, quiet, show_effective, messy, core_tables, self_test,
        no_backtest;
    bool merge;
    const char *shard, *method, *target, *confidence, *tolerance;
    size_t n_lever;
    const char *lever[2]; /* --lever as typed */
    cli_whole points;
    const char *out, *codes, *published, *confine, *la, *panel;
    cli_whole replicates, seed, threads, children, years, round_to;
    int first_year; /* financial year; 0: not given */
    pc_day extract; /* PC_DAY_NONE: not given */
    pc_synth_layout layout;
    unsigned formats; /* CLI_FORMAT_... */
    size_t n_setting;
    pc_setting *setting; /* [n_setting]; --set in order; key and value owned */
    size_t n_argument;
    const char **argument; /* [n_argument]; borrowed from argv */
    int argc;              /* the command line as it came, for run.json */
    char **argv;
} cli_options;

/* One bit a verb, for the column of the option table that says which verbs take an option. */
enum {
    CLI_CLEAN = 1,
    CLI_FIT = 2,
    CLI_CHECK = 4,
    CLI_RUN = 8,
    CLI_SYNTH = 16,
    CLI_REPORT = 32,
    CLI_COMPARE = 64,
    CLI_RERUN = 128,
    CLI_BACKTEST = 256,
    CLI_SWEEP = 512,
    CLI_SENSITIVITY = 1024,
    CLI_SEEK = 2048,
    CLI_ALL = 4095
};

typedef struct cli_verb {
    const char *name;
    unsigned bit;
    size_t n_min, n_max;   /* arguments */
    const char *arguments; /* as shown in the usage line */
    const char *summary;   /* one line */
    const char *details;   /* paragraphs of --help */
    const char *example;
    void (*more_help)(void); /* prints what else --help tells, or NULL */
    pc_status (*call)(const cli_options *options, pc_diagnostics *diagnostics);
} cli_verb;

/* The verbs, ended by a NULL name. */
extern const cli_verb cli_verbs[];

/* Reads argv[1..] into `out`, and finds the verb (NULL with --help or --version alone). Prints to standard
 * error what is wrong and gives PC_ERR_USAGE. cli_options_free after success and failure alike. */
PC_MUST_USE pc_status cli_options_parse(int argc, char **argv, cli_options *out, const cli_verb **verb);
void cli_options_free(cli_options *self);

/* The general help, or that of one verb, to standard output. */
void cli_help(const cli_verb *verb);
/* The manual page in roff, and the completion for bash, to standard output. */
void cli_manual(void);
void cli_completion(void);
/* The word of `words` (ended by NULL) nearest to `text`, or NULL when none is near. */
const char *cli_nearest(const char *text, const char *const *words);

/* ---- verbs ---- */

pc_status cli_clean(const cli_options *options, pc_diagnostics *diagnostics);
pc_status cli_fit(const cli_options *options, pc_diagnostics *diagnostics);
pc_status cli_check(const cli_options *options, pc_diagnostics *diagnostics);
void cli_check_help(void);
pc_status cli_run(const cli_options *options, pc_diagnostics *diagnostics);
pc_status cli_report(const cli_options *options, pc_diagnostics *diagnostics);
pc_status cli_rerun(const cli_options *options, pc_diagnostics *diagnostics);
pc_status cli_compare(const cli_options *options, pc_diagnostics *diagnostics);
pc_status cli_synth(const cli_options *options, pc_diagnostics *diagnostics);
pc_status cli_sweep(const cli_options *options, pc_diagnostics *diagnostics);
void cli_sweep_help(void);
pc_status cli_seek(const cli_options *options, pc_diagnostics *diagnostics);
pc_status cli_sensitivity(const cli_options *options, pc_diagnostics *diagnostics);
/* `check` of a sweep file. */
pc_status cli_check_sweep(const cli_options *options, pc_diagnostics *diagnostics);
pc_status cli_backtest(const cli_options *options, pc_diagnostics *diagnostics);

/* ---- what verbs share ---- */

/* out/<name>, every byte that is awkward in a file name replaced; the caller frees. NULL when out of memory.
 */
char *cli_default_folder(const char *name);
/* PC_ERR_INPUT, with a message, when `path` lies outside the folder `confine` once links are followed; a path
 * that does not exist is judged by its folder. NULL for either: nothing to refuse. */
PC_MUST_USE pc_status cli_confined(const char *confine, const char *path, pc_diagnostics *diagnostics);
/* The same for a folder and every link below it, before anything in it is read. */
PC_MUST_USE pc_status cli_confined_folder(const char *confine, const char *path, pc_diagnostics *diagnostics);
/* The same for every file that cleaning read: a link in a folder of returns may lead anywhere. */
PC_MUST_USE pc_status cli_confined_returns(const char *confine, const pc_quality *quality,
                                           pc_diagnostics *diagnostics);

/* Whether two paths (NULL: none) name the same file or folder. */
bool cli_same_path(const char *a, const char *b);

/* Prints the messages of one severity to standard error: errors as they stand, others after "warning: ". */
void cli_print_messages(const pc_diagnostics *diagnostics, pc_severity severity);

/* The messages are the result and have been printed: main.c must not print them again. */
void cli_already_printed(pc_diagnostics *diagnostics);

/* SIGINT and SIGTERM set a flag; a second one ends the process. SIGPIPE is ignored: the failed write tells.
 */
void cli_signals_install(void);
extern volatile int cli_stop;
/* PC_ERR_INTERRUPTED once a signal came, else PC_OK. */
PC_MUST_USE pc_status cli_interrupted(void);

/* What standard output can show. */
pc_look cli_look(void);
/* Columns of a terminal; COLUMNS overrides it; 80 where neither tells. */
size_t cli_columns(int descriptor);

/* A bar with the time left on standard error, on a terminal only; `context` is unused. */
void cli_progress(void *context, double done);
/* The same with the time left; `context`: a double, cli_clock() when the work began. */
void cli_progress_left(void *context, double done);
/* What that bar says is done; a static text. */
void cli_progress_label(const char *label);
void cli_progress_clear(void);
bool cli_progress_wanted(const cli_options *options);

#endif
