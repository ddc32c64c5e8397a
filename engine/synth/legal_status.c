/* legal_status.c - the course of legal statuses over a period of care.
 *
 * Police protection ends within 72 hours; an interim care order becomes a full one within about a year; a
 * placement with parents stands under an order, a placement for adoption under a placement order;
 * unaccompanied children are accommodated (V2). V3 and V4 (short breaks) are not made: who has them is not
 * looked after for the counts.
 */
#include <string.h>

#include "synth/rows.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *at_start(gsl_rng *rng, const synth_period *period, uint8_t category, const char *place,
                            int years)
{
    static const synth_weighted young[] = {{"V2", 50}, {"C1", 38}, {"L1", 11}, {"L2", 1}};
    static const synth_weighted teenage[] = {{"V2", 60}, {"C1", 27}, {"L1", 8}, {"J1", 4}, {"L2", 1}};
    const char *drawn = years < 12 ? synth_weighted_pick(rng, young, COUNT(young))
                                   : synth_weighted_pick(rng, teenage, COUNT(teenage));

    if (category == SYNTH_ADOPTION) {
        return "E1";
    }
    if (category == SYNTH_PARENTS) {
        return "C1";
    }
    if (strcmp(place, "R5") == 0) {
        return "J1";
    }
    return period->stream == PC_STREAM_UASC ? "V2" : drawn;
}

static pc_day between(gsl_rng *rng, pc_day day, int least, int most)
{
    return day + least + (pc_day)(gsl_rng_uniform(rng) * (double)(most - least + 1));
}

/* What `code`, in force from `day`, turns into if nothing else happens, and when; PC_DAY_OPEN: it stays. */
static pc_day next_status(gsl_rng *rng, const char *code, pc_day day, uint8_t stream, const char **next)
{
    double chance = gsl_rng_uniform(rng), kind = gsl_rng_uniform(rng);

    *next = code;
    if (strcmp(code, "L1") == 0 || strcmp(code, "L2") == 0) {
        *next = kind < 0.6 ? "C1" : "V2";
        return between(rng, day, 1, strcmp(code, "L1") == 0 ? 3 : 8);
    }
    if (strcmp(code, "C1") == 0) {
        *next = "C2";
        return chance < 0.9 ? between(rng, day, 150, 380) : PC_DAY_OPEN;
    }
    if (strcmp(code, "J1") == 0) {
        *next = "V2";
        return chance < 0.6 ? between(rng, day, 20, 80) : PC_DAY_OPEN;
    }
    if (strcmp(code, "V2") == 0 && stream == PC_STREAM_LOCAL) {
        *next = "C1";
        return chance < 0.45 ? between(rng, day, 20, 200) : PC_DAY_OPEN;
    }
    return PC_DAY_OPEN;
}

static bool order_in_force(const char *code)
{
    return strcmp(code, "C1") == 0 || strcmp(code, "C2") == 0;
}

void synth_choose_legal(gsl_rng *rng, const synth_period *period, const synth_stay *stay,
                        const synth_placement *place, int years, synth_legal *out)
{
    size_t at = 1; /* the next stay whose start may force a status */
    const char *next;
    pc_day due;

    out->n = 1;
    out->day[0] = period->start;
    out->code[0] = at_start(rng, period, stay[0].category, place[0].place, years);
    due = next_status(rng, out->code[0], period->start, period->stream, &next);
    while (out->n < SYNTH_MAX_LEGAL) {
        const char *now = out->code[out->n - 1];
        const char *forced = NULL;

        for (; at < period->n_stay && stay[at].start <= due && forced == NULL; at++) {
            forced = stay[at].category == SYNTH_ADOPTION && strcmp(now, "E1") != 0 ? "E1"
                     : stay[at].category == SYNTH_PARENTS && !order_in_force(now)  ? "C1"
                                                                                   : NULL;
        }
        if (forced != NULL) {
            due = stay[at - 1].start;
            next = forced;
        }
        if (due >= period->end || due == PC_DAY_OPEN) {
            return;
        }
        out->day[out->n] = due;
        out->code[out->n++] = next;
        due = next_status(rng, next, due, period->stream, &next);
    }
}
