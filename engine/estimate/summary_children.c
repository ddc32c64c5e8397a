/* summary_children.c - a child for each in the stock: whole numbers by margin, ages and durations of a steady
 * state. Nothing is drawn: the same tables give the same children. */
#include "estimate/summary_fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "estimate/ipf.h"

#define DAYS_PER_MONTH (PC_DAYS_PER_YEAR / 12)
/* Fractions of the golden ratio and of its square: evenly spread whatever the number of children. */
#define GOLDEN 0.6180339887498949
#define SILVER 0.4142135623730950

/* Sets a table's row and column sums to whole numbers, keeping it near, then rounds it. */
static pc_status round_to(double *value, size_t n_row, size_t n_column, const long *row_sum,
                          const long *column_sum, long *out)
{
    size_t n_cell = n_row * n_column, n = 0;
    ipf_margin *margin = pc_new_zero(n_row + n_column, sizeof *margin);
    unsigned char *in = pc_new_zero((n_row + n_column) * n_cell, 1);
    pc_status status = margin == NULL || in == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t i = 0; status == PC_OK && i < n_row + n_column; i++) {
        unsigned char *of = in + n * n_cell;

        margin[n++] = (ipf_margin){of, (double)(i < n_row ? row_sum[i] : column_sum[i - n_row])};
        for (size_t c = 0; c < n_cell; c++) {
            bool inside = i < n_row ? c / n_column == i : c % n_column == i - n_row;

            of[c] = inside;
        }
    }
    for (size_t c = 0; c < n_cell; c++) {
        value[c] += 1e-9; /* where whole numbers leave no other way, a child in a cell that should be empty */
    }
    if (status == PC_OK &&
        (ipf_fit(value, n_cell, margin, n) >= 0 || !ipf_round_table(value, n_row, n_column, out, &status))) {
        status = status == PC_OK ? PC_ERR_INTERNAL : status;
    }
    free(margin);
    free(in);
    return status;
}

static void sum_stock(const summary_work *self, double *by_category_age, double *by_age_stream)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t c = 0; c < self->codes->n_category; c++) {
            for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
                double n = 0;

                for (size_t p = 0; p < PC_SUMMARY_N_PROVIDER; p++) {
                    n += self->stock[joint_stock_cell(stream, c, age, p)];
                }
                by_category_age[c * PC_N_AGE_BAND + age] += n;
                by_age_stream[(c * PC_N_AGE_BAND + age) * PC_N_STREAM + stream] += n;
            }
        }
    }
}

/* Children by category, age band and stream: categories, ages and streams are whole first, then their
 * crosses. */
static pc_status whole_children(const summary_work *self, long *out)
{
    double two[PC_MAX_CATEGORY * PC_N_AGE_BAND] = {0},
                                 three[PC_MAX_CATEGORY * PC_N_AGE_BAND * PC_N_STREAM] = {0};
    double category[PC_MAX_CATEGORY] = {0}, age[PC_N_AGE_BAND] = {0}, stream[PC_N_STREAM] = {0};
    long n_category[PC_MAX_CATEGORY], n_age[PC_N_AGE_BAND], n_stream[PC_N_STREAM];
    long n_two[PC_MAX_CATEGORY * PC_N_AGE_BAND];
    size_t n = self->codes->n_category;
    pc_status status;

    sum_stock(self, two, three);
    for (size_t i = 0; i < n * PC_N_AGE_BAND; i++) {
        category[i / PC_N_AGE_BAND] += two[i];
        age[i % PC_N_AGE_BAND] += two[i];
        for (size_t s = 0; s < PC_N_STREAM; s++) {
            stream[s] += three[i * PC_N_STREAM + s];
        }
    }
    ipf_round(age, PC_N_AGE_BAND, n_age);
    ipf_round(stream, PC_N_STREAM, n_stream);
    ipf_round(category, n, n_category);
    status = round_to(two, n, PC_N_AGE_BAND, n_category, n_age, n_two);
    return status == PC_OK ? round_to(three, n * PC_N_AGE_BAND, PC_N_STREAM, n_two, n_stream, out) : status;
}

static double fraction(double x)
{
    return x - floor(x);
}

/* Child `i` of `n` in a stream and age band. */
static pc_child make_child(const summary_work *self, size_t stream, size_t age, size_t category, long i,
                           long n)
{
    const stationary *steady = &self->steady[stream];
    const pc_rates *rates = &self->priors->rates;
    double months = stationary_age(steady, age, ((double)i + 0.5) / (double)n);
    double stay = stationary_stay(steady, months, fraction(0.5 + GOLDEN * (double)(i + 1)));
    double moves = 0, placed;
    pc_day latest = self->extract, adult, first;
    pc_child child = {.stream = (uint8_t)stream, .category = (uint8_t)category, .placement_number = 1};

    for (size_t to = 0; to < rates->n_category; to++) {
        moves += rates->move[pc_rates_cell(rates, stream, age, 0, 0) * rates->n_category + to];
    }
    /* Since the last move, or since care began when there was none. */
    placed = moves > 0 ? -log1p(-fraction(0.5 + SILVER * (double)(i + 1))) / moves * 12 : stay;
    placed = placed < stay ? placed : stay;
    child.birth = latest - (pc_day)(months * DAYS_PER_MONTH);
    adult = pc_birthday(child.birth, PC_N_AGE_YEAR);
    child.birth +=
        adult <= latest ? latest + 1 - adult : 0; /* rounding at the last day before the birthday */
    child.care_start = latest - (pc_day)(stay * DAYS_PER_MONTH);
    child.care_start = child.care_start < child.birth ? child.birth : child.care_start;
    child.placement_start = latest - (pc_day)(placed * DAYS_PER_MONTH);
    for (int band = (int)age; band > 0 && estimate_destination_possible(self->codes, category, band);
         band--) {
        first = pc_birthday(child.birth, pc_age_band_first_year[band]);
        if (!estimate_destination_possible(self->codes, category, band - 1) &&
            child.placement_start < first) {
            child.placement_start = first <= latest ? first : latest;
        }
    }
    child.placement_start =
        child.placement_start < child.care_start ? child.care_start : child.placement_start;
    child.placement_number = child.placement_start > child.care_start ? 2 : 1;
    return child;
}

/* The categories of a stream and age band, each spread evenly over the ages: the one that is furthest behind
 * its share comes next. */
static pc_status add_children(const summary_work *self, size_t stream, size_t age, const long *whole,
                              pc_authority_model *out)
{
    long n = 0, done[PC_MAX_CATEGORY] = {0};

    for (size_t c = 0; c < self->codes->n_category; c++) {
        n += whole[(c * PC_N_AGE_BAND + age) * PC_N_STREAM + stream];
    }
    for (long i = 0; i < n; i++) {
        size_t next = 0;
        double most = -HUGE_VAL;

        for (size_t c = 0; c < self->codes->n_category; c++) {
            long of = whole[(c * PC_N_AGE_BAND + age) * PC_N_STREAM + stream];
            double behind = ((double)i + 1) * (double)of / (double)n - (double)done[c];

            if (done[c] < of && behind > most + 1e-12) {
                most = behind;
                next = c;
            }
        }
        done[next]++;
        out->child[out->n_child] = make_child(self, stream, age, next, i, n);
        out->child[out->n_child].record = (uint32_t)out->n_child;
        out->n_child++;
    }
    return PC_OK;
}

pc_status summary_make_children(const summary_work *self, pc_authority_model *out)
{
    long whole[PC_MAX_CATEGORY * PC_N_AGE_BAND * PC_N_STREAM] = {0}, total = 0;
    pc_status status = whole_children(self, whole);

    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        total += whole[i];
    }
    if (status == PC_OK) {
        out->child = pc_new_zero((size_t)total, sizeof *out->child);
        status = out->child == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        for (size_t age = 0; age < PC_N_AGE_BAND && status == PC_OK; age++) {
            status = add_children(self, stream, age, whole, out);
        }
    }
    return status;
}
