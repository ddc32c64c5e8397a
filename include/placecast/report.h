/* report.h - what is written: tables, run.json, the one-screen summary. The last stage. */
#ifndef PC_REPORT_H
#define PC_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "placecast/backtest.h"
#include "placecast/episodes.h"
#include "placecast/establishment.h"
#include "placecast/forecast.h"
#include "placecast/look.h"
#include "placecast/rerun.h"

/* Makes the folder of the results and its parents where they are absent. PC_ERR_IO, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_report_folder(const char *folder, pc_diagnostics *diagnostics);

/* Columns are in docs/outputs.md. Each writes one file into `folder`, whole or not at all. */
PC_MUST_USE pc_status pc_report_episodes(const pc_episodes *episodes, const char *folder,
                                         pc_diagnostics *diagnostics);
/* `episodes`: those that were cleaned with it. */
PC_MUST_USE pc_status pc_report_quality(const pc_quality *quality, const pc_episodes *episodes,
                                        const char *folder, pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_tieout(const pc_tieout *tieout, const pc_codes *codes, const char *folder,
                                       pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_forecast(const pc_forecast *forecast, const char *folder,
                                         pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_annual(const pc_forecast *forecast, const char *folder,
                                       pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_exits(const pc_forecast *forecast, const char *folder,
                                      pc_diagnostics *diagnostics);
/* out_of_area.csv: each forecast's place-days by year times its scenario's shares; one whose shares have no
 * rows has none here. `forecast` and `shares` [n], n >= 1, as pc_report_interventions takes them. */
PC_MUST_USE pc_status pc_report_out_of_area(size_t n, const pc_forecast *forecast,
                                            const pc_out_of_area *const *shares, const char *folder,
                                            pc_diagnostics *diagnostics);

/* budget_lines.csv and budget_needed.csv of `n` >= 1 forecasts; those without a budget add no row. */
PC_MUST_USE pc_status pc_report_budget(size_t n, const pc_forecast *forecast, const char *folder,
                                       pc_diagnostics *diagnostics);

/* workforce.csv: structures, teams, money; workforce_checks.csv: every sum of the document checked. */
PC_MUST_USE pc_status pc_report_workforce(const char *scenario, const pc_establishment *of,
                                          const char *folder, pc_diagnostics *diagnostics);
/* posts.csv of `n` >= 1 forecasts: posts needed beside posts there, by month and team. */
PC_MUST_USE pc_status pc_report_posts(size_t n, const pc_forecast *forecast, const char *folder,
                                      pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_workforce_checks(const char *scenario, const pc_establishment *of,
                                                 const char *folder, pc_diagnostics *diagnostics);

/* skill.csv, and skill_summary.csv by horizon, measure, category and size. */
PC_MUST_USE pc_status pc_report_skill(const pc_skill *skill, const char *folder, pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_report_skill_summary(const pc_skill *skill, const char *folder,
                                              pc_diagnostics *diagnostics);

#define PC_SKILL_SENTENCE_SIZE 512
/* "Over 3 past forecasts at 12 months this model missed by ...". Returns `text`. */
char *pc_skill_sentence(const pc_skill_headline *headline, char text[PC_SKILL_SENTENCE_SIZE]);
/* forecast.csv, annual.csv and exits.csv with the rows of every scenario one after another, and
 * differences.csv and annual_differences.csv. */
PC_MUST_USE pc_status pc_report_comparison(const pc_comparison *comparison, const char *folder,
                                           pc_diagnostics *diagnostics);
/* why.csv: of a forecast, year on year, or of a comparison, against the reference. */
PC_MUST_USE pc_status pc_report_why(const pc_why *why, const char *folder, pc_diagnostics *diagnostics);
/* interventions.csv of `n` >= 1 forecasts of the same shape; those without interventions add no row. */
PC_MUST_USE pc_status pc_report_interventions(size_t n, const pc_forecast *forecast, const char *folder,
                                              pc_diagnostics *diagnostics);

/* income.csv, concentration.csv, processes.csv: those of them that some of the `n` >= 1 forecasts of the same
 * shape have something for. */
PC_MUST_USE pc_status pc_report_money(size_t n, const pc_forecast *forecast, const char *folder,
                                      pc_diagnostics *diagnostics);
/* Their names, at most PC_REPORT_MOST_MONEY; returns how many. */
enum { PC_REPORT_MOST_MONEY = 3 };
size_t pc_report_money_list(size_t n, const pc_forecast *forecast, const char **output);

/* alone.csv: one entry for each scenario; those without interventions add no row. */
PC_MUST_USE pc_status pc_report_alone(size_t n, const pc_alone *alone, const char *folder,
                                      pc_diagnostics *diagnostics);

/* invest_to_save.csv: interventions alone and together, and scenarios against the reference. `alone`
 * [comparison->n]. */
PC_MUST_USE pc_status pc_report_invest(const pc_comparison *comparison, const pc_alone *alone,
                                       const char *folder, pc_diagnostics *diagnostics);
/* Whether there is anything to write there. */
bool pc_report_has_invest(const pc_comparison *comparison, const pc_alone *alone);

/* targets.csv of `n` >= 1 forecasts; those without targets add no row. */
PC_MUST_USE pc_status pc_report_targets(size_t n, const pc_forecast *forecast, const char *folder,
                                        pc_diagnostics *diagnostics);

/* Everything run.json and the summaries say that is not in the forecast. Borrowed; what a verb does not have
 * is NULL or 0. */
typedef struct pc_run_record {
    int argc; /* the command line */
    char **argv;
    const pc_scenario *scenario;
    const pc_model *model;
    const pc_episodes *episodes;
    const pc_quality *quality;
    const pc_tieout *tieout;
    const pc_forecast *forecast;
    const pc_diagnostics *diagnostics; /* warnings and assumptions */
    size_t n_input;
    const char *const *input; /* paths of every file read */
    size_t n_stage;
    const char *const *stage; /* names: clean, fit, simulate, write */
    const double *stage_seconds;
    const char *data;   /* the folder of returns, as given */
    const char *folder; /* of the results */
    size_t n_output;
    const char *const *output;      /* names of the files written into it */
    const pc_skill_headline *skill; /* NULL: not back-tested */
    const char *skill_key;          /* of pc_skill_key, when skill.csv is among the outputs; else NULL */
    /* Of `compare` alone; `scenario` and `forecast` are then those of the reference. */
    const pc_comparison *comparison;
    const pc_scenario *const *compared; /* [comparison->n] */
    const pc_alone *alone;              /* [comparison->n] */
    int round_to; /* numbers of children are rounded to its multiples (rounding.h), and it is said so; below
                     2: they are not */
    pc_look look; /* of the text summaries; zeroed: 80 columns, plain */
} pc_run_record;

/* What a run's back-test depends on, as 64 hexadecimal digits: version, returns, code map, prices, and the
 * keys and options that matter. Empty when a file cannot be read again: nothing can be told then. */
#define PC_SKILL_KEY_SIZE 65
PC_MUST_USE pc_status pc_skill_key(const pc_run_record *record, const pc_backtest_options *options,
                                   char key[PC_SKILL_KEY_SIZE]);
/* Whether `folder` holds the skill tables of an earlier run with that key: run.json names it, and the tables
 * are those that it was written with. Gives what it said. */
bool pc_report_skill_kept(const char *folder, const char *key, pc_skill_headline *out);

/* assumptions.csv: what is assumed, in words, with the source of each, of every scenario compared or of the
 * one run. Reads the tables of the scenario again for what their columns `source` say. Needs scenario, model
 * and forecast; of compare also comparison and compared. */
PC_MUST_USE pc_status pc_report_assumptions(const pc_run_record *record, const char *folder,
                                            pc_diagnostics *diagnostics);

/* run.json. Needs scenario, model, episodes, quality and forecast. */
PC_MUST_USE pc_status pc_report_run(const pc_run_record *record, const char *folder,
                                    pc_diagnostics *diagnostics);

/* report.html from the CSV and JSON files in `folder`, and from nothing else: the same files give the same
 * bytes. PC_ERR_INPUT when they are wrong or absent, PC_ERR_IO, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_report_page(const char *folder, pc_diagnostics *diagnostics);
/* datapackage.json: the tables in `folder` as a Frictionless data package. Errors as above. */
PC_MUST_USE pc_status pc_report_datapackage(const char *folder, pc_diagnostics *diagnostics);

/* Several of these three at once: the files of the folder are read once. `what`: these bits. */
enum { PC_REPORT_DATAPACKAGE = 1, PC_REPORT_PAGE = 2, PC_REPORT_WORKBOOK = 4 };
PC_MUST_USE pc_status pc_report_describe(const char *folder, unsigned what, pc_diagnostics *diagnostics);

/* The files that `report` made in `folder`: one line, or one JSON object on one line. PC_ERR_NO_MEMORY,
 * PC_ERR_IO. */
void pc_report_written(const char *folder, const char *const *output, size_t n, FILE *stream);
PC_MUST_USE pc_status pc_report_written_json(const char *folder, const char *const *output, size_t n,
                                             FILE *stream);

/* What `rerun` found of the run `of`, made again in `folder`: one JSON object on one line, with the counts of
 * pc_manifest_compare. PC_ERR_NO_MEMORY, PC_ERR_IO. */
PC_MUST_USE pc_status pc_report_rerun_json(const pc_manifest *of, const char *folder, size_t n_compared,
                                           size_t n_different, FILE *stream);

/* workbook.xlsx, from the CSV and JSON files of an earlier run or comparison in `folder`, and from nothing
 * else; its sheets are in docs/outputs.md. The same files give the same bytes, but for timings in run.json,
 * which it leaves out. PC_ERR_INPUT when they are no results or wrong, PC_ERR_IO, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_report_workbook(const char *folder, pc_diagnostics *diagnostics);

/* The one-screen summary of `run`, as wide and as plain as record->look says. Whether every byte was taken is
 * for the caller to ask of the stream. Needs scenario, model, episodes, quality and forecast. */
void pc_report_summary(const pc_run_record *record, FILE *stream);
/* The same as one JSON object on one line. PC_ERR_NO_MEMORY, PC_ERR_IO. */
PC_MUST_USE pc_status pc_report_summary_json(const pc_run_record *record, FILE *stream);

/* The same two for `compare` (needs what `run` does, comparison, compared and alone). */
void pc_report_compare_summary(const pc_run_record *record, FILE *stream);
PC_MUST_USE pc_status pc_report_compare_summary_json(const pc_run_record *record, FILE *stream);

/* The same two for `clean` (needs data, episodes, quality, tieout) and for `fit` (scenario, model, episodes,
 * quality). */
void pc_report_clean_summary(const pc_run_record *record, FILE *stream);
PC_MUST_USE pc_status pc_report_clean_summary_json(const pc_run_record *record, FILE *stream);
void pc_report_fit_summary(const pc_run_record *record, FILE *stream);
PC_MUST_USE pc_status pc_report_fit_summary_json(const pc_run_record *record, FILE *stream);

/* What `check` found in the scenario file `file`; scenario is NULL when it cannot be run. The text lists
 * every message and then says what would be run. */
void pc_report_check(const char *file, const pc_scenario *scenario, const pc_diagnostics *diagnostics,
                     FILE *stream);
PC_MUST_USE pc_status pc_report_check_json(const char *file, const pc_scenario *scenario,
                                           const pc_diagnostics *diagnostics, FILE *stream);

/* What the published figures tell by each year: panel_estimates.csv. */
PC_MUST_USE pc_status pc_report_panel_estimates(const pc_panel_estimates *estimates, const char *folder,
                                                pc_diagnostics *diagnostics);
/* The one-screen summary of `backtest` (needs scenario; or none, and `data`: the folder of a panel), as text
 * and as JSON. */
PC_MUST_USE pc_status pc_report_backtest_summary(const pc_run_record *record, const pc_skill *skill,
                                                 FILE *stream);
PC_MUST_USE pc_status pc_report_backtest_summary_json(const pc_run_record *record, const pc_skill *skill,
                                                      FILE *stream);

/* What `synth` made and where. */
typedef struct pc_synth_record {
    uint64_t seed;
    int children, first_year, years; /* as in pc_synth_options */
    bool messy;
    const char *folder;
} pc_synth_record;

/* What `synth` made, in words and as one JSON object on one line. PC_ERR_NO_MEMORY, PC_ERR_IO. */
void pc_report_synth(const pc_synth_record *record, FILE *stream);
PC_MUST_USE pc_status pc_report_synth_json(const pc_synth_record *record, FILE *stream);

#endif
