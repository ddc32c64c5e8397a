/* nearest.h - how near two words are, for suggestions. Private to scenario/. */
#ifndef PC_SCENARIO_NEAREST_H
#define PC_SCENARIO_NEAREST_H

#include <stdbool.h>
#include <stddef.h>

/* Letters added, left out, changed or swapped with their neighbour (optimal string alignment), without regard
 * to case; SIZE_MAX when either word is longer than 63 bytes. */
size_t scenario_word_distance(const char *a, const char *b);
/* Near enough to suggest: at most a third of the letters, and at most 3. */
bool scenario_word_near(const char *a, size_t distance);

#endif
