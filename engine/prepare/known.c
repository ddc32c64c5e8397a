#include "prepare/known.h"

/* Refused when so many episodes should have begun since the returns end, and fewer than a tenth of them did:
 * of returns that are complete that happens to fewer than one in a million. */
#define FEWEST_UNSEEN 20.0
#define SHARE_SEEN 0.1

#define MOST_LEFT_OUT 0.1
#define FEWEST_LEFT_OUT                                                                                      \
    10 /* below that a warning does: the returns are small, and each child is named in quality.csv */

static long count_begun(const pc_episodes *episodes, pc_day from, pc_day to)
{
    long n = 0;

    for (size_t r = 0; r < episodes->n; r++) {
        n += episodes->row[r].start >= from && episodes->row[r].start <= to;
    }
    return n;
}

pc_status prepare_check_extract(const pc_episodes *episodes, pc_place place, pc_diagnostics *diagnostics)
{
    char extract[PC_DAY_TEXT_SIZE], expected[PC_DAY_TEXT_SIZE], name[PC_DAY_TEXT_SIZE];
    pc_day last = PC_DAY_NONE;
    long before, since;
    double unseen;
    int year;

    for (size_t la = 0; episodes->la_to != NULL && la < episodes->la.n; la++) {
        if (episodes->la_to[la] != PC_DAY_NONE && (last == PC_DAY_NONE || episodes->la_to[la] > last)) {
            last = episodes->la_to[la];
        }
    }
    if (last == PC_DAY_NONE || episodes->extract <= last) {
        return PC_OK;
    }
    year = pc_financial_year(last);
    before = count_begun(episodes, pc_financial_year_first_day(year), last);
    since = count_begun(episodes, last + 1, episodes->extract);
    unseen = (double)before * (double)(episodes->extract - last) / PC_DAYS_PER_YEAR;
    if (unseen < FEWEST_UNSEEN || (double)since > SHARE_SEEN * unseen) {
        return PC_OK;
    }
    pc_diagnostics_add(
        diagnostics, PC_ERROR, place,
        "data.extract: found %s, but the newest return is of %s (%ld episodes begin in that year, "
        "%ld after it); expected %s, the last day that the returns know (`start` may be later)",
        pc_day_format(episodes->extract, extract), pc_financial_year_format(year, name), before, since,
        pc_day_format(last, expected));
    return PC_ERR_INPUT;
}

pc_status prepare_check_children(const pc_model *model, pc_place place, pc_diagnostics *diagnostics)
{
    size_t left_out = 0, in_care = 0;

    for (size_t a = 0; a < model->n_authority; a++) {
        left_out += model->authority[a].left_out;
        in_care += model->authority[a].left_out + model->authority[a].n_child;
    }
    if (left_out < FEWEST_LEFT_OUT || (double)left_out <= MOST_LEFT_OUT * (double)in_care) {
        return PC_OK;
    }
    pc_diagnostics_add(
        diagnostics, PC_ERROR, place,
        "%zu of %zu children in care have no birth date: the forecast would be of the other %zu "
        "alone; expected header files with the birth date (CHILD, SEX, DOB) of nine in ten or more",
        left_out, in_care, in_care - left_out);
    return PC_ERR_INPUT;
}
