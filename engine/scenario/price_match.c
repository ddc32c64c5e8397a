/* Who has which price now: children in care, their actual prices, providers and needs, and how needs and
 * providers are spread among those who start. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/price_rows.h"

/* What was found, to be said. */
typedef struct match_count {
    size_t n_child, n_priced, n_used;
    size_t n_need_known; /* children in care whose need is known */
    size_t n_start;      /* starts in the window whose need is known */
} match_count;

static pc_status people_init(pc_price_people *self, size_t n_child, size_t n_category)
{
    self->n_child = n_child;
    self->weekly_gbp = pc_new(n_child, sizeof *self->weekly_gbp);
    self->price_year = pc_new_zero(n_child, sizeof *self->price_year);
    self->provider = pc_new(n_child, sizeof *self->provider);
    self->need = pc_new_zero(n_child, sizeof *self->need);
    self->provider_share = pc_new_zero(n_category * PC_N_PROVIDER, sizeof *self->provider_share);
    if (self->weekly_gbp == NULL || self->price_year == NULL || self->provider == NULL ||
        self->need == NULL || self->provider_share == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (size_t child = 0; child < n_child; child++) {
        self->weekly_gbp[child] = (double)NAN;
        self->provider[child] = -1;
    }
    return PC_OK;
}

static const char *code_text(const pc_episodes *episodes, uint16_t code)
{
    return pc_names_text(&episodes->code, code);
}

static uint8_t need_number(const char *code)
{
    return (uint8_t)((code[0] == 'N' || code[0] == 'n') && code[1] >= '1' && code[1] < '0' + PC_N_NEED &&
                             code[2] == '\0'
                         ? code[1] - '0'
                         : 0);
}

typedef struct child_key {
    const char *la, *child;
} child_key;

static int by_key(const void *key, const void *element)
{
    const child_key *a = key;
    const pc_current_price *b = element;
    int order = strcmp(a->la, b->la);

    return order != 0 ? order : strcmp(a->child, b->child);
}

/* The actual price of a child. A table without names of authorities serves returns of one. */
static const pc_current_price *find_current(const pc_prices *prices, const char *la, const char *child,
                                            bool alone)
{
    child_key key = {la, child};
    const pc_current_price *found = NULL;

    if (prices->n_current > 0) {
        found = bsearch(&key, prices->current, prices->n_current, sizeof *prices->current, by_key);
    }
    if (found == NULL && alone && prices->n_current > 0) {
        key.la = "";
        found = bsearch(&key, prices->current, prices->n_current, sizeof *prices->current, by_key);
    }
    return found;
}

/* First and last rows of each child: rows are ordered by child. `first` [n_child + 1]. */
static size_t *index_rows(const pc_episodes *episodes)
{
    size_t *first = pc_new_zero(episodes->n_child + 1, sizeof *first);

    for (size_t at = 0; first != NULL && at < episodes->n; at++) {
        first[episodes->row[at].child + 1]++;
    }
    for (size_t child = 0; first != NULL && child < episodes->n_child; child++) {
        first[child + 1] += first[child];
    }
    return first;
}

/* Children in care: price, provider, need. */
static void match_children(const pc_prices *prices, const pc_episodes *episodes, const size_t *first,
                           const pc_authority_model *authority, bool alone, pc_price_people *out,
                           unsigned char *used, match_count *count)
{
    for (size_t child = 0; child < authority->n_child; child++) {
        uint32_t record = authority->child[child].record;
        const char *name = record < episodes->n_child
                               ? pc_names_text(&episodes->child_name, episodes->child[record].name)
                               : "";
        const pc_current_price *price = find_current(prices, authority->la, name, alone);

        if (price != NULL) {
            out->weekly_gbp[child] = price->weekly_gbp;
            out->price_year[child] = price->price_year;
            count->n_used += used[price - prices->current] == 0;
            used[price - prices->current] = 1;
            count->n_priced++;
        }
        out->need[child] = authority->child[child].need < PC_N_NEED ? authority->child[child].need : 0;
        count->n_need_known += out->need[child] > 0;
        if (record < episodes->n_child && first[record + 1] > first[record]) {
            const pc_episode *last = &episodes->row[first[record + 1] - 1];

            out->provider[child] = (int8_t)pc_provider_number(code_text(episodes, last->provider));
        }
        count->n_child++;
    }
}

/* Needs of those who start and providers of new placements, in the days that gave the rates. */
static void count_shares(const pc_episodes *episodes, const pc_model *model, size_t la, pc_price_people *out,
                         match_count *count)
{
    for (size_t at = 0; at < episodes->n; at++) {
        const pc_episode *row = &episodes->row[at];
        const pc_child_record *child = &episodes->child[row->child];
        int provider = pc_provider_number(code_text(episodes, row->provider));
        uint8_t need = need_number(code_text(episodes, row->need));
        bool starts = row->transition == PC_TRANSITION_START;

        if (strcmp(pc_names_text(&episodes->la, child->la), model->authority[la].la) != 0 ||
            row->start < model->window_from || row->start > model->window_to) {
            continue;
        }
        if ((starts || row->transition == PC_TRANSITION_MOVE) && provider >= 0) {
            out->provider_share[row->category * PC_N_PROVIDER + (size_t)provider] += 1.0;
        }
        if (starts && need > 0 && child->birth != PC_DAY_NONE && child->birth <= row->start) {
            int band = pc_age_band_of_years(pc_age_years(child->birth, row->start));

            out->need_share[child->stream][band][need] += 1.0;
            count->n_start++;
        }
    }
}

/* Counts to shares; without any the sum stays 0. */
static void to_shares(double *count, size_t n)
{
    double sum = 0.0;

    for (size_t at = 0; at < n; at++) {
        sum += count[at];
    }
    for (size_t at = 0; at < n && sum > 0.0; at++) {
        count[at] /= sum;
    }
}

/* An age band without a start takes the needs of all ages of the stream. */
static void finish_shares(pc_price_people *self, size_t n_category)
{
    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        double all[PC_N_NEED] = {0}, sum;

        for (size_t at = 0; at < (size_t)PC_N_AGE_BAND * PC_N_NEED; at++) {
            all[at % PC_N_NEED] += self->need_share[stream][at / PC_N_NEED][at % PC_N_NEED];
        }
        for (size_t band = 0; band < PC_N_AGE_BAND; band++) {
            sum = 0.0;
            for (size_t need = 0; need < PC_N_NEED; need++) {
                sum += self->need_share[stream][band][need];
            }
            if (!(sum > 0.0)) {
                memcpy(self->need_share[stream][band], all, sizeof all);
            }
            to_shares(self->need_share[stream][band], PC_N_NEED);
        }
    }
    for (size_t category = 0; category < n_category; category++) {
        to_shares(self->provider_share + category * PC_N_PROVIDER, PC_N_PROVIDER);
    }
}

/* The mean of a category that has no single price: of the table's prices of the children in it now. */
static void weigh_means(pc_prices *self, const pc_model *model, const pc_price_people *people)
{
    pc_day origin = model->extract + 1;

    for (size_t category = 0; category < self->n_category; category++) {
        double sum = 0.0;
        size_t n = 0;

        for (size_t la = 0; la < model->n_authority && !self->plain[category]; la++) {
            for (size_t child = 0; child < model->authority[la].n_child; child++) {
                const pc_child *who = &model->authority[la].child[child];
                const pc_price_row *row =
                    who->category != category
                        ? NULL
                        : pc_prices_find(self, category,
                                         pc_age_band_of_years(pc_age_years(who->birth, origin)),
                                         people[la].provider[child], people[la].need[child], origin);

                if (row != NULL) {
                    sum += row->weekly_gbp;
                    n++;
                }
            }
        }
        if (n > 0) {
            self->weekly_gbp[category] = sum / (double)n;
        }
    }
}

static bool uses_need(const pc_prices *self)
{
    bool uses = false;

    for (size_t at = 0; at < self->n_row; at++) {
        uses |= self->row[at].need > 0;
    }
    return uses;
}

static void say_counts(const pc_prices *self, const match_count *count, pc_diagnostics *diagnostics)
{
    size_t unmatched = self->n_current - count->n_used;

    if (self->n_current > 0) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){.file = self->current_file},
                           "%zu of %zu children in care have their actual price; the other %zu pay that of "
                           "the table of weekly prices",
                           count->n_priced, count->n_child, count->n_child - count->n_priced);
    }
    if (unmatched > 0) {
        pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){.file = self->current_file},
                           "%zu of %zu rows match no child in care and are not used", unmatched,
                           self->n_current);
    }
    if (uses_need(self)) {
        pc_diagnostics_add(diagnostics, PC_ASSUMPTION, (pc_place){.file = self->current_file},
                           "needs of children who will start are drawn from those of the %zu starts of the "
                           "window whose need is known, by age band and stream; so are the needs of %zu "
                           "children in care that are not known",
                           count->n_start, count->n_child - count->n_need_known);
    }
}

/* Prices that all begin later than the forecast. */
static void say_late(const pc_prices *self, const pc_model *model, pc_diagnostics *diagnostics)
{
    for (size_t category = 0; category < self->n_category; category++) {
        pc_day first = PC_DAY_OPEN;
        char day[PC_DAY_TEXT_SIZE];

        for (size_t at = self->row_at[category]; at < self->row_at[category + 1]; at++) {
            first = self->row[at].from < first ? self->row[at].from : first;
        }
        if (first > model->extract + 1 && first != PC_DAY_OPEN) {
            pc_diagnostics_add(diagnostics, PC_WARNING, (pc_place){0},
                               "the first price of %s begins on %s: until then it is counted as costing "
                               "nothing",
                               model->codes.category[category].name, pc_day_format(first, day));
        }
    }
}

pc_status pc_prices_match(pc_prices *self, const pc_episodes *episodes, const pc_model *model,
                          pc_diagnostics *diagnostics)
{
    pc_price_people *people = pc_new_zero(model->n_authority, sizeof *people);
    unsigned char *used = pc_new_zero(self->n_current, sizeof *used);
    size_t *first = index_rows(episodes);
    match_count count = {0};
    pc_status status = people == NULL || used == NULL || first == NULL ? PC_ERR_NO_MEMORY : PC_OK;

    for (size_t la = 0; la < model->n_authority && status == PC_OK; la++) {
        const pc_authority_model *authority = &model->authority[la];

        status = people_init(&people[la], authority->n_child, self->n_category);
        if (status == PC_OK) {
            match_children(self, episodes, first, authority, model->n_authority == 1, &people[la], used,
                           &count);
            count_shares(episodes, model, la, &people[la], &count);
            finish_shares(&people[la], self->n_category);
        }
    }
    free(first);
    free(used);
    if (status != PC_OK) {
        price_free_people(people, people == NULL ? 0 : model->n_authority);
        return status;
    }
    if (self->n_row > 0) {
        weigh_means(self, model, people);
        say_late(self, model, diagnostics);
    }
    say_counts(self, &count, diagnostics);
    price_free_people(self->people, self->n_people);
    self->people = people;
    self->n_people = model->n_authority;
    return PC_OK;
}
