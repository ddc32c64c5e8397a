/* session.h - the way from a scenario file to a fitted model (data.h), with its messages, timings and list of
 * inputs; shared by fit, check, run, compare and backtest. */
#ifndef PC_SESSION_H
#define PC_SESSION_H

#include "cli.h"
#include "placecast/data.h"
#include "placecast/rounding.h"

enum { SESSION_MAX_STAGE = 8 };

typedef struct cli_session {
    pc_scenario_options with; /* --set and what else overrides the scenario */
    pc_setting *setting;      /* [with.n_set] */
    char *value[6];           /* texts made for it */
    pc_scenario scenario;
    pc_codes codes;
    pc_prices prices;
    pc_establishment establishment; /* of the scenario's workforce file; empty without one */
    bool has_prices;
    pc_data data;
    pc_model model;
    const char **input; /* files read; borrowed texts */
    size_t n_input;
    size_t n_stage;
    const char *stage[SESSION_MAX_STAGE];
    double stage_seconds[SESSION_MAX_STAGE];
    char *folder; /* of the results */
    int threads;  /* 0: all cores */
} cli_session;

/* Each takes a session that the one before left, and adds to it; cli_session_free after success and failure
 * alike. */
PC_MUST_USE pc_status cli_session_begin(cli_session *self, const cli_options *options); /* sets `with` */
/* Scenario, code map, prices: everything that can be wrong before the returns are read. */
PC_MUST_USE pc_status cli_session_load(cli_session *self, const cli_options *options,
                                       pc_diagnostics *diagnostics);
/* The same for one of several scenarios. */
PC_MUST_USE pc_status cli_session_load_file(cli_session *self, const char *path, pc_diagnostics *diagnostics);
/* Returns -> episodes. */
PC_MUST_USE pc_status cli_session_clean(cli_session *self, pc_diagnostics *diagnostics);
/* Returns -> episodes -> model. */
PC_MUST_USE pc_status cli_session_fit(cli_session *self, pc_diagnostics *diagnostics);
/* The prices' children in care, in the data of `with`, whose model is fitted; nothing where prices need none.
 * cli_session_fit has done it for its own. */
PC_MUST_USE pc_status cli_session_match_prices(cli_session *self, const cli_session *with,
                                               pc_diagnostics *diagnostics);
/* The folder of the results, made. */
PC_MUST_USE pc_status cli_session_folder(cli_session *self, const cli_options *options,
                                         pc_diagnostics *diagnostics);
/* Adds the files that another scenario reads and this one does not. */
PC_MUST_USE pc_status cli_session_add_inputs(cli_session *self, const cli_session *other);
/* What the reports say of all that. `forecast` may be NULL. */
pc_run_record cli_session_record(const cli_session *self, const cli_options *options,
                                 const pc_forecast *forecast, const pc_diagnostics *diagnostics);
/* --round-to: what the session itself counted, and what was said of it. */
void cli_session_round(cli_session *self, const cli_options *options, pc_diagnostics *diagnostics);
void cli_session_free(cli_session *self);

/* Whether all these formats are wanted. */
bool cli_has_formats(const cli_options *options, unsigned formats);
/* What is made of the tables and run.json in a folder: datapackage.json, the page and the workbook, as
 * wanted. */
PC_MUST_USE pc_status cli_session_describe(const char *folder, const cli_options *options,
                                           pc_diagnostics *diagnostics);
/* Adds run.json and these to the `n` names of what is written; returns how many there are then. */
size_t cli_session_list(const cli_options *options, const char **output, size_t n);

/* Seconds of a clock that only goes forward, and the end of a stage that began then. */
double cli_clock(void);
void cli_session_stage(cli_session *self, const char *name, double began);

#endif
