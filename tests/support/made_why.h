/* made_why.h - rows of why made by hand: of scenario "Made 1" against "Better, by far" in 2011/12, by
 * accounting and by causes, each -1,234,567.89 pounds in all. Nothing is owned. */
#ifndef PC_MADE_WHY_H
#define PC_MADE_WHY_H

#include "placecast/why.h"

pc_why made_why(void);

#endif
