/* money.h - what placements cost, in pence by category and month: the one place where the bill of a replicate
 * is formed. */
#ifndef PC_OUTCOME_MONEY_H
#define PC_OUTCOME_MONEY_H

#include "outcome/grid.h"
#include "simulate/stays.h"

/* What one placement pays. */
typedef struct placement_price {
    bool own;           /* a price of its own, drawn or actual, for its life; else that of the table */
    int8_t provider;    /* -1 unknown */
    uint8_t need;       /* 0 unknown */
    uint8_t category;   /* whose growth an own price follows */
    int price_year;     /* of an own price */
    double pence_a_day; /* an own price, at the prices of price_year */
} placement_price;

/* A share in the rows is a whole number of millionths. */
#define MONEY_SHARE_UNIT 1e6

/* What a run reports of money besides the bill itself: measures by month, and rows by year. */
typedef struct money_scope {
    bool real, income, dearest, processes;
    size_t
        n_row; /* sources of income; two of the dearest; events, costs and costs a child-year of processes */
    size_t dearest_row, events_row, cost_row, child_year_row; /* where they begin */
} money_scope;

typedef struct money {
    const pc_prices *prices;       /* borrowed */
    const pc_price_people *people; /* borrowed; of this authority, or NULL */
    const pc_plan *plan;           /* borrowed */
    size_t n_category, n_month;
    size_t first_period;
    double *pence_a_day; /* [n_category][n_month]; the one price, or the mean; of the replicate drawn last */
    double *factor;      /* [n_category][n_month]; what interventions make of prices */
    int first_year;      /* of the levels */
    size_t n_level;
    double *level;       /* [n_category][n_level]; level of prices by financial year, 1 in first_year */
    int64_t *pence;      /* [n_category][n_month]; of the replicate filled last: the bill */
    int64_t *thousandth; /* [n_category][n_month]; of a penny; of placements priced one by one */
    int64_t *aged;       /* [PC_N_AGE_BAND][n_category][n_month]; what of it is for a child's days, by age */
    bool *by_placement;  /* [n_category]; its placements are priced one by one */
    /* The rest of what the shape asks for, of the replicate filled last. */
    int start_year; /* the first financial year reported: its prices are those of the bill in real terms */
    size_t n_year;
    money_scope scope;
    bool income_by_stream;
    int64_t *real;   /* [n_category][n_month]; the bill at the prices of start_year */
    int64_t *income; /* [n_category + 1][n_month]; the last: of no category */
    int64_t *nights; /* [PC_N_STREAM][n_category][n_month] */
    size_t n_row;
    int64_t *row;       /* [n_row][n_year]; in the order of money_list_rows */
    int64_t (*ten)[10]; /* [n_year]; scratch */
    int64_t *of_year;   /* [n_year]; scratch */
    bool any_by_placement, any_actual, any_provider, any_need;
    size_t stay_capacity, senior_capacity;
    placement_price *of_stay;         /* [stays]; of the replicate filled last */
    int32_t *senior;                  /* stays of a category in the order of their placements */
    pc_random_key key;                /* of the replicate drawn last */
    struct intervention_state *state; /* [n_intervention]; effects of the replicate drawn last */
    bool drawn;                       /* growth is drawn from low, likely, high; else it is the likely one */
} money;

/* Whether prices need to know each child's stays (plan.keep_stays). */
bool money_needs_stays(const pc_prices *prices);
PC_MUST_USE pc_status money_init(money *self, const pc_prices *prices, const pc_plan *plan);
/* Sets the prices of replicate `replicate`: growth is drawn once a replicate for each row of the growth table
 * (a row for all categories moves them together), from the triangular distribution of low, likely and high,
 * when parameters are uncertain. */
void money_draw(money *self, uint32_t replicate);
/* The mean price instead: mean growth of each year. */
void money_set_mean(money *self);
/* Fills self->pence, and whatever else was asked for, from a closed ledger and, where money_needs_stays, the
 * stays of the same replicate (else NULL). A block is paid for by day: every place, filled or not, and
 * whoever is there beyond its places. */
PC_MUST_USE pc_status money_fill(money *self, const ledger *from, const stays *log);
/* What the placements of a category cost in a month by the age band of the child, in pence; of the replicate
 * filled last, `from`, which keeps ages. What is paid for no child's days is in none. */
void money_by_age(const money *self, const ledger *from, size_t category, size_t month,
                  double pence[PC_N_AGE_BAND]);
void money_free(money *self);

/* By simulation; the expected-value method has no rows, and no income by stream. */
money_scope money_find_scope(const pc_prices *prices, bool expected);
/* Kind and number of each row. */
void money_list_rows(const pc_prices *prices, const money_scope *scope, pc_money_row *row);

/* ---- income.c ---- */

void money_add_income(money *self, const ledger *from, const stays *log);
/* Pounds of a source in a month by expected values: from the days and cost of a category, or, for category
 * n_category, the grants of none. Nights of all streams together. */
double money_mean_income(const money *self, size_t source, size_t category, size_t month, double days,
                         double cost);
/* Years without a row of some income. */
void money_say_income(const pc_prices *prices, const grid *shape, pc_diagnostics *diagnostics);

/* ---- process_costs.c ---- */

/* Events [PC_N_PROCESS][n_year] and pence [PC_N_PROCESS + 1][n_year], the last for all; both zero before. */
void money_count_processes(const money *self, const stays *log, int64_t *events, int64_t *pence);

/* ---- dearest.c ---- */

/* Pence of the ten placements that cost most in each year, and their share of the year's bill in millionths.
 * [n_year] each. */
void money_find_dearest(money *self, const stays *log, int64_t *pence, int64_t *share);

/* Level of a category's prices in `year` over that in `price_year`; prices never fall back behind it. */
double money_growth(const money *self, size_t category, int price_year, int year);

static inline int64_t *money_aged(const money *self, size_t age, size_t category, size_t month)
{
    return &self->aged[(age * self->n_category + category) * self->n_month + month];
}

/* ---- placement_prices.c ---- */

/* `sign` times the part of a stay on [day, end) of one month, less so much a day, by the child's age. A
 * birthday counts from the day on which it lies, as in age_days.h. */
void money_add_by_age(money *self, const stays *log, size_t stay_number, size_t month, int day, int end,
                      double sign, double less_a_day);
/* Adds placements that are priced one by one, and what contracts cost, to self->thousandth. */
PC_MUST_USE pc_status money_price_placements(money *self, const stays *log);

/* The child's need, known or drawn; 0 unknown, and where no table asks for it. */
uint8_t money_need_of(const money *self, const stay_child *child);

/* ---- contract_costs.c ---- */

/* Block contracts, set-up and start costs. */
PC_MUST_USE pc_status money_add_contracts(money *self, const stays *log);
/* A week's retainers for empty places, pence of a month. */
double money_retainers(const money *self, const ledger *from, size_t category, size_t month);
/* Pence of a stay on the days [day, end) of one month, as if no block covered it. */
double money_stay_pence(const money *self, const stays *log, size_t stay_number, size_t month, int day,
                        int end);

#endif
