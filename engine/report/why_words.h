/* why_words.h - why the bill changed, in the summaries. */
#ifndef PC_REPORT_WHY_WORDS_H
#define PC_REPORT_WHY_WORDS_H

#include <jansson.h>

#include "placecast/forecast.h"
#include "report/say.h"

/* A paragraph on the last two whole years of a run (or the last two there are); nothing without rows. */
void summary_why_years(const pc_forecast *forecast, const say_page *page);
/* A paragraph or two for each scenario against the reference, on the last year. */
void summary_why_pairs(const pc_comparison *comparison, const say_page *page);
/* All rows as an array of objects. NULL when out of memory. */
json_t *report_json_why(const pc_why *why);

#endif
