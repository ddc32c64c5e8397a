/* mtfs.h - the medium-term financial strategy: budget beside outturn by financial year and budget holder,
 * over all authorities together.
 *
 * forecast + [budget lines] -> mtfs. Method: docs/budget.md.
 */
#ifndef PC_MTFS_H
#define PC_MTFS_H

#include "placecast/budget.h"
#include "placecast/forecast.h"

/* Confidences for which the budget and the reserve needed are told. */
#define PC_N_CONFIDENCE 3
extern const double pc_confidence_level[PC_N_CONFIDENCE]; /* 0.50 0.80 0.90 */

/* One holder in one year of the forecast. */
typedef struct pc_mtfs_year {
    bool has_budget, has_outturn;
    double covered; /* part of the year that is compared, by days: 1 for a whole one; the rest is pro rata */
    int64_t budget_pence;           /* of that part */
    pc_statistics outturn;          /* pounds */
    double gap_gbp;                 /* mean outturn less budget; positive: overspend */
    double p_over;                  /* share of replicates in which outturn > budget; NaN when not known */
    double needed[PC_N_CONFIDENCE]; /* pounds; the least budget that so many replicates keep to */
} pc_mtfs_year;

/* A row of budget_lines.csv. NaN: blank. */
typedef struct pc_mtfs_line {
    int year;         /* 0: none */
    char *holder;     /* "" or a name, "all" for the sum */
    const char *side; /* budget, outturn, gap or reserve; a literal, as are kind and note */
    char *line;
    const char *kind;
    double computed_gbp, p10_gbp, p90_gbp; /* signed as it enters its side's total */
    double stated_gbp;
    double residual_gbp; /* stated - computed */
    const char *note;    /* "": none */
} pc_mtfs_line;

typedef struct pc_mtfs {
    size_t n_holder;    /* budget holders, and one more, "all", at the end when there are several */
    char **holder;      /* [n_holder] */
    size_t n_year;      /* those of the forecast */
    pc_mtfs_year *year; /* [n_holder][n_year] */
    bool has_reserve;   /* the scenario states a reserve without a year */
    int64_t reserve_pence;
    bool has_gap; /* some year has both a budget and an outturn */
    double
        reserve_needed[PC_N_CONFIDENCE]; /* pounds; held at the start, it never runs dry when overspends are
                                            drawn from it and underspends put back, in so many replicates */
    double p_reserve_enough;             /* NaN without a reserve stated, or when not known */
    size_t n_line;
    pc_mtfs_line *line; /* [n_line] */
} pc_mtfs;

/* One cell; `year` < n_year. */
static inline const pc_mtfs_year *pc_mtfs_at(const pc_mtfs *self, size_t holder, size_t year)
{
    return &self->year[holder * self->n_year + year];
}

void pc_mtfs_free(pc_mtfs *self); /* NULL is fine; may be called twice */

#endif
