/* sensitivity_impl.h - a sensitivity analysis while it is made: which runs it has, and what each gave.
 * Private to sweep/. */
#ifndef PC_SENSITIVITY_IMPL_H
#define PC_SENSITIVITY_IMPL_H

#include "placecast/sensitivity.h"
#include "sweep/sweep_impl.h"

/* One factor set to one of its values, the others in the middle. */
typedef struct sensitivity_single {
    size_t factor;
    sweep_choice choice;
} sensitivity_single;

typedef struct sensitivity_analysis {
    pc_sweep *sweep;
    const pc_sensitivity_options *options;
    sweep_choice middle[SWEEP_MOST_FACTORS];
    sensitivity_single *single; /* [n_single]; those of a factor stand together, from first_single on */
    size_t n_single, first_single[SWEEP_MOST_FACTORS + 1];
    size_t n_range, range[SWEEP_MOST_FACTORS]; /* numbers of the factors */
    size_t n_point;                            /* 0 without ranges */
    double *a, *b;                             /* [n_point][n_range] */
    size_t n_run;
    double *value; /* [PC_N_SENSITIVITY][n_run]; run 0 is the middle, then the single ones, then point by
                      point a, b and each exchange */
    double *shown; /* [PC_N_SENSITIVITY][1 + n_single]; the same of the first runs, rounded where asked */
    size_t n_done;
    pc_day end;
    pc_status status;
    pc_diagnostics *diagnostics;
} sensitivity_analysis;

/* Numbers the runs: the middle, each factor at its ends, the points of the Sobol indices. */
PC_MUST_USE pc_status sensitivity_design(sensitivity_analysis *self);
/* What run number `run` sets each factor to. */
void sensitivity_choose(const sensitivity_analysis *self, size_t run, sweep_choice *out);

/* Mean results of a run, of all authorities together; `start`: the first day forecast. The forecast may be
 * rounded by that. */
void sensitivity_take(sensitivity_analysis *self, size_t run, pc_forecast *forecast, pc_day start);
/* What all runs say, once they are there. */
PC_MUST_USE pc_status sensitivity_fill(const sensitivity_analysis *self, pc_sensitivity *out);

#endif
