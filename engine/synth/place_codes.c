/* place_codes.c - place and provider codes for a category, valid for the age and the day.
 *
 * Providers by the rules of the return: PR0 with P1 only; PR3 not with U*, A*, K1, K2; PR1 not with R2 and
 * R5; Z1 needs none. H5 until 27 October 2023, P2 likewise, K3 from 28 October 2023.
 */
#include <string.h>

#include "synth/rows.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))
#define SUPPORTED_REGISTERED 19658 /* 2023-10-28: supported accommodation is registered */

static const char *choose_provider(gsl_rng *rng, uint8_t category, const char *place)
{
    static const synth_weighted kin[] = {{"PR1", 96}, {"PR2", 4}};
    static const synth_weighted agency[] = {{"PR4", 84}, {"PR5", 15}, {"PR2", 1}};
    static const synth_weighted home[] = {{"PR4", 91}, {"PR5", 8}, {"PR2", 1}};
    static const synth_weighted secure[] = {{"PR2", 60}, {"PR1", 20}, {"PR4", 20}};
    static const synth_weighted supported[] = {{"PR4", 68}, {"PR5", 20}, {"PR1", 12}};
    static const synth_weighted adoption[] = {{"PR1", 62}, {"PR2", 22}, {"PR5", 16}};
    static const synth_weighted others[] = {{"PR4", 70}, {"PR5", 10}, {"PR2", 20}};

    switch ((synth_category)category) {
    case SYNTH_KINSHIP:
        return synth_weighted_pick(rng, kin, COUNT(kin));
    case SYNTH_FOSTER_INHOUSE:
    case SYNTH_RESIDENTIAL_INHOUSE:
        return "PR1";
    case SYNTH_FOSTER_IFA:
        return synth_weighted_pick(rng, agency, COUNT(agency));
    case SYNTH_RESIDENTIAL_EXTERNAL:
        return synth_weighted_pick(rng, home, COUNT(home));
    case SYNTH_SUPPORTED:
        return synth_weighted_pick(rng, supported, COUNT(supported));
    case SYNTH_SECURE:
        return synth_weighted_pick(rng, secure, COUNT(secure));
    case SYNTH_PARENTS:
        return "PR0";
    case SYNTH_ADOPTION:
        return synth_weighted_pick(rng, adoption, COUNT(adoption));
    case SYNTH_OTHER:
    case SYNTH_N_CATEGORY:
        break;
    }
    if (place[0] == 'Z') {
        return "";
    }
    return strcmp(place, "R2") == 0 || strcmp(place, "R5") == 0
               ? "PR3"
               : synth_weighted_pick(rng, others, COUNT(others));
}

static const char *choose_other(gsl_rng *rng, pc_day day, int years)
{
    static const synth_weighted infant[] = {{"R3", 85}, {"R2", 15}};
    static const synth_weighted child[] = {{"S1", 50}, {"R1", 35}, {"R2", 15}};
    static const synth_weighted teenage[] = {{"Z1", 40}, {"R1", 25}, {"S1", 15}, {"R5", 12}, {"R2", 8}};
    static const synth_weighted later[] = {{"Z11", 40}, {"R1", 25}, {"S1", 15}, {"R5", 12}, {"R2", 8}};

    if (years < 4) {
        return synth_weighted_pick(rng, infant, COUNT(infant));
    }
    if (years < 10) {
        return synth_weighted_pick(rng, child, COUNT(child));
    }
    /* Z1 was replaced in the return of 2025/26. */
    return pc_financial_year(day) >= 2025 ? synth_weighted_pick(rng, later, COUNT(later))
                                          : synth_weighted_pick(rng, teenage, COUNT(teenage));
}

static const char *choose_code(gsl_rng *rng, const synth_stay *stay, int years)
{
    static const synth_weighted kin[] = {{"U3", 94}, {"U1", 6}};
    static const synth_weighted kin_young[] = {{"U3", 94}, {"U1", 3}, {"U2", 3}};
    static const synth_weighted foster[] = {{"U6", 90}, {"U4", 10}};
    static const synth_weighted foster_young[] = {{"U6", 90}, {"U5", 8}, {"U4", 2}};
    static const synth_weighted supported[] = {{"H5", 80}, {"P2", 20}};
    bool status = stay->transition == PC_TRANSITION_STATUS;
    const char *code;

    switch ((synth_category)stay->category) {
    case SYNTH_KINSHIP:
        return years < 5 ? synth_weighted_pick(rng, kin_young, COUNT(kin_young))
                         : synth_weighted_pick(rng, kin, COUNT(kin));
    case SYNTH_FOSTER_INHOUSE:
    case SYNTH_FOSTER_IFA:
        return years < 5 ? synth_weighted_pick(rng, foster_young, COUNT(foster_young))
                         : synth_weighted_pick(rng, foster, COUNT(foster));
    case SYNTH_RESIDENTIAL_INHOUSE:
    case SYNTH_RESIDENTIAL_EXTERNAL:
        return "K2";
    case SYNTH_SUPPORTED:
        code = synth_weighted_pick(rng, supported, COUNT(supported));
        return stay->start >= SUPPORTED_REGISTERED ? "K3"
               : stay->end > SUPPORTED_REGISTERED  ? "H5" /* no row may begin in P2 after that day */
                                                   : code;
    case SYNTH_SECURE:
        return "K1";
    case SYNTH_PARENTS:
        return "P1";
    case SYNTH_ADOPTION:
        return status ? "A5" : "A6"; /* with the current carers, or with others */
    case SYNTH_OTHER:
    case SYNTH_N_CATEGORY:
        break;
    }
    return choose_other(rng, stay->start, years);
}

void synth_choose_place(gsl_rng *rng, const synth_stay *stay, int years, bool first,
                        synth_placement *placement)
{
    uint32_t urn = (uint32_t)gsl_rng_uniform_int(rng, 900000),
             postcode = (uint32_t)gsl_rng_uniform_int(rng, 40000);

    placement->place = choose_code(rng, stay, years);
    placement->provider = choose_provider(rng, stay->category, placement->place);
    if (first || stay->transition != PC_TRANSITION_STATUS) {
        placement->urn = urn;
        placement->postcode = postcode;
    }
}

const char *synth_long_term_code(const char *place)
{
    return strcmp(place, "U6") == 0 ? "U4" : strcmp(place, "U3") == 0 ? "U1" : NULL;
}
