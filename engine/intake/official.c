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

static void count_child(const pc_episodes *episodes, const pc_episode *row, pc_day day, long *children)
{
    size_t n_age = PC_N_AGE_BAND + 1, n_category = episodes->codes.n_category;
    pc_day birth = episodes->child[row->child].birth;
    size_t category = row->category, all = n_category;

    children[category * n_age + PC_N_AGE_BAND]++;
    children[all * n_age + PC_N_AGE_BAND]++;
    if (birth != PC_DAY_NONE) { /* by the national rules a forgotten episode may pass 18: in the last band */
        size_t band = (size_t)pc_age_band_of_years(pc_age_years(birth, day));

        children[category * n_age + band]++;
        children[all * n_age + band]++;
    }
}

pc_status intake_count_official(const intake *self, const intake_groups *groups, pc_episodes *out)
{
    size_t size = (self->codes.n_category + 1) * (PC_N_AGE_BAND + 1);
    pc_codes kept = out->codes;
    pc_status status = make_dates(out, &out->official);

    if (status != PC_OK || out->official.n_date == 0) {
        return status;
    }
    out->official.children = pc_new_zero(out->official.n_date * size, sizeof *out->official.children);
    if (out->official.children == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    out->codes = self->codes; /* borrowed for the count */
    for (size_t d = 0; d < out->official.n_date; d++) {
        pc_day day = out->official.date[d];

        for (size_t c = 0; c < groups->n_child; c++) {
            for (size_t r = groups->first[c + 1]; r > groups->first[c]; r--) { /* the latest DECOM counts */
                const intake_row *row = groups->row[r - 1];

                if (row->start <= day && (row->dec == PC_DAY_NONE || row->dec > day)) {
                    count_child(out, &out->row[r - 1], day, out->official.children + d * size);
                    break;
                }
            }
        }
    }
    out->codes = kept;
    return PC_OK;
}
