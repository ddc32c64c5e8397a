/* compare_parts.h - what the summary of a comparison tells of interventions and targets. */
#ifndef PC_COMPARE_PARTS_H
#define PC_COMPARE_PARTS_H

#include "report/summary_parts.h"
#include "report/summary_table.h"

/* The name of a scenario without the words that all begin with: columns are narrow. */
const char *compare_short_name(const pc_comparison *of, size_t at);
/* The financial years as heads of columns. */
void compare_year_heads(summary_table *table, const pc_forecast *forecast);

/* The short names of the scenarios as heads of columns. */
void compare_scenario_heads(summary_table *table, const pc_comparison *of);
/* The bill of each scenario by financial year, and its difference from the reference. Nothing where there are
 * none, as with the next ones. */
void compare_bill(const pc_comparison *of, const say_page *page);
/* Budget, the gap of each scenario and its chance of going over, by financial year. */
void compare_budget(const pc_comparison *of, const say_page *page);
/* Each intervention alone and all together, on the last bill where there is one; of many the largest. `parts`
 * [of->n]. */
void compare_alone(const pc_comparison *of, const pc_alone *parts, const say_page *page);
/* What interventions cost and save, when they have a cost or a saving of their own. */
void compare_invest(const pc_comparison *of, const pc_alone *parts, const say_page *page);
/* On how many days of the last year places were all taken, by scenario. */
void compare_places(const pc_comparison *of, const say_page *page);
/* The chance of meeting each target. */
void compare_targets(const pc_comparison *of, const say_page *page);

#endif
