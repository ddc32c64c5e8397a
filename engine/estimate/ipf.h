/* ipf.h - a table that agrees with margins: iterative proportional fitting, and whole numbers from it.
 *
 * W. E. Deming and F. F. Stephan, "On a least squares adjustment of a sampled frequency table when the
 * expected marginal totals are known", Annals of Mathematical Statistics 11 (1940). Cells that are 0 stay 0;
 * of all tables with the margins, the result is the one nearest to the seed in relative entropy.
 */
#ifndef PC_ESTIMATE_IPF_H
#define PC_ESTIMATE_IPF_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/status.h"

/* The sum of some cells is to be `target`. */
typedef struct ipf_margin {
    const unsigned char *in; /* [n_cell]; 1: this cell counts */
    double target;           /* >= 0, finite */
} ipf_margin;

#define IPF_SOLVED 1e-9 /* largest error of a margin, relative to 1 + target */
/* Where a margin forces a cell to 0 the error falls only like 1 / rounds: after a while a margin counts as
 * met within this. Margins of whole numbers that cannot be together miss by half a unit at the least. */
#define IPF_NEAR 0.05

/* Scales cell[n_cell] in place. Returns -1 when every margin is met, else the number of the margin that is
 * missed by most: together with the others and the zeros of the seed it is impossible. */
int ipf_fit(double *cell, size_t n_cell, const ipf_margin *margin, size_t n_margin);

/* Whole numbers nearest to value[n] with the sum of the values, which is a whole number (to 1e-6): the
 * largest remainders are rounded up, the first of equal ones. */
void ipf_round(const double *value, size_t n, long *out);

/* The same for a table value[n_row][n_column] whose row and column sums are whole numbers (to 1e-6): each
 * cell is rounded up or down, and every sum is kept. Such a table always exists (an integral flow). False
 * when the sums are not whole. PC_ERR_NO_MEMORY in *status. */
bool ipf_round_table(const double *value, size_t n_row, size_t n_column, long *out, pc_status *status);

#endif
