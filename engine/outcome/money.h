/* money.h - what place-days cost: prices by category, uplifted by financial year. */
#ifndef PC_OUTCOME_MONEY_H
#define PC_OUTCOME_MONEY_H

#include "outcome/grid.h"

typedef struct money {
    const pc_prices *prices; /* borrowed */
    const pc_plan *plan;     /* borrowed */
    size_t n_category, n_month;
    size_t first_period;
    double *pence_a_day;              /* [n_category][n_month]; of the replicate drawn last */
    int64_t *pence;                   /* [n_category][n_month]; of the replicate filled last */
    struct intervention_state *state; /* [n_intervention]; effects of the replicate drawn last */
    bool drawn;                       /* growth is drawn from low, likely, high; else it is the likely one */
} money;

PC_MUST_USE pc_status money_init(money *self, const pc_prices *prices, const pc_plan *plan);
/* Sets the prices of replicate `replicate`: growth is drawn once a replicate for each row of the growth table
 * (a row for all categories moves them together), from the triangular distribution of low, likely and high,
 * when parameters are uncertain. */
void money_draw(money *self, uint32_t replicate);
/* The mean price instead: mean growth of each year. */
void money_set_mean(money *self);
/* Fills self->pence from a closed ledger. A block is paid for by day: every place, filled or not, and whoever
 * is there beyond its places. */
void money_fill(money *self, const ledger *from);
void money_free(money *self);

#endif
