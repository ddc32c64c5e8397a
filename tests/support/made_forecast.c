#include "made_forecast.h"

#include "pc_test.h"

static pc_statistics statistics(size_t la, size_t measure, size_t category, size_t when)
{
    pc_statistics value = {.mean = (double)(1000 * la + 100 * measure + 10 * category + when) + 0.25,
                           .sd = 1.5};

    for (size_t q = 0; q < PC_N_QUANTILE; q++) {
        value.quantile[q] = value.mean - 0.25 + (double)q - 4;
    }
    return value;
}

static void *room(size_t n, size_t size)
{
    void *memory = calloc(n, size);

    assert_non_null(memory);
    return memory;
}

static char *named(const char *before, size_t number)
{
    char *text = room(40, 1);

    snprintf(text, 40, "%s%zu", before, number);
    return text;
}

static void calendar(pc_forecast *self, int first)
{
    for (size_t m = 0; m < self->n_month; m++) {
        int year = pc_financial_year(pc_month_first_day(first + (int)m));

        self->month_end[m] = pc_month_first_day(first + (int)m + 1) - 1;
        if (self->n_year == 0 || self->year[self->n_year - 1].year != year) {
            self->year[self->n_year++] = (pc_forecast_year){year, 0};
        }
        self->year[self->n_year - 1].months++;
    }
}

static void fill(pc_forecast *self, size_t la, size_t category)
{
    for (size_t measure = 0; measure < PC_N_MEASURE; measure++) {
        for (size_t m = 0; m < self->n_month; m++) {
            *pc_forecast_monthly(self, la, (pc_measure)measure, category, m) =
                statistics(la, measure, category, m);
        }
        for (size_t y = 0; y < self->n_year; y++) {
            *pc_forecast_annual(self, la, (pc_measure)measure, category, y) =
                statistics(la, measure, category, y);
        }
    }
    for (size_t y = 0; y < self->n_year; y++) {
        pc_statistics *average =
            &self->children_average[(la * (self->n_category + 1) + category) * self->n_year + y];

        *average = statistics(la, 0, category, y);
        average->mean += 0.5;
    }
    self->children_now[la * (self->n_category + 1) + category] = (long)(10 * la + category);
}

void made_forecast(pc_forecast *out, size_t n_la, size_t n_category, int first, size_t n_month)
{
    size_t cells;

    memset(out, 0, sizeof *out);
    out->several = n_la > 1;
    out->n_la = n_la + (n_la > 1);
    out->n_category = n_category;
    out->n_month = n_month;
    out->replicates = 1000;
    out->scenario = named("Made ", 1);
    out->la = room(out->n_la, sizeof *out->la);
    out->category = room(n_category, sizeof *out->category);
    out->category_label = room(n_category, sizeof *out->category_label);
    out->month_end = room(n_month, sizeof *out->month_end);
    out->year = room(n_month, sizeof *out->year);
    calendar(out, first);
    cells = out->n_la * (n_category + 1);
    out->monthly = room(cells * PC_N_MEASURE * n_month, sizeof *out->monthly);
    out->annual = room(cells * PC_N_MEASURE * out->n_year, sizeof *out->annual);
    out->children_average = room(cells * out->n_year, sizeof *out->children_average);
    out->exits = room(out->n_la * PC_N_EXIT_CAUSE * n_month, sizeof *out->exits);
    out->children_now = room(cells, sizeof *out->children_now);
    for (size_t category = 0; category < n_category; category++) {
        out->category[category] = named("c", category);
        out->category_label[category] = named("Category ", category);
    }
    for (int measure = 0; measure < PC_N_MEASURE; measure++) {
        out->has[measure] = true;
    }
    for (size_t la = 0; la < out->n_la; la++) {
        out->la[la] = room(4, 1);
        snprintf(out->la[la], 4, "%s", la < n_la ? (const char[]){(char)('A' + la), '\0'} : "all");
        for (size_t category = 0; category <= n_category; category++) {
            fill(out, la, category);
        }
        for (size_t cause = 0; cause < PC_N_EXIT_CAUSE; cause++) {
            for (size_t m = 0; m < n_month; m++) {
                out->exits[(la * PC_N_EXIT_CAUSE + cause) * n_month + m] = statistics(la, 0, cause, m);
            }
        }
    }
}

void made_forecast_free(pc_forecast *self)
{
    for (size_t la = 0; la < self->n_la; la++) {
        free(self->la[la]);
    }
    for (size_t category = 0; category < self->n_category; category++) {
        free(self->category[category]);
        free(self->category_label[category]);
    }
    free(self->scenario);
    free(self->la);
    free(self->category);
    free(self->category_label);
    free(self->month_end);
    free(self->year);
    free(self->monthly);
    free(self->annual);
    free(self->children_average);
    free(self->exits);
    free(self->children_now);
    memset(self, 0, sizeof *self);
}
