/* support.c - what cannot happen at an age, so that shrinkage does not give a baby a rate into supported
 * accommodation.
 *
 * A pair counts as possible all the same once the authority's own data show it.
 */
#include "estimate/estimate.h"

#include <string.h>

typedef struct support {
    const char *category;
    int first_band, last_band; /* age bands, both inside */
} support;

/* Supported accommodation (H5, K3, P2) takes 16 and 17 year olds; secure homes (K1) from 10; few are placed
 * for adoption from 10 on (model.md, section 2: no adoption from age 10 where no figures exist). */
static const support destination_support[] = {
    {"supported", 4, 4},
    {"secure", 3, 4},
    {"adoption", 0, 2},
};

bool estimate_destination_possible(const pc_codes *codes, size_t category, int age)
{
    for (size_t s = 0; s < sizeof destination_support / sizeof destination_support[0]; s++) {
        const support *known = &destination_support[s];

        if (strcmp(codes->category[category].name, known->category) == 0) {
            return age >= known->first_band && age <= known->last_band;
        }
    }
    return true;
}

bool estimate_exit_possible(size_t cause, int age)
{
    return cause != PC_EXIT_ADOPTION || age <= 2;
}
