#include "scenario/categories.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "scenario/nearest.h"

char *scenario_category_suggest(const pc_codes *codes, const char *name, char text[SCENARIO_CATEGORIES_SIZE])
{
    const char *best = "";
    size_t best_distance = SIZE_MAX, at;

    for (size_t c = 0; c < codes->n_category; c++) {
        size_t distance = scenario_word_distance(name, codes->category[c].name);

        if (distance < best_distance) {
            best = codes->category[c].name;
            best_distance = distance;
        }
    }
    if (scenario_word_near(name, best_distance)) {
        snprintf(text, SCENARIO_CATEGORIES_SIZE, "did you mean \"%.60s\"?", best);
        return text;
    }
    at = (size_t)snprintf(text, SCENARIO_CATEGORIES_SIZE, "expected one of ");
    for (size_t c = 0; c < codes->n_category; c++) {
        if (at + strlen(codes->category[c].name) + 3 < SCENARIO_CATEGORIES_SIZE) {
            at += (size_t)snprintf(text + at, SCENARIO_CATEGORIES_SIZE - at, "%s%s", c == 0 ? "" : ", ",
                                   codes->category[c].name);
        }
    }
    return text;
}
