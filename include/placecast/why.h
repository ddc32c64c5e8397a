/* why.h - why the bill changed: from one year to the next, and from one scenario to another.
 *
 * returns -> episodes -> model -> scenario -> simulation -> [forecast] -> report
 *
 * Two layers, each of which adds up to the change of the mean bill, to the penny (docs/why.md):
 *   accounting  bill = child-years x share of each age band x share of each category given age x price;
 *   causes      what differs between two scenarios: prices, population, each intervention, capacity.
 * The share of each is its Shapley value (L. S. Shapley, "A Value for n-Person Games", 1953): its mean effect
 * over all orders in which the differences could have come about.
 */
#ifndef PC_WHY_H
#define PC_WHY_H

#include <stddef.h>
#include <stdint.h>

#include "placecast/status.h"

typedef enum pc_why_layer { PC_WHY_ACCOUNTING, PC_WHY_CAUSES } pc_why_layer;

/* X(name, driver, kind): the drivers of the accounting layer. Those of kind child_years share out what the
 * change in child-years costs. */
#define PC_WHY_DRIVER_LIST(X)                                                                                \
    X(DAYS_COVERED, "days_covered", "child_years")           /* years of which the forecast has more days */ \
    X(CHILDREN_AT_START, "children_at_start", "child_years") /* in care when the year began */               \
    X(STARTS, "starts", "child_years")                                                                       \
    X(LENGTH_OF_STAY, "length_of_stay", "child_years")                                                       \
    X(AGE, "age", "age")                                                                                     \
    X(CATEGORY, "category", "category")                                                                      \
    X(PRICE, "price", "price")                                                                               \
    X(NOT_BY_CHILD, "not_by_child", "not_by_child") /* empty places, contracts, set-up costs */

typedef enum pc_why_driver {
#define PC_WHY_ENUM(name, text, kind) PC_WHY_##name,
    PC_WHY_DRIVER_LIST(PC_WHY_ENUM)
#undef PC_WHY_ENUM
        PC_N_WHY_DRIVER
} pc_why_driver;

typedef struct pc_why_row {
    const char *from, *to; /* borrowed from pc_why.name */
    int year;              /* financial year whose bill it is */
    pc_why_layer layer;
    const char *driver; /* a name of PC_WHY_DRIVER_LIST; `prices`, `population`, `capacity`, `other`; or the
                           intervention's own */
    const char *kind;   /* of the driver, or of the intervention; never empty */
    int64_t pence;      /* its part of the change, may be negative */
} pc_why_row;

typedef struct pc_why {
    size_t n;
    pc_why_row *row; /* [n]; by pair, year, layer */
    size_t n_name;
    char **name;    /* [n_name]; every text of the rows that is not a constant */
    int replicates; /* of each combination of causes; 0: none was run */
} pc_why;

const char *pc_why_layer_name(pc_why_layer layer);
void pc_why_free(pc_why *self); /* NULL is fine; may be called twice */

#endif
