/* price_people.h - two councils of a few children with needs and providers, made by hand, for who has which
 * price. */
#ifndef PC_TEST_PRICE_PEOPLE_H
#define PC_TEST_PRICE_PEOPLE_H

#include "placecast/prices.h"

typedef struct price_people_case {
    pc_episodes episodes;
    pc_model model;
    char *folder, *current, *weekly, *contracts;
} price_people_case;

/* Extract 31 March 2024, window the year before it; categories foster, home. Council A: child 7 (need N4,
 * PR4, in home) and child 8 (need unknown, PR1, in foster); council B: child 7 (N2, PR1, in foster). Starts
 * of the window in A: N4, N4, N2 at ages 10-15; one in B: N5. */
void price_people_make(price_people_case *self, const char *weekly, const char *current);
void price_people_free(price_people_case *self);
/* Loads the tables and matches them. */
pc_status price_people_load(price_people_case *self, pc_prices *out, pc_diagnostics *diagnostics);

#endif
