/* compare_parts.h - what the summary of a comparison tells of interventions and targets. */
#ifndef PC_COMPARE_PARTS_H
#define PC_COMPARE_PARTS_H

#include "report/summary_parts.h"
#include "report/summary_table.h"

/* The name of a scenario without the words that all begin with: columns are narrow. */
const char *compare_short_name(const pc_comparison *of, size_t at);
/* The financial years as heads of columns. */
void compare_year_heads(summary_table *table, const pc_forecast *forecast);

/* Whom interventions treat and change: by year, or for many interventions over all years and by scenario.
 * Nothing where there are none, as with the next two. */
void compare_interventions(const pc_comparison *of, const say_page *page);
/* Each intervention alone and all together; of many the largest. `parts` [of->n]. */
void compare_alone(const pc_comparison *of, const pc_alone *parts, const say_page *page);
/* What interventions cost and save, when they have a cost or a saving of their own. */
void compare_invest(const pc_comparison *of, const pc_alone *parts, const say_page *page);
/* The chance of meeting each target. */
void compare_targets(const pc_comparison *of, const say_page *page);

#endif
