/* Forecasts from days past, with what was known then.
 *
 * First every origin's returns are cleaned again as they stood and its model is fitted, an origin a thread;
 * then the origins are simulated one after the other, each on all threads. */
#include "placecast/backtest.h"

#include <omp.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "outcome/backtest.h"
#include "outcome/backtest_origin.h"

const int pc_backtest_horizon[PC_N_HORIZON] = {3, 6, 12, 24, 36};

enum { MOST_HORIZON = 600, MOST_REPLICATES = 1000000, YEARS_BEFORE = 2 };

pc_backtest_options pc_backtest_options_default(void)
{
    return (pc_backtest_options){
        .n_horizon = PC_N_HORIZON, .horizon = pc_backtest_horizon, .replicates = 200};
}

static pc_status check_options(const pc_backtest_options *options, pc_diagnostics *diagnostics)
{
    bool ok = options->replicates >= 1 && options->replicates <= MOST_REPLICATES;
    int before = 0;

    if (!ok) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "%d replicates, expected 1 to %d",
                           options->replicates, MOST_REPLICATES);
    }
    for (size_t h = 0; h < options->n_horizon; h++) {
        if (!(options->horizon[h] > before && options->horizon[h] <= MOST_HORIZON)) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                               "horizon of %d months, expected ascending numbers from 1 to %d",
                               options->horizon[h], MOST_HORIZON);
            ok = false;
        }
        before = options->horizon[h];
    }
    return ok ? PC_OK : PC_ERR_RANGE;
}

static void origins_free(backtest_origin *origin, size_t n)
{
    for (size_t at = 0; origin != NULL && at < n; at++) {
        backtest_origin_free(&origin[at]);
    }
    free(origin);
}

/* ---- which origins ---- */

/* The last day that the returns of an authority tell of. */
static pc_day known_to(const pc_episodes *episodes, size_t la)
{
    pc_day to = episodes->la_to == NULL ? PC_DAY_NONE : episodes->la_to[la];

    return to < episodes->extract ? to : episodes->extract; /* PC_DAY_NONE is before every day */
}

static bool wanted(const pc_scenario *scenario, const char *la)
{
    for (size_t a = 0; a < scenario->n_authority; a++) {
        if (strcmp(scenario->authority[a], la) == 0) {
            return true;
        }
    }
    return scenario->n_authority == 0;
}

/* Two years of its returns before, and the months to the nearest horizon after. */
static bool fits(const pc_episodes *episodes, const pc_scenario *scenario, size_t la, pc_day origin,
                 int nearest)
{
    pc_day from = episodes->la_from == NULL ? PC_DAY_NONE : episodes->la_from[la];
    pc_day end = pc_month_first_day(pc_month_of_day(origin + 1) + nearest) - 1;

    return from != PC_DAY_NONE && wanted(scenario, pc_names_text(&episodes->la, (uint32_t)la)) &&
           from <= pc_financial_year_first_day(pc_financial_year(origin + 1) - YEARS_BEFORE) &&
           end <= known_to(episodes, la);
}

static pc_status take_authority(backtest_origin *origin, const backtest_case *of, size_t la)
{
    const char *name = pc_names_text(&of->episodes->la, (uint32_t)la);
    pc_day first = of->episodes->la_from[la];
    pc_status status = pc_grow(&origin->la, &origin->la_capacity, origin->n_la + 1, sizeof *origin->la);

    if (status != PC_OK) {
        return status;
    }
    origin->la[origin->n_la] = (backtest_la){.number = la, .known_to = known_to(of->episodes, la)};
    origin->la[origin->n_la].name = pc_copy_text(name);
    if (origin->la[origin->n_la].name == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    origin->n_la++;
    return backtest_series_take(&origin->la[origin->n_la - 1].happened, of->episodes, (uint32_t)la,
                                of->prices, first, origin->la[origin->n_la - 1].known_to);
}

/* The origins for which some authority has the returns, the latest of them first to be kept. */
static pc_status find_origins(const backtest_case *of, int most, backtest_origin **out, size_t *n)
{
    const pc_episodes *episodes = of->episodes;
    int last = pc_financial_year(episodes->extract);
    int first = episodes->covered_from == PC_DAY_NONE ? last + 1 : pc_financial_year(episodes->covered_from);
    size_t capacity = 0;
    pc_status status = PC_OK;

    for (int year = last; year > first && (most <= 0 || *n < (size_t)most) && status == PC_OK; year--) {
        backtest_origin origin = {.day = pc_financial_year_first_day(year) - 1};

        for (size_t la = 0; la < episodes->la.n && status == PC_OK; la++) {
            if (fits(episodes, of->scenario, la, origin.day, of->horizon[0])) {
                status = take_authority(&origin, of, la);
            }
        }
        status = status == PC_OK && origin.n_la > 0 ? pc_grow(out, &capacity, *n + 1, sizeof **out) : status;
        if (status == PC_OK && origin.n_la > 0) {
            (*out)[(*n)++] = origin;
        } else {
            backtest_origin_free(&origin);
        }
    }
    for (size_t at = 0; at < *n / 2; at++) { /* ascending */
        backtest_origin swap = (*out)[at];

        (*out)[at] = (*out)[*n - 1 - at];
        (*out)[*n - 1 - at] = swap;
    }
    return status;
}

/* ---- the work ---- */

/* Half of the bar for cleaning and fitting, half for the simulations. */
typedef struct progress {
    const pc_run_options *to;
    size_t n, done;
} progress;

static void on_progress(void *context, double done)
{
    const progress *self = context;

    if (self->to->progress != NULL) {
        self->to->progress(self->to->context, ((double)self->done + done) / (2.0 * (double)self->n));
    }
}

static pc_status prepare_all(const backtest_case *of, backtest_origin *origin, progress *bar,
                             pc_diagnostics *diagnostics)
{
    int threads = bar->to->threads > 0 ? bar->to->threads : omp_get_max_threads();
    pc_status status = PC_OK;

    threads = (size_t)threads > bar->n ? (int)bar->n : threads;
#pragma omp parallel for num_threads(threads) schedule(dynamic, 1)
    for (size_t at = 0; at < bar->n; at++) {
        pc_diagnostics own;
        pc_status mine;

        pc_diagnostics_init(&own);
        mine = bar->to->stop != NULL && *bar->to->stop != 0 ? PC_ERR_INTERRUPTED
                                                            : backtest_origin_prepare(&origin[at], of, &own);
#pragma omp critical(backtest_prepare)
        {
            for (size_t m = 0; mine != PC_OK && m < own.n; m++) {
                if (own.message[m].severity == PC_ERROR) {
                    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = own.message[m].file}, "%s",
                                       own.message[m].text);
                }
            }
            status = status == PC_OK ? mine : status;
            bar->done++;
            on_progress(bar, 0);
        }
        pc_diagnostics_free(&own);
    }
    return status;
}

static pc_status simulate_all(const backtest_case *of, backtest_origin *origin, progress *bar, pc_skill *out,
                              pc_diagnostics *diagnostics)
{
    pc_run_options run = *bar->to;
    size_t capacity = 0;
    pc_status status = PC_OK;

    run.progress = on_progress;
    run.context = bar;
    out->origin = pc_new(bar->n, sizeof *out->origin);
    if (out->origin == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t at = 0; at < bar->n && status == PC_OK; at++, bar->done++) {
        size_t before = out->n;

        if (origin[at].n_la == 0) {
            char day[PC_DAY_TEXT_SIZE];

            pc_diagnostics_add(
                diagnostics, PC_WARNING, (pc_place){0},
                "no forecast from %s: the returns known then were not up to date, or hold too little",
                pc_day_format(origin[at].day, day));
        } else {
            status = backtest_origin_score(&origin[at], of, &run, out, &capacity, diagnostics);
        }
        if (out->n > before) {
            out->origin[out->n_origin++] = origin[at].day;
        }
        backtest_origin_free(&origin[at]);
    }
    return status;
}

static pc_status name_all(const pc_episodes *episodes, pc_skill *out)
{
    size_t named = 0;

    /* Number 0 is the blank name: the only one, or that of rows without LA. */
    for (size_t la = 0; la < episodes->la.n; la++) {
        named += episodes->la_from != NULL && episodes->la_from[la] != PC_DAY_NONE;
    }
    out->n_la = episodes->la.n;
    out->la = pc_new_zero(out->n_la + 1, sizeof *out->la);
    out->n_category = episodes->codes.n_category;
    out->category = pc_new_zero(out->n_category, sizeof *out->category);
    if (out->la == NULL || out->category == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t la = 0; la < out->n_la; la++) {
        out->la[la] = pc_copy_text(pc_names_text(&episodes->la, (uint32_t)la));
        if (out->la[la] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    for (size_t category = 0; category < out->n_category; category++) {
        out->category[category] = pc_copy_text(episodes->codes.category[category].name);
        if (out->category[category] == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    if (named > 1) {
        out->la[out->n_la] = pc_copy_text("all");
        return out->la[out->n_la++] == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    return PC_OK;
}

pc_status pc_backtest(const pc_episodes *episodes, const pc_scenario *scenario, const pc_prices *prices,
                      const pc_backtest_options *options, pc_skill *out, pc_diagnostics *diagnostics)
{
    pc_backtest_options with = *options;
    backtest_case of = {.episodes = episodes, .scenario = scenario, .replicates = options->replicates};
    backtest_origin *origin = NULL;
    progress bar = {.to = &with.run};
    pc_status status;

    memset(out, 0, sizeof *out);
    if (with.n_horizon == 0) {
        with.n_horizon = PC_N_HORIZON;
        with.horizon = pc_backtest_horizon;
    }
    status = check_options(&with, diagnostics);
    if (status != PC_OK) {
        return status;
    }
    if (prices != NULL) {
        of.flat = pc_prices_flat(prices); /* the price of a day does not depend on the day or child */
        of.prices = &of.flat;
    }
    of.n_horizon = with.n_horizon;
    of.horizon = with.horizon;
    out->replicates = with.replicates;
    status = name_all(episodes, out);
    status = status == PC_OK ? find_origins(&of, with.most_origins, &origin, &bar.n) : status;
    status = status == PC_OK && bar.n > 0 ? prepare_all(&of, origin, &bar, diagnostics) : status;
    status = status == PC_OK && bar.n > 0 ? simulate_all(&of, origin, &bar, out, diagnostics) : status;
    origins_free(origin, bar.n);
    if (status != PC_OK) {
        pc_skill_free(out);
    }
    return status;
}

void pc_skill_free(pc_skill *self)
{
    if (self == NULL) {
        return;
    }
    for (size_t la = 0; self->la != NULL && la < self->n_la; la++) {
        free(self->la[la]);
    }
    for (size_t category = 0; self->category != NULL && category < self->n_category; category++) {
        free(self->category[category]);
    }
    free(self->la);
    free(self->category);
    free(self->row);
    free(self->origin);
    memset(self, 0, sizeof *self);
}
