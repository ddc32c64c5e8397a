/* report.h - what is written: tables, run.json, the one-screen summary. The last stage. */
#ifndef PC_REPORT_H
#define PC_REPORT_H

#include <stdio.h>

#include "placecast/episodes.h"
#include "placecast/forecast.h"

/* Columns are in docs/outputs.md. Each writes one file into `folder`, whole or not at all. */
PC_MUST_USE pc_status pc_report_episodes(const pc_episodes *episodes, const char *folder,
                                         pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_quality(const pc_quality *quality, const char *folder,
                                        pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_tieout(const pc_tieout *tieout, const pc_codes *codes, const char *folder,
                                       pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_forecast(const pc_forecast *forecast, const char *folder,
                                         pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_annual(const pc_forecast *forecast, const char *folder,
                                       pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_exits(const pc_forecast *forecast, const char *folder,
                                      pc_diagnostics *diagnostics);

/* Everything run.json says that is not in the forecast. Borrowed. */
typedef struct pc_run_record {
    int argc;
    char **argv;
    const pc_scenario *scenario;
    const pc_model *model;
    const pc_episodes *episodes;
    const pc_quality *quality;
    const pc_forecast *forecast;
    const pc_diagnostics *diagnostics; /* warnings and assumptions */
    size_t n_input;
    const char *const *input; /* paths of every file read */
    size_t n_stage;
    const char *const *stage; /* names: clean, fit, simulate, write */
    const double *stage_seconds;
} pc_run_record;

PC_MUST_USE pc_status pc_report_run(const pc_run_record *record, const char *folder,
                                    pc_diagnostics *diagnostics);

/* The one-screen summary: 80 columns, plain text. */
void pc_report_summary(const pc_run_record *record, FILE *stream);
/* The same as one JSON object on one line. */
PC_MUST_USE pc_status pc_report_summary_json(const pc_run_record *record, FILE *stream);

#endif
