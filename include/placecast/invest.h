/* invest.h - invest to save: what interventions cost and save, against the same futures without them.
 *
 * Method: docs/invest-to-save.md.
 */
#ifndef PC_INVEST_H
#define PC_INVEST_H

#include "placecast/forecast.h"

/* X(name, name in the files); pounds but for the last */
#define PC_INVEST_LIST(X)                                                                                    \
    X(COST, "programme_cost_gbp")                                                                            \
    X(GROSS, "gross_saving_gbp")                                                                             \
    X(NET, "net_saving_gbp")                                                                                 \
    X(CUMULATIVE, "cumulative_net_gbp")                                                                      \
    X(AVOIDED, "placement_years_avoided")

typedef enum pc_invest_measure {
#define PC_INVEST_ENUM(name, text) PC_INVEST_##name,
    PC_INVEST_LIST(PC_INVEST_ENUM)
#undef PC_INVEST_ENUM
        PC_N_INVEST
} pc_invest_measure;
const char *pc_invest_measure_name(pc_invest_measure measure);

/* One intervention alone, all together, or a scenario against the reference. */
typedef struct pc_invest_part {
    char *name;
    char *funding; /* "" : not said, or several */
    bool stated;   /* the saving is the user's own figure for each placement avoided; else it is that of the
                      bill */
    bool costs;    /* something is spent in some replicate */
    pc_statistics *value; /* [PC_N_INVEST][n_year + 1]; the last is the whole forecast */
    double *p_paid_back;  /* [n_year]; by the end of the year, for good; NaN when nothing is spent */
    pc_statistics npv;    /* pounds, of the forecast's months */
    pc_day payback; /* first month end by which half of the replicates have paid back; PC_DAY_NONE: never */
    double break_even; /* placement-years avoided that pay for it; NaN when they save nothing */
} pc_invest_part;

typedef struct pc_invest {
    char *scenario;
    char *against; /* a scenario's name, or "none" for the same scenario without interventions */
    size_t n;
    pc_invest_part *part; /* [n] */
    size_t n_year;
    pc_forecast_year *year; /* [n_year] */
    double rate, general_inflation;
    int replicates;
} pc_invest;

/* One cell; `year` < n_year. */
static inline pc_statistics *pc_invest_value(const pc_invest *self, const pc_invest_part *part,
                                             pc_invest_measure measure, size_t year)
{
    return &part->value[measure * (self->n_year + 1) + year];
}

/* Whether some intervention has a cost or a saving of its own: then there is something to tell. */
bool pc_invest_wanted(const pc_scenario *scenario);
/* The general inflation that net present values use. */
double pc_invest_inflation(const pc_scenario *scenario);
void pc_invest_free(pc_invest *self); /* NULL is fine; may be called twice */

#endif
