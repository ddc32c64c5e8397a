#include "outcome/batch.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/money.h"
#include "simulate/replicate.h"

enum { MOST_IN_LOT = 8 }; /* replicates kept by a thread before they are added up */

/* Scratch of one thread for one scenario. */
typedef struct bench {
    size_t n_plan;
    replicate_workspace *workspace; /* [n_plan] */
    money *money;                   /* [n_plan] */
    bill bill;                      /* empty: not wanted */
    workload work;                  /* where the workforce is followed */
    int64_t *work_less;             /* the same, less the first scenario's, where they are compared */
    int64_t *work_cell;             /* [n_in_lot][cells of the workforce] */
    int64_t *cell;                  /* [n_in_lot][n_plan + 1][n_cell]; the last is the sum */
    int64_t *common;    /* [n_in_lot][n_plan + 1][common cells]; from the second scenario on, and of the first
                           for each of these in turn */
    int64_t *reference; /* [n_plan + 1][common cells]; the first scenario's, of one replicate */
} bench;

void batch_free(batch *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t at = 0; self->of != NULL && at < self->n_case; at++) {
        for (size_t la = 0; la < self->n_la; la++) {
            if (self->of[at].tally != NULL) {
                tally_free(&self->of[at].tally[la]);
            }
            if (self->of[at].difference != NULL) {
                tally_free(&self->of[at].difference[la]);
            }
        }
        free(self->of[at].tally);
        free(self->of[at].difference);
        tally_free(self->of[at].work);
        free(self->of[at].work);
        tally_free(self->of[at].work_difference);
        free(self->of[at].work_difference);
        free(self->of[at].children_last);
        grid_free(&self->of[at].common);
        bill_free(&self->of[at].bill);
    }
    free(self->of);
    memset(self, 0, sizeof *self);
}

static pc_status init_case(batch *self, size_t at, const outcome_case *cases)
{
    batch_case *mine = &self->of[at];

    mine->of = &cases[at];
    mine->tally = pc_new_zero(self->n_la, sizeof *mine->tally);
    mine->children_last = pc_new_zero(self->replicates, sizeof *mine->children_last);
    mine->difference = at == 0 ? NULL : pc_new_zero(self->n_la, sizeof *mine->difference);
    if (mine->tally == NULL || mine->children_last == NULL || (at > 0 && mine->difference == NULL) ||
        grid_init_common(&mine->common, &cases[0].shape, &cases[at].shape) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    if (mine->of->work != NULL) {
        const workload_plan *work = mine->of->work;

        mine->work = pc_new_zero(1, sizeof *mine->work);
        if (mine->work == NULL ||
            tally_init_plain(mine->work, work->n_cell, work->n_money * (work->n_month + work->n_year),
                             self->replicates) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
        if (at > 0 && cases[0].work != NULL && workload_plans_match(cases[0].work, work)) {
            mine->work_difference = pc_new_zero(1, sizeof *mine->work_difference);
            if (mine->work_difference == NULL ||
                tally_init_plain(mine->work_difference, work->n_cell,
                                 work->n_money * (work->n_month + work->n_year), self->replicates) != PC_OK) {
                return PC_ERR_NO_MEMORY;
            }
        }
    }
    for (size_t la = 0; la < self->n_la; la++) {
        if (tally_init(&mine->tally[la], &cases[at].shape, self->replicates) != PC_OK ||
            (at > 0 && tally_init(&mine->difference[la], &mine->common, self->replicates) != PC_OK)) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

pc_status batch_init(batch *self, const outcome_case *cases, size_t n_case, size_t replicates)
{
    pc_status status = PC_OK;

    memset(self, 0, sizeof *self);
    self->n_case = n_case;
    self->n_la = cases[0].n_plan + (cases[0].n_plan > 1);
    self->replicates = replicates;
    self->of = pc_new_zero(n_case, sizeof *self->of);
    if (self->of == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < n_case && status == PC_OK; at++) {
        status = init_case(self, at, cases);
    }
    if (status != PC_OK) {
        batch_free(self);
    }
    return status;
}

pc_status batch_keep_bills(batch *self)
{
    pc_status status = PC_OK;

    for (size_t at = 0; at < self->n_case && status == PC_OK; at++) {
        if (self->of[at].of->prices != NULL) {
            status = bill_init(&self->of[at].bill, &self->of[at].of->shape);
        }
    }
    return status;
}

static void bench_free(bench *self)
{
    for (size_t at = 0; at < self->n_plan; at++) {
        if (self->workspace != NULL) {
            replicate_workspace_free(&self->workspace[at]);
        }
        if (self->money != NULL) {
            money_free(&self->money[at]);
        }
    }
    workload_free(&self->work);
    free(self->work_cell);
    free(self->work_less);
    free(self->workspace);
    free(self->money);
    bill_free(&self->bill);
    free(self->cell);
    free(self->common);
    free(self->reference);
}

static pc_status bench_init(bench *self, const batch_case *mine, size_t n_in_lot)
{
    const outcome_case *of = mine->of;
    size_t rows = of->n_plan + 1;

    memset(self, 0, sizeof *self);
    self->n_plan = of->n_plan;
    self->workspace = pc_new_zero(of->n_plan, sizeof *self->workspace);
    self->money = pc_new_zero(of->n_plan, sizeof *self->money);
    self->cell = pc_new_zero(n_in_lot * rows * of->shape.n_cell, sizeof *self->cell);
    self->common = pc_new_zero(n_in_lot * rows * mine->common.n_cell, sizeof *self->common);
    self->reference = pc_new_zero(n_in_lot * rows * mine->common.n_cell, sizeof *self->reference);
    if (self->workspace == NULL || self->money == NULL || self->cell == NULL || self->common == NULL ||
        self->reference == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < of->n_plan; at++) {
        if (replicate_workspace_init(&self->workspace[at], &of->plan[at]) != PC_OK ||
            (of->prices != NULL && money_init(&self->money[at], of->prices, &of->plan[at]) != PC_OK)) {
            return PC_ERR_NO_MEMORY;
        }
        if (mine->bill.days != NULL && ledger_keep_ages(&self->workspace[at].ledger) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
    }
    if (of->work != NULL) {
        self->work_cell = pc_new_zero(n_in_lot * of->work->n_cell, sizeof *self->work_cell);
        self->work_less = pc_new_zero(n_in_lot * of->work->n_cell, sizeof *self->work_less);
        if (self->work_cell == NULL || self->work_less == NULL ||
            workload_init(&self->work, of->work) != PC_OK) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return mine->bill.days == NULL ? PC_OK : bill_init(&self->bill, &of->shape);
}

static void add_cells(int64_t *sum, const int64_t *from, size_t n)
{
    for (size_t at = 0; at < n; at++) {
        sum[at] += from[at];
    }
}

/* Writes what the authority's ledger says, in one shape, into its row of `out` and adds it to the row of
 * sums. */
static void collect(const bench *by, const grid *shape, size_t plan, int64_t *out)
{
    int64_t *mine = out + plan * shape->n_cell;
    const money *costs = &by->money[plan];

    grid_fill(shape, &by->workspace[plan].ledger, costs->pence, mine);
    grid_fill_money(shape, &(grid_money){costs->pence, costs->real, costs->income, costs->row}, mine);
    add_cells(out + by->n_plan * shape->n_cell, mine, shape->n_cell);
}

/* One replicate of one scenario, the number `slot` of its lot. `first` is the first scenario's bench, NULL
 * for itself: its ledgers are still those of this replicate. */
static pc_status run_one(bench *self, const batch_case *mine, const bench *first, size_t replicate,
                         size_t slot)
{
    size_t rows = self->n_plan + 1;
    int64_t *cell = self->cell + slot * rows * mine->of->shape.n_cell;
    int64_t *common = self->common + slot * rows * mine->common.n_cell;
    int64_t *reference = self->reference + slot * rows * mine->common.n_cell;

    memset(cell + self->n_plan * mine->of->shape.n_cell, 0, mine->of->shape.n_cell * sizeof *cell);
    memset(common + self->n_plan * mine->common.n_cell, 0, mine->common.n_cell * sizeof *common);
    memset(reference + self->n_plan * mine->common.n_cell, 0, mine->common.n_cell * sizeof *reference);
    for (size_t at = 0; at < self->n_plan; at++) {
        pc_status status = replicate_run(&self->workspace[at], (uint32_t)replicate);

        if (status != PC_OK) {
            return status;
        }
        if (mine->of->prices != NULL) {
            money_draw(&self->money[at], (uint32_t)replicate);
            status = money_fill(&self->money[at], &self->workspace[at].ledger, self->workspace[at].log);
            if (status != PC_OK) {
                return status;
            }
        }
        if (self->bill.days != NULL) {
            bill_add(&self->bill, &mine->of->shape, &self->workspace[at].ledger, &self->money[at]);
        }
        collect(self, &mine->of->shape, at, cell);
        if (first != NULL) {
            collect(self, &mine->common, at, common);
            collect(first, &mine->common, at, reference);
        }
    }
    for (size_t at = 0; at < rows; at++) {
        grid_fill_ratios(&mine->of->shape, cell + at * mine->of->shape.n_cell);
    }
    for (size_t at = 0; first != NULL && at < rows * mine->common.n_cell; at++) {
        common[at] -= reference[at];
    }
    if (mine->of->work != NULL) {
        size_t n_cell = mine->of->work->n_cell;

        workload_run(&self->work, self->workspace, self->n_plan, (uint32_t)replicate);
        memcpy(self->work_cell + slot * n_cell, self->work.cell, n_cell * sizeof *self->work_cell);
        for (size_t at = 0; mine->work_difference != NULL && first != NULL && at < n_cell; at++) {
            self->work_less[slot * n_cell + at] = self->work.cell[at] - first->work.cell[at];
        }
    }
    return PC_OK;
}

static pc_status merge(batch *self, const bench *by, size_t at, size_t replicate, size_t slot)
{
    batch_case *mine = &self->of[at];
    const grid *shape = &mine->of->shape;
    size_t rows = by->n_plan + 1;
    const int64_t *cell = by->cell + slot * rows * shape->n_cell;
    const int64_t *common = by->common + slot * rows * mine->common.n_cell;
    pc_status status = PC_OK;

    for (size_t la = 0; la < self->n_la && status == PC_OK; la++) {
        status = tally_add(&mine->tally[la], replicate, cell + la * shape->n_cell);
        if (status == PC_OK && at > 0) {
            status = tally_add(&mine->difference[la], replicate, common + la * mine->common.n_cell);
        }
    }
    if (mine->work != NULL && status == PC_OK) {
        status = tally_add(mine->work, replicate, by->work_cell + slot * mine->work->n_cell);
    }
    if (mine->work_difference != NULL && status == PC_OK) {
        status =
            tally_add(mine->work_difference, replicate, by->work_less + slot * mine->work_difference->n_cell);
    }
    mine->children_last[replicate] =
        (double)cell[by->n_plan * shape->n_cell +
                     grid_monthly(shape, PC_MEASURE_CHILDREN, shape->n_category, shape->n_month - 1)];
    if (self->watch != NULL) {
        self->watch(self->context, at, replicate, cell + by->n_plan * shape->n_cell,
                    mine->work == NULL ? NULL : by->work_cell + slot * mine->work->n_cell);
    }
    return status;
}

static pc_status merge_all(batch *self, const bench *by, size_t first, size_t step, size_t n)
{
    pc_status status = PC_OK;

    for (size_t at = 0; at < n * self->n_case && status == PC_OK; at++) {
        status = merge(self, &by[at % self->n_case], at % self->n_case, first + at / self->n_case * step,
                       at / self->n_case);
    }
    return status;
}

/* Adds up the lot of n replicates first, first + step, ... of all scenarios. Batches that run side by side, a
 * thread each, need not wait for one another. */
static pc_status merge_lot(batch *self, const bench *by, size_t first, size_t step, size_t n)
{
    pc_status status = PC_OK;

    if (omp_get_num_threads() == 1) {
        return merge_all(self, by, first, step, n);
    }
#pragma omp critical(batch_merge)
    status = merge_all(self, by, first, step, n);
    return status;
}

/* Blocks hold the replicates that share a parameter draw, so that its tables are made once. */
static pc_status run_block(bench *by, batch *self, size_t block, size_t n_block)
{
    size_t first = block, slot = 0;
    pc_status status = PC_OK;

    for (size_t replicate = block; replicate < self->replicates && status == PC_OK; replicate += n_block) {
        for (size_t at = 0; at < self->n_case && status == PC_OK; at++) {
            status = run_one(&by[at], &self->of[at], at == 0 ? NULL : &by[0], self->first + replicate, slot);
        }
        if (++slot == MOST_IN_LOT && status == PC_OK) {
            status = merge_lot(self, by, first, n_block, slot);
            first = replicate + n_block;
            slot = 0;
        }
    }
    return status == PC_OK ? merge_lot(self, by, first, n_block, slot) : status;
}

static void note_thread(batch *self, const bench *by)
{
    for (size_t at = 0; at < self->n_case; at++) {
        if (by[at].bill.days != NULL) {
            bill_merge(&self->of[at].bill, &by[at].bill);
        }
        for (size_t plan = 0; by[at].workspace != NULL && plan < by[at].n_plan; plan++) {
            self->clipped |= by[at].workspace[plan].clipped;
        }
        self->work_clipped |= by[at].work.funnel.clipped;
    }
}

pc_status batch_run(batch *self, const pc_run_options *options)
{
    size_t n_block = self->replicates < LAYERS_N_PARAMETERS ? self->replicates : LAYERS_N_PARAMETERS;
    size_t n_in_block = (self->replicates + n_block - 1) / n_block, done = 0;
    size_t n_in_lot = n_in_block < MOST_IN_LOT ? n_in_block : MOST_IN_LOT;
    int threads = options->threads > 0 ? options->threads : omp_get_max_threads();
    pc_status status = PC_OK;

    threads = (size_t)threads > n_block ? (int)n_block : threads;
#pragma omp parallel num_threads(threads)
    {
        bench *scratch = pc_new_zero(self->n_case, sizeof *scratch);
        pc_status mine = scratch == NULL ? PC_ERR_NO_MEMORY : PC_OK, shared;

        for (size_t at = 0; at < self->n_case && mine == PC_OK; at++) {
            mine = bench_init(&scratch[at], &self->of[at], n_in_lot);
        }
#pragma omp for schedule(dynamic, 1)
        for (size_t block = 0; block < n_block; block++) {
#pragma omp atomic read
            shared = status;
            if (mine == PC_OK && shared == PC_OK) {
                mine = options->stop != NULL && *options->stop != 0
                           ? PC_ERR_INTERRUPTED
                           : run_block(scratch, self, block, n_block);
            }
            if (mine != PC_OK) {
#pragma omp atomic write
                status = mine;
            }
            if (options->progress != NULL) {
#pragma omp critical(batch_progress)
                options->progress(options->context, (double)++done / (double)n_block);
            }
        }
        if (scratch != NULL) {
#pragma omp critical(batch_merge)
            note_thread(self, scratch);
            for (size_t at = 0; at < self->n_case; at++) {
                bench_free(&scratch[at]);
            }
        }
        free(scratch);
    }
    return status;
}
