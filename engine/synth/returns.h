/* returns.h - the tables of a return, row by row. Private to the stage. */
#ifndef PC_SYNTH_RETURNS_H
#define PC_SYNTH_RETURNS_H

#include "synth/rows.h"
#include "synth/synth_impl.h"

typedef enum synth_table {
    SYNTH_HEADER,
    SYNTH_EPISODES,
    SYNTH_UASC,
    SYNTH_REVIEWS,
    SYNTH_MISSING,
    SYNTH_OC2,
    SYNTH_OC3,
    SYNTH_N_TABLE
} synth_table;
#define SYNTH_N_CORE_TABLE (SYNTH_REVIEWS + 1)
#define SYNTH_MAX_COLUMN 16

extern const char *const synth_table_name[SYNTH_N_TABLE];
extern const char *const synth_table_column[SYNTH_N_TABLE][SYNTH_MAX_COLUMN]; /* ends with NULL */
size_t synth_table_columns(synth_table table);

/* One authority: its rates, its children, and which of their periods the returns can show. */
typedef struct synth_authority {
    char *name; /* "" when there is no LA column */
    int children;
    pc_rates rates;
    synth_population population;
    pc_random_key key;
    size_t *period; /* [n_period]; those not over before the first return, by person, then start */
    size_t n_period;
    pc_day first_day; /* of the first return */
} synth_authority;

PC_MUST_USE pc_status synth_authority_make(synth_authority *self, int first_year, int years);
void synth_authority_free(synth_authority *self);

/* One row of a table: texts by column, and the child it is about. */
typedef struct synth_cells {
    const char *text[SYNTH_MAX_COLUMN];
    char own[SYNTH_MAX_COLUMN][24]; /* where texts made for the row live */
    uint32_t person;
} synth_cells;

typedef pc_status (*synth_sink)(void *context, const synth_cells *cells);

/* Every row of `table` in the return of financial year `year`, children in order. */
PC_MUST_USE pc_status synth_table_emit(const synth_authority *authority, synth_table table, int year,
                                       synth_sink sink, void *context);

/* people.c: what is known of a child, a function of key and person. */
void synth_person_header(const synth_authority *authority, uint32_t person, int year, synth_cells *out);
const char *synth_person_sex(const synth_authority *authority, uint32_t person, int year);
pc_random_block synth_person_draw(const synth_authority *authority, uint32_t person, uint32_t draw);
void synth_child_text(uint32_t person, char text[24]);
void synth_day_text(pc_day day, char text[24]); /* dd/mm/yyyy; "" when open or unknown */
void synth_postcode_text(uint32_t number, char text[24]);

#endif
