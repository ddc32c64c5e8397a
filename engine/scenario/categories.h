/* categories.h - what to say of a category that the code map does not have. Private to scenario/. */
#ifndef PC_SCENARIO_CATEGORIES_H
#define PC_SCENARIO_CATEGORIES_H

#include "placecast/codes.h"

#define SCENARIO_CATEGORIES_SIZE 640

/* "did you mean ...?" or "expected one of ...". Returns `text`. */
char *scenario_category_suggest(const pc_codes *codes, const char *name, char text[SCENARIO_CATEGORIES_SIZE]);

#endif
