#include "intake/official.h"

#include "base/memory.h"

static pc_day march_31(int year)
{
    return pc_financial_year_first_day(year) - 1;
}

/* Each 31 March from the day before the first return's financial year to the extract. */
static pc_status make_dates(const pc_episodes *episodes, pc_official *out)
{
    int first = pc_financial_year(episodes->covered_from), last = pc_financial_year(episodes->extract + 1);

    if (episodes->covered_from == PC_DAY_NONE || last < first) {
        return PC_OK;
    }
    out->date = pc_new((size_t)(last - first) + 1, sizeof *out->date);
    if (out->date == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    for (int year = first; year <= last; year++) {
        out->date[out->n_date++] = march_31(year);
    }
    return PC_OK;
}

static void count_child(size_t n_category, size_t category, pc_day birth, pc_day day, long *children)
{
    size_t n_age = PC_N_AGE_BAND + 1, all = n_category;

    children[category * n_age + PC_N_AGE_BAND]++;
    children[all * n_age + PC_N_AGE_BAND]++;
    if (birth != PC_DAY_NONE) { /* by the national rules a forgotten episode may pass 18: in the last band */
        size_t band = (size_t)pc_age_band_of_years(pc_age_years(birth, day));

        children[category * n_age + band]++;
        children[all * n_age + band]++;
    }
}

static size_t cells_a_date(const intake *self)
{
    return (self->codes.n_category + 1) * (PC_N_AGE_BAND + 1);
}

pc_status intake_official_make(const intake *self, const pc_episodes *out, pc_official *official)
{
    pc_status status = make_dates(out, official);

    if (status != PC_OK || official->n_date == 0) {
        return status;
    }
    official->children = pc_new_zero(official->n_date * cells_a_date(self), sizeof *official->children);
    return official->children == NULL ? PC_ERR_NO_MEMORY : PC_OK;
}

void intake_official_count(const intake *self, intake_row *const *row, const pc_episode *episode, size_t n,
                           pc_day birth, pc_official *official)
{
    for (size_t d = 0; d < official->n_date; d++) {
        pc_day day = official->date[d];

        for (size_t r = n; r > 0; r--) { /* the latest DECOM counts */
            if (row[r - 1]->start <= day && (row[r - 1]->dec == PC_DAY_NONE || row[r - 1]->dec > day)) {
                count_child(self->codes.n_category, episode[r - 1].category, birth, day,
                            official->children + d * cells_a_date(self));
                break;
            }
        }
    }
}
