#include "workforce/care_cases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { OLDEST_LEAVER = 25 };

pc_status care_cases_init(care_cases *self, const pc_care *of, size_t n_month, const int *month_first,
                          const int *month_end)
{
    *self = (care_cases){.of = of,
                         .n_month = n_month,
                         .month_first = month_first,
                         .month_end = month_end,
                         .children = pc_new_zero(n_month, sizeof *self->children),
                         .reviews = pc_new_zero(n_month, sizeof *self->reviews),
                         .proceedings = pc_new_zero(n_month, sizeof *self->proceedings),
                         .leavers = pc_new_zero(n_month, sizeof *self->leavers),
                         .pathway = pc_new_zero((of->n_pathway + 1) * n_month, sizeof *self->pathway)};
    if (self->children == NULL || self->reviews == NULL || self->proceedings == NULL ||
        self->leavers == NULL || self->pathway == NULL ||
        stay_table_make(&self->proceedings_stay, &of->proceedings_stay) != PC_OK) {
        care_cases_free(self);
        return PC_ERR_NO_MEMORY;
    }
    return PC_OK;
}

void care_cases_free(care_cases *self)
{
    if (self == NULL) {
        return;
    }
    stay_table_free(&self->proceedings_stay);
    free(self->children);
    free(self->reviews);
    free(self->proceedings);
    free(self->leavers);
    free(self->pathway);
    memset(self, 0, sizeof *self);
}

static double contact_share(const pc_care *of, int age)
{
    for (size_t at = 0; at < of->n_contact; at++) {
        if (of->contact[at].ages.from <= age && age <= of->contact[at].ages.to) {
            return of->contact[at].share;
        }
    }
    return 1.0;
}

static size_t pathway_of(const pc_care *of, int age, double u)
{
    for (size_t at = 0; at < of->n_pathway; at++) {
        if (of->pathway[at].ages.from <= age && age <= of->pathway[at].ages.to) {
            if (u < of->pathway[at].share) {
                return at;
            }
            u -= of->pathway[at].share;
        }
    }
    return of->n_pathway;
}

/* A care leaver from day `from` on. Whether the case is open and where the person lives are two numbers drawn
 * once: nobody moves without a birthday. */
static void add_leaver(care_cases *self, double birth, double from, double u_contact, double u_pathway)
{
    int64_t *pathway = NULL;
    double same = -HUGE_VAL; /* the age is surely still the same before this day */
    bool open = false;

    for (size_t month = 0; month < self->n_month; month++) {
        double end = self->month_end[month];

        if (!(end < same)) {
            int age = (int)floor((end - birth) / PC_DAYS_PER_YEAR);

            if (age > OLDEST_LEAVER) {
                return;
            }
            same = birth + (double)(age + 1) * PC_DAYS_PER_YEAR - 1e-3;
            open = u_contact < contact_share(self->of, age);
            pathway = self->pathway + pathway_of(self->of, age, u_pathway) * self->n_month;
        }
        if (from < end && open) {
            self->leavers[month]++;
            pathway[month]++;
        }
    }
}

void care_cases_begin(care_cases *self, pc_random_key key)
{
    const pc_care *of = self->of;
    double start = self->month_first[0];

    memset(self->children, 0, self->n_month * sizeof *self->children);
    memset(self->reviews, 0, self->n_month * sizeof *self->reviews);
    memset(self->proceedings, 0, self->n_month * sizeof *self->proceedings);
    memset(self->leavers, 0, self->n_month * sizeof *self->leavers);
    memset(self->pathway, 0, (of->n_pathway + 1) * self->n_month * sizeof *self->pathway);
    for (size_t at = 0; at < of->n_now; at++) {
        long n = lround(of->now[at].persons);

        for (long each = 0; each < n; each++) { /* birthdays evenly over the year */
            double age = of->now[at].age + ((double)each + 0.5) / (double)n;
            uint64_t entity = (uint64_t)of->now[at].age << 32 | (uint64_t)each;
            pc_random_block block = pc_random(key, entity, PC_PURPOSE_CASE, 1);

            add_leaver(self, start - age * PC_DAYS_PER_YEAR, start - 1.0, pc_uniform(block.word[0]),
                       pc_uniform(block.word[1]));
        }
    }
}

static void count_reviews(care_cases *self, double start, double end)
{
    const pc_reviews *when = &self->of->reviews;
    double day = start + when->first;
    size_t month = 0;

    if (day < self->month_first[0]) {
        day += when->second;
    }
    if (day < self->month_first[0]) {
        day += when->every * ceil((self->month_first[0] - day) / when->every);
    }
    for (bool first = day <= start + when->first; month < self->n_month && day < end; first = false) {
        while (month < self->n_month && day >= self->month_end[month]) {
            month++;
        }
        if (month < self->n_month) {
            self->reviews[month]++;
        }
        day += first ? when->second : when->every;
    }
}

/* Open at the end of a day: begun by then, ended on a later one. */
static void count_open(int64_t *row, const care_cases *self, double from, double end)
{
    for (size_t month = 0; month < self->n_month; month++) {
        double last = self->month_end[month];

        row[month] += from < last && end >= last;
    }
}

void care_cases_add(care_cases *self, pc_random_key key, const care_spell *spell, size_t n_spell)
{
    const pc_care *of = self->of;

    for (size_t at = 0; at < n_spell; at++) {
        const care_spell *one = &spell[at];
        pc_random_block block = pc_random(key, one->entity, PC_PURPOSE_CASE, 0);
        double end = one->cause == PC_N_EXIT_CAUSE ? HUGE_VAL : (double)one->end, begin = floor(one->start);

        count_open(self->children, self, begin, end);
        count_reviews(self, begin, end);
        if (pc_uniform(block.word[0]) < of->proceedings_share) {
            /* From a whole day on, and asked about at whole days. */
            double stay = stay_table_quantile(&self->proceedings_stay, pc_uniform(block.word[1]));

            count_open(self->proceedings, self, begin, fmin(begin + stay, end));
        }
        if (isfinite(end) && one->cause != PC_EXIT_ADOPTION && end >= self->month_first[0] &&
            end - one->birth >= of->leaver_age * PC_DAYS_PER_YEAR - 1.0 &&
            end - one->start >= of->leaver_days) {
            add_leaver(self, one->birth, end, pc_uniform(block.word[2]), pc_uniform(block.word[3]));
        }
    }
}

void care_cases_add_stays(care_cases *self, pc_random_key key, const stays *from)
{
    for (size_t number = 0; number < from->n_child; number++) {
        const stay_child *child = &from->child[number];
        const stay_row *last = child->last < 0 ? NULL : &from->row[child->last];
        care_spell one;

        if (last == NULL) {
            continue; /* was kept from starting */
        }
        one = (care_spell){
            .entity = child->entity,
            .start = child->care_start,
            .birth = child->age_edge != NULL ? child->age_edge[PC_N_AGE_BAND - 1] - 18.0 * PC_DAYS_PER_YEAR
                                             : child->birth,
            .end = last->end,
            .cause = (uint8_t)(last->ended >= STAY_CEASE ? last->ended - STAY_CEASE : PC_N_EXIT_CAUSE)};
        care_cases_add(self, key, &one, 1);
    }
}
