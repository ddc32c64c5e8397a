/* summary_parts.h - the lines that the text summaries share. */
#ifndef PC_SUMMARY_PARTS_H
#define PC_SUMMARY_PARTS_H

#include "placecast/report.h"
#include "report/say.h"

typedef char *(*summary_say)(double value, char text[SAY_SIZE]);

/* "63 (58-68)", with "to" between when the range goes below nought, or the mean alone where the range is not
 * known. Returns `text`. */
char *summary_range(const pc_statistics *value, summary_say say, char text[3 * SAY_SIZE]);
/* "£60.7m (51.8-69.6)": a range whose ends have the unit of the mean leaves it out; all less `budget`. */
char *summary_brief_money(const pc_statistics *value, double budget, char text[3 * SAY_SIZE]);
/* The last day that the forecast of a year covers: 31 March, unless the forecast ends before. */
pc_day summary_year_end(const pc_forecast *forecast, size_t year);
/* "2011/12 (6 months)"; a whole year is its name alone; `brief`: "2011/12*". */
char *summary_year(const pc_forecast_year *year, bool brief, char text[SAY_SIZE]);
/* "62%"; "-" when not known. Never "100%" of what failed once, nor "0%" of what came off once. */
char *summary_chance(double chance, char text[SAY_SIZE]);
/* Kinds that change places, prices or the front door treat no child: what is told of whom they treat would be
 * nought. */
bool summary_treats_children(const char *kind);
/* Where `name` stands among `n` names; -1: it does not. */
int summary_find(char *const *names, size_t n, const char *name);
/* Now and at the end of each year, by category. */
void summary_children(const pc_forecast *forecast, pc_day extract, const say_page *page);
/* On how many days of each year the places of a kind were all taken, and how many children found them so;
 * nothing without places. */
void summary_places(const pc_forecast *forecast, const say_page *page);
/* Where to find out what an unmet target would take. */
void summary_say_seek(const say_page *page);
/* A line for each target. */
void summary_targets(const pc_forecast *forecast, const say_page *page);
/* Budget beside outturn by year, the reserve, and what does not add up; nothing without a budget. */
void summary_budget(const pc_forecast *forecast, const say_page *page);
/* Cases, posts and staff by year, where the workforce is followed. */
void summary_workforce(const pc_forecast *forecast, const say_page *page);
/* How good past forecasts were, when the run was back-tested. */
void summary_skill(const pc_run_record *record, const say_page *page);
/* How many children in care are left out of the model. */
void summary_left_out(const pc_run_record *record, const say_page *page);
/* That numbers of children are rounded; nothing when they are not. */
void summary_rounded(const pc_run_record *record, const say_page *page);

/* "3,737 rows: 910 repeats, 431 set aside, ...": repeats of an episode that a later return tells again */
void summary_cleaned(const pc_run_record *record, const say_page *page);
/* Each assumption as "Assumed: ...", at most `most` of them, and how many more there are. */
void summary_assumptions(const pc_diagnostics *diagnostics, size_t most, const char *rest,
                         const say_page *page);
/* What is to be checked: warnings about the results themselves; with the file of the scenario, or without. Of
 * more than `most` how many more there are. */
void summary_checks(const pc_diagnostics *diagnostics, size_t most, bool with_file, const say_page *page);
/* "Written to FOLDER: ..." */
void summary_written(const pc_run_record *record, const say_page *page);
/* "the authority of the returns", its name, or how many there are. */
void summary_authority(const pc_run_record *record, const char *const *name, size_t n, const say_page *page);

#endif
