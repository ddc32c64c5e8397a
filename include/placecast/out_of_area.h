/* out_of_area.h - the share of place-days that are spent out of area, by category and financial year.
 *
 * An input of the scenario, read from out_of_area.csv (category, year, definition, share): the simulation
 * does not know where a home is.
 */
#ifndef PC_OUT_OF_AREA_H
#define PC_OUT_OF_AREA_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/diagnostics.h"

/* X(name, name in the files) */
#define PC_OUT_OF_AREA_LIST(X)                                                                               \
    X(BOUNDARY, "boundary") /* outside the authority's boundary */                                           \
    X(20_MILES, "20_miles") /* outside it, and more than 20 miles from home */

typedef enum pc_out_of_area_definition {
#define PC_OUT_OF_AREA_ENUM(name, text) PC_OUT_OF_AREA_##name,
    PC_OUT_OF_AREA_LIST(PC_OUT_OF_AREA_ENUM)
#undef PC_OUT_OF_AREA_ENUM
        PC_N_OUT_OF_AREA
} pc_out_of_area_definition;

typedef struct pc_out_of_area_row {
    char *category; /* "all": of every category without rows of its own under that definition */
    int year;       /* financial year */
    pc_out_of_area_definition definition;
    double share; /* 0 to 1 */
    long row;     /* in the file */
} pc_out_of_area_row;

typedef struct pc_out_of_area {
    size_t n; /* 0: not given */
    pc_out_of_area_row *row;
    char *file;
} pc_out_of_area;

const char *pc_out_of_area_name(pc_out_of_area_definition definition);
/* Every problem is reported by row. On failure `out` is empty. PC_ERR_IO, PC_ERR_INPUT, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_out_of_area_load(const char *path, pc_out_of_area *out, pc_diagnostics *diagnostics);
/* Is there a row of that definition? */
bool pc_out_of_area_has(const pc_out_of_area *self, pc_out_of_area_definition definition);
/* The share of `category` in a financial year: that of the year, else of the last year before it, else of the
 * first after it; NaN when neither the category nor `all` has a row. */
double pc_out_of_area_share(const pc_out_of_area *self, const char *category,
                            pc_out_of_area_definition definition, int year);
/* Whether that share stands in the table for that very year. */
bool pc_out_of_area_given(const pc_out_of_area *self, const char *category,
                          pc_out_of_area_definition definition, int year);
void pc_out_of_area_free(pc_out_of_area *self); /* NULL is fine; may be called twice */

#endif
