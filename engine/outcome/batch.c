#include "outcome/batch.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "simulate/replicate.h"

/* Scratch of one thread. */
typedef struct worker {
    replicate_workspace *workspace; /* [n_plan] */
    money *money;                   /* [n_plan] */
    int64_t *cell;                  /* [n_in_block][n_plan + 1][n_cell]; the last is the sum */
} worker;

static void worker_free(worker *self, size_t n_plan)
{
    for (size_t at = 0; at < n_plan; at++) {
        if (self->workspace != NULL) {
            replicate_workspace_free(&self->workspace[at]);
        }
        if (self->money != NULL) {
            money_free(&self->money[at]);
        }
    }
    free(self->workspace);
    free(self->money);
    free(self->cell);
}

static pc_status worker_init(worker *self, const batch *of, size_t n_in_block)
{
    memset(self, 0, sizeof *self);
    self->workspace = pc_new_zero(of->n_plan, sizeof *self->workspace);
    self->money = pc_new_zero(of->n_plan, sizeof *self->money);
    self->cell = pc_new_zero(n_in_block * (of->n_plan + 1) * of->shape->n_cell, sizeof *self->cell);
    if (self->workspace == NULL || self->money == NULL || self->cell == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < of->n_plan; at++) {
        if (replicate_workspace_init(&self->workspace[at], &of->plan[at]) != PC_OK ||
            (of->prices != NULL && money_init(&self->money[at], of->prices, &of->plan[at]) != PC_OK)) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

/* One replicate of all authorities into `cell` [n_plan + 1][n_cell]. */
static pc_status run_one(worker *self, const batch *of, size_t replicate, int64_t *cell)
{
    size_t n_cell = of->shape->n_cell;
    int64_t *sum = cell + of->n_plan * n_cell;

    memset(sum, 0, n_cell * sizeof *sum);
    for (size_t at = 0; at < of->n_plan; at++) {
        replicate_workspace *workspace = &self->workspace[at];
        int64_t *mine = cell + at * n_cell;
        pc_status status = replicate_run(workspace, (uint32_t)replicate);

        if (status != PC_OK) {
            return status;
        }
        if (of->prices != NULL) {
            money_draw(&self->money[at], (uint32_t)replicate);
            money_fill(&self->money[at], &workspace->ledger);
        }
        grid_fill(of->shape, &workspace->ledger, self->money[at].pence, mine);
        for (size_t index = 0; index < n_cell; index++) {
            sum[index] += mine[index];
        }
    }
    return PC_OK;
}

static pc_status merge(batch *self, size_t replicate, const int64_t *cell)
{
    const grid *shape = self->shape;
    size_t n_tally = self->n_plan + (self->n_plan > 1);
    pc_status status = PC_OK;

    for (size_t at = 0; at < n_tally && status == PC_OK; at++) {
        status = tally_add(&self->tally[at], replicate, cell + at * shape->n_cell);
    }
    self->children_last[replicate] =
        (double)cell[self->n_plan * shape->n_cell +
                     grid_monthly(shape, PC_MEASURE_CHILDREN, shape->n_category, shape->n_month - 1)];
    return status;
}

/* Blocks hold the replicates that share a parameter draw, so that its tables are made once. */
static pc_status run_block(worker *by, batch *self, size_t block, size_t n_block)
{
    size_t n_in_block = 0, width = (self->n_plan + 1) * self->shape->n_cell;
    pc_status status = PC_OK;

    for (size_t replicate = block; replicate < self->replicates && status == PC_OK; replicate += n_block) {
        status = run_one(by, self, replicate, by->cell + n_in_block++ * width);
    }
#pragma omp critical(batch_merge)
    for (size_t at = 0; at < n_in_block && status == PC_OK; at++) {
        status = merge(self, block + at * n_block, by->cell + at * width);
    }
    return status;
}

static void note_clipped(batch *self, const worker *by)
{
    for (size_t at = 0; by->workspace != NULL && at < self->n_plan; at++) {
        self->clipped |= by->workspace[at].clipped;
    }
}

pc_status batch_run(batch *self, const pc_run_options *options)
{
    size_t n_block = self->replicates < LAYERS_N_PARAMETERS ? self->replicates : LAYERS_N_PARAMETERS;
    size_t n_in_block = (self->replicates + n_block - 1) / n_block, done = 0;
    int threads = options->threads > 0 ? options->threads : omp_get_max_threads();
    pc_status status = PC_OK;

    threads = (size_t)threads > n_block ? (int)n_block : threads;
#pragma omp parallel num_threads(threads)
    {
        worker scratch;
        pc_status mine = worker_init(&scratch, self, n_in_block), shared;

#pragma omp for schedule(dynamic, 1)
        for (size_t block = 0; block < n_block; block++) {
#pragma omp atomic read
            shared = status;
            if (mine == PC_OK && shared == PC_OK) {
                mine = options->stop != NULL && *options->stop != 0
                           ? PC_ERR_INTERRUPTED
                           : run_block(&scratch, self, block, n_block);
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
#pragma omp critical(batch_merge)
        note_clipped(self, &scratch);
        worker_free(&scratch, self->n_plan);
    }
    return status;
}
