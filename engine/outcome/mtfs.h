/* mtfs.h - budget lines over replicates: what the simulation fills in is collected replicate by replicate,
 * the rest is drawn from the lines. */
#ifndef PC_OUTCOME_MTFS_H
#define PC_OUTCOME_MTFS_H

#include "outcome/case.h"
#include "placecast/mtfs.h"

/* Something that the simulation fills in: months [first, end) of a cell, for one holder and year. */
typedef struct mtfs_term {
    size_t holder, year; /* of the forecast */
    size_t line;         /* of the budget; SIZE_MAX: the whole bill of a year without outturn lines */
    pc_measure measure;
    size_t category;       /* n_category: all */
    size_t work;           /* number of a series of the workforce instead of these two, or SIZE_MAX */
    const char *programme; /* or what this intervention costs, "": all of them, NULL: neither; borrowed */
    size_t first, end;
    int64_t spent; /* to date, pence */
} mtfs_term;

typedef struct mtfs {
    const outcome_case *of; /* borrowed */
    const pc_budget *budget;
    const pc_actuals *actuals;
    size_t replicates; /* 0: expected values */
    size_t n_holder;   /* without the sum */
    const char **holder;
    size_t n_year;
    double *covered;   /* [n_year]; part of the year that is compared */
    bool *has_actuals; /* [n_year] */
    size_t n_term;
    mtfs_term *term;
    int64_t *value; /* [n_term][replicates], pence, spend to date included */
    /* The same scenario without the interventions that lines stand for, when there are such lines. */
    bool leaves_out;
    pc_scenario without;
    outcome_case without_case;
} mtfs;

/* Whether the scenario has a budget. */
bool mtfs_wanted(const pc_scenario *scenario);
/* `self` is empty, and every call below does nothing, when there is no budget. */
PC_MUST_USE pc_status mtfs_init(mtfs *self, const outcome_case *of, size_t replicates,
                                pc_diagnostics *diagnostics);
/* Takes what the simulation fills in from one replicate's cells and those of its workforce (NULL: none): of
 * `without_case` when leaves_out, else of the scenario itself. */
void mtfs_watch(mtfs *self, size_t replicate, const int64_t *cell, const int64_t *work);
/* Or from the means of expected values. */
void mtfs_expect(mtfs *self, const pc_forecast *forecast);
/* Works out all years and lines into out->mtfs. */
PC_MUST_USE pc_status mtfs_take(mtfs *self, pc_forecast *out);
void mtfs_free(mtfs *self);

/* Finds what the simulation is to fill in. PC_ERR_INPUT for a cost of the workforce that is not followed. */
PC_MUST_USE pc_status mtfs_make_terms(mtfs *self, pc_diagnostics *diagnostics);
/* Whether some line is a cost of the workforce. */
bool mtfs_follows_workforce(const mtfs *self);
/* First and past the last day of a month of the forecast; days in a financial year. */
pc_day mtfs_first_day(const mtfs *self, size_t month);
pc_day mtfs_end_day(const mtfs *self, size_t month);
double mtfs_days_in(int year);
/* First month of the year, or the first one that begins after `to`; and the month after its last. */
void mtfs_months_after(const mtfs *self, size_t year, pc_day to, size_t *first, size_t *end);
/* Number of the holder; n_holder: not met yet. */
size_t mtfs_holder(const mtfs *self, const char *name);
bool mtfs_has_lines(const pc_budget *budget, const char *holder, int year);
/* Spend to date of the line, NULL when none is given, and what it adds to the outturn, pence. */
const pc_actual *mtfs_actual_of(const mtfs *self, const pc_budget_line *line);
int64_t mtfs_spent(const pc_actual *actual);

/* What a fixed outturn line gives in a replicate, pence, signed; of the part of its year that is compared and
 * with its spend to date. `replicate` SIZE_MAX: its mean, rounded to a penny. */
int64_t mtfs_line_pence(const mtfs *self, const pc_budget_line *line, size_t replicate);
/* The closing of a holder's budget as its lines give it, from the opening stated or, without one, from the
 * closing of the year before it that has lines. False when it has none in that year. */
bool mtfs_budget_closing(const pc_budget *budget, const char *holder, int year, int64_t *closing);
/* The closing of the last year with budget lines before `year`; false when there is none. */
bool mtfs_budget_before(const pc_budget *budget, const char *holder, int year, int64_t *closing);
/* Growth, savings and so on of a year's budget, without its opening. */
int64_t mtfs_budget_movements(const pc_budget *budget, const char *holder, int year);
/* The year's number in the forecast, SIZE_MAX when it is not in it. */
size_t mtfs_year(const mtfs *self, int year);
/* Distribution of one outturn line of a year of the forecast; a mean alone elsewhere. PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status mtfs_line_statistics(const mtfs *self, size_t line, pc_statistics *out);
/* The rows of budget_lines.csv. */
PC_MUST_USE pc_status mtfs_take_lines(const mtfs *self, pc_mtfs *out);

#endif
