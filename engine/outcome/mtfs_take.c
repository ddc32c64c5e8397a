/* From what was collected to years: outturn, gap, chances, what would be needed. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/mtfs.h"
#include "outcome/tally.h"

const double pc_confidence_level[PC_N_CONFIDENCE] = {0.50, 0.80, 0.90};

void pc_mtfs_free(pc_mtfs *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; self->holder != NULL && at < self->n_holder; at++) {
        free(self->holder[at]);
    }
    for (size_t at = 0; at < self->n_line; at++) {
        free(self->line[at].holder);
        free(self->line[at].line);
    }
    free(self->holder);
    free(self->year);
    free(self->line);
    *self = (pc_mtfs){0};
}

static int ascending(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* The least of n ordered values that so large a share does not exceed. */
static double needed_of(const int64_t *sorted, size_t n, double level)
{
    size_t rank = (size_t)ceil(level * (double)n - 1e-9);

    return (double)sorted[rank == 0 ? 0 : rank - 1] / 100.0;
}

static pc_statistics mean_alone(double mean)
{
    pc_statistics statistics = {.mean = mean, .sd = (double)NAN};

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        statistics.quantile[q] = (double)NAN;
    }
    return statistics;
}

/* Everything while it is worked out: [holders and their sum][year][replicate], pence. */
typedef struct working {
    const mtfs *of;
    pc_mtfs *out;
    size_t n; /* replicates, or 1 for expected values */
    int64_t *outturn;
    int64_t *scratch; /* [n] */
} working;

static int64_t *row_of(const working *self, size_t holder, size_t year)
{
    return self->outturn + (holder * self->of->n_year + year) * self->n;
}

static void add_fixed(working *self, size_t holder, size_t year)
{
    const mtfs *of = self->of;
    int64_t *row = row_of(self, holder, year);

    for (size_t l = 0; l < of->budget->n; l++) {
        const pc_budget_line *line = &of->budget->line[l];

        if (line->side != PC_BUDGET_SIDE_OUTTURN || mtfs_year(of, line->year) != year ||
            strcmp(line->holder, of->holder[holder]) != 0 || line->kind == PC_BUDGET_MODELLED) {
            continue;
        }
        for (size_t replicate = 0; replicate < self->n; replicate++) {
            row[replicate] += mtfs_line_pence(of, line, of->replicates == 0 ? SIZE_MAX : replicate);
        }
    }
}

static void add_terms(working *self)
{
    const mtfs *of = self->of;

    for (size_t at = 0; at < of->n_term; at++) {
        int64_t *row = row_of(self, of->term[at].holder, of->term[at].year);

        for (size_t replicate = 0; replicate < self->n; replicate++) {
            row[replicate] += of->value[at * self->n + replicate];
        }
    }
}

/* A year has an outturn when it has lines of its own, or a bill. */
static bool has_outturn(const mtfs *of, size_t holder, size_t year)
{
    bool any = pc_budget_has_outturn(of->budget, of->of->shape.year[year].year, of->holder[holder]);

    for (size_t at = 0; at < of->n_term; at++) {
        any |= of->term[at].holder == holder && of->term[at].year == year;
    }
    return any;
}

static void take_year(working *self, size_t holder, size_t year)
{
    pc_mtfs_year *to = &self->out->year[holder * self->of->n_year + year];
    const int64_t *row = row_of(self, holder, year);
    size_t over = 0;

    to->covered = self->of->covered[year];
    to->gap_gbp = to->p_over = (double)NAN;
    to->outturn = mean_alone((double)NAN);
    for (size_t level = 0; level < PC_N_CONFIDENCE; level++) {
        to->needed[level] = (double)NAN;
    }
    if (!to->has_outturn) {
        return;
    }
    if (self->of->replicates == 0) {
        to->outturn = mean_alone((double)row[0] / 100.0);
    } else {
        memcpy(self->scratch, row, self->n * sizeof *row);
        tally_values(self->scratch, self->n, 100.0, &to->outturn);
        for (size_t level = 0; level < PC_N_CONFIDENCE; level++) {
            to->needed[level] = needed_of(self->scratch, self->n, pc_confidence_level[level]);
        }
        for (size_t replicate = 0; replicate < self->n; replicate++) {
            over += row[replicate] > to->budget_pence;
        }
        to->p_over = to->has_budget ? (double)over / (double)self->n : (double)NAN;
    }
    to->gap_gbp = to->has_budget ? to->outturn.mean - (double)to->budget_pence / 100.0 : (double)NAN;
}

static void take_holder(working *self, size_t holder)
{
    const mtfs *of = self->of;

    for (size_t year = 0; year < of->n_year; year++) {
        pc_mtfs_year *to = &self->out->year[holder * of->n_year + year];
        int64_t closing;

        to->has_budget =
            mtfs_budget_closing(of->budget, of->holder[holder], of->of->shape.year[year].year, &closing);
        /* A whole year stays whole pence whatever its days. */
        to->budget_pence = !to->has_budget           ? 0
                           : of->covered[year] < 1.0 ? (int64_t)llround((double)closing * of->covered[year])
                                                     : closing;
        to->has_outturn = has_outturn(of, holder, year);
        add_fixed(self, holder, year);
    }
}

static void add_up(working *self)
{
    const mtfs *of = self->of;

    for (size_t at = 0; at < of->n_holder * of->n_year; at++) {
        size_t year = at % of->n_year;
        const pc_mtfs_year *from = &self->out->year[at];
        pc_mtfs_year *to = &self->out->year[of->n_holder * of->n_year + year];
        const int64_t *part = row_of(self, at / of->n_year, year);
        int64_t *sum = row_of(self, of->n_holder, year);

        to->has_budget |= from->has_budget;
        to->has_outturn |= from->has_outturn;
        to->budget_pence += from->budget_pence;
        for (size_t replicate = 0; replicate < self->n; replicate++) {
            sum[replicate] += part[replicate];
        }
    }
}

/* What a reserve would have to hold at the start: the deepest that the running total of gaps ever goes. */
static void take_reserve(working *self)
{
    pc_mtfs *out = self->out;
    size_t last = out->n_holder - 1, enough = 0;

    out->p_reserve_enough = (double)NAN;
    for (size_t level = 0; level < PC_N_CONFIDENCE; level++) {
        out->reserve_needed[level] = (double)NAN;
    }
    for (size_t l = 0; l < self->of->budget->n; l++) {
        if (self->of->budget->line[l].kind == PC_BUDGET_RESERVE) {
            out->has_reserve = true;
            out->reserve_pence += self->of->budget->line[l].pence;
        }
    }
    for (size_t year = 0; year < out->n_year; year++) {
        out->has_gap |= pc_mtfs_at(out, last, year)->has_budget && pc_mtfs_at(out, last, year)->has_outturn;
    }
    if (!out->has_gap || self->of->replicates == 0) {
        return;
    }
    for (size_t replicate = 0; replicate < self->n; replicate++) {
        int64_t total = 0, deepest = 0;

        for (size_t year = 0; year < out->n_year; year++) {
            const pc_mtfs_year *of = pc_mtfs_at(out, last, year);

            total += of->has_budget && of->has_outturn
                         ? row_of(self, last, year)[replicate] - of->budget_pence
                         : 0;
            deepest = total > deepest ? total : deepest;
        }
        self->scratch[replicate] = deepest;
        enough += deepest <= out->reserve_pence;
    }
    qsort(self->scratch, self->n, sizeof *self->scratch, ascending);
    for (size_t level = 0; level < PC_N_CONFIDENCE; level++) {
        out->reserve_needed[level] = needed_of(self->scratch, self->n, pc_confidence_level[level]);
    }
    out->p_reserve_enough = out->has_reserve ? (double)enough / (double)self->n : (double)NAN;
}

static pc_status allocate(working *self)
{
    const mtfs *of = self->of;
    pc_mtfs *out = self->out;
    bool several = of->n_holder > 1;

    out->n_holder = of->n_holder + several;
    out->n_year = of->n_year;
    out->holder = pc_new_zero(out->n_holder, sizeof *out->holder);
    out->year = pc_new_zero(out->n_holder * out->n_year, sizeof *out->year);
    self->outturn = pc_new_zero(out->n_holder * out->n_year * self->n, sizeof *self->outturn);
    self->scratch = pc_new_zero(self->n, sizeof *self->scratch);
    if (out->holder == NULL || out->year == NULL || self->outturn == NULL || self->scratch == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < out->n_holder; at++) {
        out->holder[at] = pc_copy_text(at < of->n_holder ? of->holder[at] : "all");
        if (out->holder[at] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

static void work_out(working *self)
{
    const mtfs *of = self->of;

    for (size_t holder = 0; holder < of->n_holder; holder++) {
        take_holder(self, holder);
    }
    add_terms(self);
    if (of->n_holder > 1) {
        add_up(self);
    }
    for (size_t at = 0; at < self->out->n_holder * of->n_year; at++) {
        take_year(self, at / of->n_year, at % of->n_year);
    }
    take_reserve(self);
}

pc_status mtfs_take(mtfs *self, pc_forecast *out)
{
    working work = {.of = self, .n = self->replicates > 0 ? self->replicates : 1};
    pc_status status;

    if (self->of == NULL) {
        return PC_OK;
    }
    out->mtfs = work.out = pc_new_zero(1, sizeof *out->mtfs);
    status = work.out == NULL ? PC_ERR_NO_MEMORY : allocate(&work);
    if (status == PC_OK) {
        work_out(&work);
        status = mtfs_take_lines(self, work.out);
    }
    free(work.outturn);
    free(work.scratch);
    return status;
}
