/* json_parts.h - the pieces that run.json and the JSON summaries share.
 *
 * Each returns a new reference, or NULL when out of memory; report_json_set passes that on, so that only the
 * end of a document needs a check.
 */
#ifndef PC_JSON_PARTS_H
#define PC_JSON_PARTS_H

#include <jansson.h>

#include "placecast/report.h"

/* Puts `value` (stolen) under `key`; sets *failed when either is missing. */
void report_json_set(json_t *object, const char *key, json_t *value, int *failed);
void report_json_append(json_t *array, json_t *value, int *failed);
/* Text that is not UTF-8 gets a ? for each byte that is not ASCII. */
json_t *report_json_text(const char *text);
json_t *report_json_texts(const char *const *text, size_t n);
json_t *report_json_number(double value); /* null for NaN and infinities */
json_t *report_json_day(pc_day day);      /* null for no day */

/* The lines of one severity, as they are shown. */
json_t *report_json_messages(const pc_diagnostics *diagnostics, pc_severity severity);
json_t *report_json_authorities(const pc_model *model);
/* Names of the categories in the files, and as people say them. */
json_t *report_json_categories(const pc_forecast *forecast);
json_t *report_json_cleaned(const pc_run_record *record);
json_t *report_json_layers(const pc_scenario *scenario, const pc_forecast *forecast);

/* What a back-test says of past forecasts at 12 months; null for NULL. */
json_t *report_json_skill(const pc_skill_headline *skill);
/* {"mean": ..., "p10": ..., "p90": ...} */
json_t *report_json_range(const pc_statistics *value);
/* Costs and savings of a comparison. */
json_t *report_json_invest(const pc_comparison *of, const pc_alone *parts);
/* Budget beside outturn; null without a budget. */
json_t *report_json_budget(const pc_forecast *forecast);
json_t *report_json_targets(const pc_forecast *forecast);
/* [{year, months, measure: {category: range}}] of the workforce. */
json_t *report_json_workforce(const pc_forecast *forecast);
/* assumptions, warnings, folder, outputs: the end of every summary. */
void report_json_ending(json_t *root, const pc_run_record *record, int *failed);

/* Writes `root` (stolen) and a newline. `failed` is what report_json_set left. */
PC_MUST_USE pc_status report_json_write(json_t *root, int failed, size_t flags, FILE *stream);
/* Writes it to `name` in `folder`, to be read by people too; says what went wrong. */
PC_MUST_USE pc_status report_json_file(json_t *root, int failed, const char *folder, const char *name,
                                       pc_diagnostics *diagnostics);

#endif
