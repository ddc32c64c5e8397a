/* reasons.c - needs and reasons by the shares of the national tables (DfE, children looked after 2025). */
#include <string.h>

#include "synth/rows.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

const char *synth_weighted_pick(gsl_rng *rng, const synth_weighted *choice, size_t n)
{
    double total = 0, at;

    for (size_t c = 0; c < n; c++) {
        total += choice[c].weight;
    }
    at = gsl_rng_uniform(rng) * total;
    for (size_t c = 0; c + 1 < n; c++) {
        if (at < choice[c].weight) {
            return choice[c].text;
        }
        at -= choice[c].weight;
    }
    return choice[n - 1].text;
}

const char *synth_choose_need(gsl_rng *rng, uint8_t stream)
{
    static const synth_weighted local[] = {{"N1", 71}, {"N2", 3}, {"N3", 3}, {"N4", 9},
                                           {"N5", 11}, {"N6", 2}, {"N8", 1}};
    static const synth_weighted uasc[] = {{"N8", 95}, {"N1", 5}};

    return stream == PC_STREAM_UASC ? synth_weighted_pick(rng, uasc, COUNT(uasc))
                                    : synth_weighted_pick(rng, local, COUNT(local));
}

const char *synth_choose_change_reason(gsl_rng *rng, const char *next_place)
{
    static const synth_weighted reason[] = {{"CARPL", 42}, {"OTHER", 26}, {"CREQB", 11}, {"CREQO", 8},
                                            {"LAREQ", 4},  {"CHILD", 3},  {"CLOSE", 2},  {"ALLEG", 2},
                                            {"STAND", 1},  {"APPRR", 1}};
    const char *drawn = synth_weighted_pick(rng, reason, COUNT(reason));

    return strcmp(next_place, "R5") == 0 ? "CUSTOD" : drawn;
}

static const char *end_of_order(gsl_rng *rng, uint8_t category)
{
    static const synth_weighted kinship[] = {{"E45", 85}, {"E41", 10}, {"E47", 5}};
    static const synth_weighted foster[] = {{"E46", 45}, {"E47", 35}, {"E41", 15}, {"E48", 5}};
    static const synth_weighted others[] = {{"E41", 50}, {"E47", 40}, {"E48", 10}};

    if (category == SYNTH_KINSHIP) {
        return synth_weighted_pick(rng, kinship, COUNT(kinship));
    }
    return category == SYNTH_FOSTER_INHOUSE || category == SYNTH_FOSTER_IFA
               ? synth_weighted_pick(rng, foster, COUNT(foster))
               : synth_weighted_pick(rng, others, COUNT(others));
}

/* E9 (custody) from the age of criminal responsibility, E7 from 16, E15 for those whose age was in dispute.
 */
static const char *end_for_other(gsl_rng *rng, uint8_t stream, int years)
{
    static const synth_weighted young[] = {{"E8", 92}, {"E16", 6}, {"E2", 2}};
    static const synth_weighted teenage[] = {{"E8", 70}, {"E9", 20}, {"E16", 8}, {"E2", 2}};
    static const synth_weighted older[] = {{"E5", 45}, {"E6", 20}, {"E8", 20},
                                           {"E9", 12}, {"E16", 2}, {"E2", 1}};
    static const synth_weighted uasc[] = {{"E15", 55}, {"E8", 35}, {"E16", 10}};

    if (stream == PC_STREAM_UASC) {
        return synth_weighted_pick(rng, uasc, COUNT(uasc));
    }
    if (years < 10) {
        return synth_weighted_pick(rng, young, COUNT(young));
    }
    return years < 16 ? synth_weighted_pick(rng, teenage, COUNT(teenage))
                      : synth_weighted_pick(rng, older, COUNT(older));
}

const char *synth_choose_end_reason(gsl_rng *rng, uint8_t cause, uint8_t stream, uint8_t category, int years)
{
    static const synth_weighted home[] = {{"E4A", 67}, {"E4B", 13}, {"E13", 20}};
    static const synth_weighted adoption[] = {{"E12", 60}, {"E11", 40}};
    static const synth_weighted adult[] = {{"E5", 32}, {"E6", 9}, {"E7", 3}, {"E8", 14}};
    bool foster = category <= SYNTH_FOSTER_IFA;

    switch ((pc_exit_cause)cause) {
    case PC_EXIT_HOME:
        return synth_weighted_pick(rng, home, COUNT(home));
    case PC_EXIT_ORDER:
        return end_of_order(rng, category);
    case PC_EXIT_ADOPTION:
        return synth_weighted_pick(rng, adoption, COUNT(adoption));
    case PC_EXIT_TRANSFER:
        return "E3";
    case PC_EXIT_OTHER:
        return end_for_other(rng, stream, years);
    case PC_EXIT_AGE_OUT:
        /* E17: stayed with the foster carers; about half of those fostered (Ofsted, fostering 2018-19). */
        return foster && gsl_rng_uniform(rng) < 0.6 ? "E17" : synth_weighted_pick(rng, adult, COUNT(adult));
    case PC_N_EXIT_CAUSE:
        break;
    }
    return "";
}
