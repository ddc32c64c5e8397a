/* trend_report.h - what is told of the trend of a model. */
#ifndef PC_REPORT_TREND_REPORT_H
#define PC_REPORT_TREND_REPORT_H

#include <stdio.h>

#include "report/json_parts.h"
#include "report/say.h"

/* The trend of one authority as an object; null when there is none. */
json_t *report_trend_json(const pc_authority_model *authority, int *failed);
/* One line of the summary; none when no authority has a trend. */
void summary_trend(const pc_model *model, const pc_scenario *scenario, const say_page *page);

#endif
