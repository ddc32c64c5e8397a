/* establishment.h - the structures of a workforce file added up: posts, cost, premium, funding; and every sum
 * of the document checked.
 *
 * returns -> episodes -> model -> scenario -> simulation -> [workforce] -> forecast -> report
 */
#ifndef PC_ESTABLISHMENT_H
#define PC_ESTABLISHMENT_H

#include "placecast/workforce.h"

/* One team of one structure, or the whole ("all"; and "other teams" for the cost that they share). Pounds a
 * year; NaN: not known. */
typedef struct pc_establishment_row {
    const char *structure, *team, *holder; /* borrowed; holder may be NULL */
    pc_day from;                           /* PC_DAY_NONE: no date */
    double posts, cost, premium, true_cost;
    double premium_by_posts;   /* the premium for each post of `premium_from`, times the posts here */
    double true_cost_by_posts; /* cost with that */
    double *funding;           /* [n_source]; owned. On "all", a cell that is implied is filled */
    double funding_gap;        /* true cost less funding; NaN without funding */
} pc_establishment_row;

typedef enum pc_verdict { PC_AGREES, PC_DIFFERS, PC_IMPLIED, PC_MISSING, PC_N_VERDICT } pc_verdict;
const char *pc_verdict_name(pc_verdict verdict);

/* One sum of the document beside the same sum as computed. */
typedef struct pc_finding {
    const char *structure; /* borrowed; "" for none */
    const char *subject;   /* borrowed; a team, "all" or the name of a sum */
    const char *check;     /* posts, cost, premium, true_cost, funding, premium_by_posts, allowance, sum */
    double computed, stated;
    double within; /* they agree when they differ by no more: rounding */
    pc_verdict verdict;
    char *text; /* a sentence; owned */
    long line, column;
    const char *file; /* borrowed */
} pc_finding;

typedef struct pc_establishment {
    size_t n_source;
    char *const *source; /* [n_source]; borrowed from the workforce, which must outlive this */
    size_t n_row;
    pc_establishment_row *row; /* structure by structure, teams first, "all" last */
    size_t n_finding;
    pc_finding *finding;
} pc_establishment;

/* PC_ERR_NO_MEMORY. On failure `out` is empty. */
PC_MUST_USE pc_status pc_establishment_make(const pc_workforce *workforce, pc_establishment *out);
/* Says every finding that does not agree: differences as warnings, what was implied or is missing as
 * assumptions. */
void pc_establishment_tell(const pc_establishment *self, pc_diagnostics *diagnostics);
void pc_establishment_free(pc_establishment *self); /* NULL is fine; may be called twice */

#endif
