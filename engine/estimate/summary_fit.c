/* summary_fit.c - from published margins to the model of an authority. Method: docs/summary.md. */
#include "estimate/summary_fit.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The last stock on or before `extract`; PC_DAY_NONE: the last. */
static pc_day last_stock(const pc_summary *summary, pc_day extract)
{
    pc_day last = PC_DAY_NONE;

    for (size_t r = 0; r < summary->n; r++) {
        const pc_summary_row *row = &summary->row[r];

        if (row->kind == PC_SUMMARY_STOCK && row->date > last &&
            (extract == PC_DAY_NONE || row->date <= extract)) {
            last = row->date;
        }
    }
    return last;
}

static void say(const summary_work *self, size_t n_child)
{
    char day[PC_DAY_TEXT_SIZE];

    pc_diagnostics_add(
        self->diagnostics, PC_ASSUMPTION, (pc_place){.file = self->summary->folder},
        "published tables, no child-level records: %zu children on %s; ages, categories, providers "
        "and streams joined on a national table; time in care that of a steady state; moves at the "
        "national rate; %.0f years of starts, %.0f of ceases",
        n_child, pc_day_format(self->extract, day), self->n_start_year, self->n_cease_year);
    if (self->summary->n_missing > 0) {
        pc_diagnostics_add(
            self->diagnostics, PC_ASSUMPTION, (pc_place){.file = self->summary->folder},
            "%zu of %zu cells are kept back or missing: what is left of the totals is spread over them "
            "by the national table",
            self->summary->n_missing, self->summary->n);
    }
    if (!(self->n_cease_year > 0)) {
        pc_diagnostics_add(self->diagnostics, PC_WARNING, (pc_place){.file = self->summary->folder},
                           "no year of ceases ends on %s: the national rates of leaving stand in", day);
    }
}

static pc_status fit(summary_work *self, pc_model *out)
{
    pc_authority_model *authority = &out->authority[0];
    pc_status status = summary_take_years(self);

    if (status == PC_OK && !(self->n_start_year > 0)) {
        char day[PC_DAY_TEXT_SIZE];

        pc_diagnostics_add(
            self->diagnostics, PC_ERROR, (pc_place){.file = self->summary->folder},
            "starts.csv: no year of the three to %s, expected the total of one or more: without "
            "any nobody would come into care",
            pc_day_format(self->extract, day));
        status = PC_ERR_NO_DATA;
    }
    if (status == PC_OK) {
        status = pc_rates_init(&authority->mean, self->codes->n_category);
    }
    if (status == PC_OK) {
        status = estimate_posterior_new(self->codes->n_category, &authority->posterior);
    }
    if (status == PC_OK) {
        status = summary_make_rates(self, authority);
    }
    if (status == PC_OK) {
        status = summary_make_children(self, authority);
    }
    if (status == PC_OK) {
        say(self, authority->n_child);
    }
    return status;
}

pc_status pc_fit_summary(const pc_summary *summary, const pc_codes *codes, const pc_priors *priors,
                         pc_day extract, pc_model *out, pc_diagnostics *diagnostics)
{
    summary_work *self = pc_new_zero(1, sizeof *self);
    pc_status status;

    memset(out, 0, sizeof *out);
    if (self == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    *self = (summary_work){.summary = summary, .codes = codes, .priors = priors, .diagnostics = diagnostics};
    self->extract = last_stock(summary, extract);
    if (self->extract == PC_DAY_NONE) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = summary->folder},
                           "stock.csv has no date on or before the extract");
        free(self);
        return PC_ERR_NO_DATA;
    }
    self->stock = pc_new_zero(JOINT_STOCK_CELLS, sizeof *self->stock);
    out->authority = pc_new_zero(1, sizeof *out->authority);
    status = self->stock == NULL || out->authority == NULL
                 ? PC_ERR_NO_MEMORY
                 : summary_seed_load(codes, &self->seed, diagnostics);
    status = status == PC_OK ? pc_codes_copy(codes, &out->codes) : status;
    if (status == PC_OK) {
        out->n_authority = 1;
        out->authority[0].la = pc_copy_text("");
        memcpy(out->care_edge, estimate_edges, sizeof out->care_edge);
        memcpy(out->placement_edge, estimate_edges, sizeof out->placement_edge);
        status = out->authority[0].la == NULL ? PC_ERR_NO_MEMORY : fit(self, out);
    }
    if (status == PC_OK) {
        out->extract = out->window_to = self->extract;
        out->window_from = pc_birthday(self->extract + 1, -(int)(self->n_year > 0 ? self->n_year : 1));
    } else {
        pc_model_free(out);
    }
    free(self->stock);
    free(self);
    return status;
}
