/* panel_tables.h - which published file, column and words hold which series. */
#ifndef PC_INTAKE_PANEL_TABLES_H
#define PC_INTAKE_PANEL_TABLES_H

#include <stdbool.h>

#include "placecast/panel.h"

/* One kind of file with a row for each figure. Column names are in upper case. */
typedef struct panel_kind {
    const char *begins;                                     /* the file's name, up to its year digits */
    const char *area, *name, *year, *group, *words, *value; /* columns; NULL: it has none */
    bool has_level; /* England is the row of GEOGRAPHIC_LEVEL "National", without a code of an area */
    bool required;  /* the folder is of no use without one */
} panel_kind;

extern const panel_kind panel_kinds[]; /* ends with begins = NULL */

typedef struct panel_words {
    const char *begins; /* the kind of file, as above */
    const char *group;  /* in the column of groups, "" when the file has none */
    const char *words;
    pc_panel_series series;
} panel_words;

extern const panel_words panel_series_words[]; /* ends with begins = NULL */

/* A wide file has a row an area and a column a figure: underlying_YYYY and underlying_YYYY_started,
 * underlying_YYYY_ceased. `column` may end with a year ("CLA_UASC2018"): `dated`. */
typedef struct panel_column {
    const char *column; /* upper case, without the year of a dated one */
    bool dated;
    pc_panel_series series;
} panel_column;

extern const panel_column panel_columns[]; /* ends with column = NULL */

#endif
