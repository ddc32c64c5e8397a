/* made_record.h - a whole run made by hand around a forecast of made_forecast.h, for the tests of what is
 * told of one. */
#ifndef PC_MADE_RECORD_H
#define PC_MADE_RECORD_H

#include "made_forecast.h"
#include "placecast/report.h"

typedef struct made {
    pc_forecast forecast;
    pc_scenario scenario;
    pc_model model;
    pc_authority_model authority;
    pc_episodes episodes;
    pc_quality quality;
    pc_quality_line line[4];
    pc_tieout tieout;
    pc_tieout_row tie[2];
    pc_diagnostics diagnostics;
    pc_run_record record;
} made;

/* Scenario "Made", 3 categories, from October 2011, extract the day before; n_la authorities, n_month months;
 * process and parameters share the variance 0.6 to 0.4; one assumption, one warning; a command line with a
 * byte that is no UTF-8. */
void made_record(made *self, size_t n_la, size_t n_month);
void made_record_free(made *self);

#endif
