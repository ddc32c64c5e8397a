/* intake.h - what the steps of cleaning share. Each step is one file:
 *
 * folder_walk   every file below a folder
 * return_files  of which kind and year each file is
 * return_scan   a first reading: the dates of each authority and year
 * returns       one authority and year: its order and its financial year; the extract date
 * children      birth dates and streams, from header and UASC files
 * episode_rows  the rows, one per (la, child, DECOM), as they are read
 * kept_rows     those rows in 24 bytes each; ordered by child
 * repair        the rules on dates, child by child
 * code_lists    what the codes mean
 * map_codes     categories and providers
 * chain         periods of care, placements, moves: the cleaned episodes
 * official      the count by the national rules
 * doubts        what makes the whole doubtful: a year, a kind of file, a column that is missing
 * clean         all of it, in this order
 *
 * Files are read twice: once for the dates that name the returns and the extract, once for the rows. Memory
 * grows with the rows kept and the lines of quality.csv (docs/limits.md says by how much): what is kept of a
 * row goes as its cleaned episode comes.
 */
#ifndef PC_INTAKE_INTAKE_H
#define PC_INTAKE_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "intake/code_lists.h"
#include "intake/number_set.h"
#include "intake/pair_index.h"
#include "intake/rules.h"
#include "placecast/episodes.h"

#define INTAKE_NO_YEAR INT32_MIN

typedef enum intake_kind {
    INTAKE_EPISODES,
    INTAKE_HEADER,
    INTAKE_UASC,
    INTAKE_UNUSED, /* a known table of the return that is not needed */
    INTAKE_UNKNOWN,
    INTAKE_N_KIND
} intake_kind;

/* Columns that are read, in any kind of file. */
typedef enum intake_column {
    INTAKE_LA,
    INTAKE_YEAR,
    INTAKE_CHILD,
    INTAKE_DOB,
    INTAKE_DECOM,
    INTAKE_DEC,
    INTAKE_PLACE,
    INTAKE_PROVIDER,
    INTAKE_LS,
    INTAKE_CIN,
    INTAKE_RNE,
    INTAKE_REASON_CHANGE,
    INTAKE_REC,
    INTAKE_N_COLUMN
} intake_column;
#define INTAKE_FIRST_CODE INTAKE_PLACE
#define INTAKE_N_CODE                                                                                        \
    (INTAKE_N_COLUMN - INTAKE_FIRST_CODE) /* columns that hold codes: the last of the list */

typedef struct intake_file {
    char *path, *shown; /* to open; relative to the folder given. Owned */
    intake_kind kind;
    int32_t year;                /* from the folder's or file's name, or INTAKE_NO_YEAR */
    uint32_t number;             /* in pc_quality.file */
    int column[INTAKE_N_COLUMN]; /* column number, or -1 */
} intake_file;

/* One authority and year. */
typedef struct intake_return {
    uint32_t la;
    int32_t year;           /* its name: gives the order, nothing else      */
    int32_t financial_year; /* of its dates; INTAKE_NO_YEAR without a row that has one */
    pc_day latest_decom;    /* PC_DAY_NONE: no row                          */
} intake_return;

typedef struct intake_child {
    uint32_t la, name;
    pc_day birth;
    int32_t birth_year;       /* name of the return that gives it */
    uint32_t last_return;     /* the newest return with an episode row of the child; INTAKE_NOT_FOUND: none */
    unsigned char birth_kind; /* INTAKE_HEADER, INTAKE_UASC; INTAKE_UNKNOWN: no birth date */
    bool uasc, has_conflict, listed;
} intake_child;

/* An episode row that is kept, packed: there may be ten million. See kept_rows.h. */
typedef struct intake_kept {
    uint32_t child;
    uint32_t origin : 31; /* number in `origin` */
    uint32_t unreadable_dec : 1;
    uint32_t row;
    pc_day start, dec;
    uint32_t codes; /* number in `row_codes` */
} intake_kept;

typedef struct intake_origin {
    uint32_t file, in_return;
} intake_origin;

typedef struct intake_row_codes {
    uint16_t code[INTAKE_N_CODE];
} intake_row_codes;

/* An episode row while it is read or its child is cleaned. */
typedef struct intake_row {
    uint32_t child;
    uint32_t in_return;
    uint32_t file, row; /* for quality.csv; file is a number in intake.file */
    pc_day start, dec;  /* as read; dec PC_DAY_NONE: blank or unreadable */
    pc_day end;         /* after repair */
    uint16_t code[INTAKE_N_CODE];
    unsigned char unreadable_dec, dropped, stale;
} intake_row;

typedef struct intake {
    const pc_clean_options *options;
    pc_diagnostics *diagnostics;
    pc_quality *quality;

    intake_file *file; /* [n_file]; files of the kinds that are read, in the order of their names */
    size_t n_file, file_capacity;

    pc_names la, child_name, code; /* number 0 is "" in each */
    uint32_t only_la;              /* when the files name a single authority, else PC_NAME_NONE */

    intake_return *ret; /* [n_ret]; ordered by (number of la, year) once the returns are known */
    size_t n_ret, ret_capacity;
    intake_pair_index ret_index; /* (la, year) -> ret */
    size_t n_la;                 /* authorities with a return: the first numbers of `la` */
    uint32_t *newest_return;     /* [n_la]; INTAKE_NOT_FOUND: none */
    uint32_t *first_return;      /* [n_la] */
    intake_pair_index later;     /* (la, year) of the returns that end after known_until: not among `ret` */
    pc_day extract;

    intake_child *child;
    size_t n_child, child_capacity;
    intake_number_set child_set; /* of `child`, by la and name */

    intake_kept *kept;
    size_t n_kept, kept_capacity;
    intake_number_set kept_set; /* of `kept`, by child and start; only while rows are read */
    intake_origin *origin;
    size_t n_origin, origin_capacity;
    intake_pair_index origin_index; /* (file, return) -> origin */
    intake_row_codes *row_codes;
    size_t n_row_codes, row_codes_capacity;
    intake_number_set row_codes_set;
    long rows_read;

    pc_codes codes;
    intake_code_info *code_info; /* [code.n], once all rows are read */
} intake;

/* What stood in a column of a row. */
static inline uint16_t intake_code_number(const intake_row *row, intake_column column)
{
    return row->code[column - INTAKE_FIRST_CODE];
}

static inline const intake_code_info *intake_code_of(const intake *self, const intake_row *row,
                                                     intake_column column)
{
    return &self->code_info[intake_code_number(row, column)];
}

static inline const char *intake_code_text(const intake *self, const intake_row *row, intake_column column)
{
    return pc_names_text(&self->code, intake_code_number(row, column));
}

/* False when the file has no such column: that is said once, for the file. */
static inline bool intake_has_column(const intake *self, const intake_row *row, intake_column column)
{
    return self->file[row->file].column[column] >= 0;
}

/* Adds a line to quality.csv. `file` is a number in pc_quality.file or PC_NAME_NONE; la and child may be
 * PC_NAME_NONE. */
PC_MUST_USE pc_status intake_note(intake *self, intake_rule rule, uint32_t file, long row, uint32_t la,
                                  uint32_t child, const char *format, ...) PC_PRINTF(7, 8);
/* The same about an episode row that is kept. */
PC_MUST_USE pc_status intake_note_row(intake *self, intake_rule rule, const intake_row *row,
                                      const char *format, ...) PC_PRINTF(4, 5);
/* That `loser` is not used because `winner` gives the same episode: the commonest line of all. */
PC_MUST_USE pc_status intake_note_loser(intake *self, const intake_row *loser, const intake_row *winner);
intake_rule intake_rule_of(const pc_quality *quality, const pc_quality_line *line);
/* By file, row, rule, la, child and words. */
PC_MUST_USE pc_status intake_sort_quality(intake *self);

/* return_files.c: fills `file`; every other file is noted. */
PC_MUST_USE pc_status intake_find_files(intake *self);
/* A year in a name, like 2017 in `SSDA903 2017-18`, or INTAKE_NO_YEAR. */
int32_t intake_year_in_name(const char *name, size_t length);

/* returns.c: fills `ret`, `only_la` and `extract` from a first reading of the episode files. */
PC_MUST_USE pc_status intake_scan_returns(intake *self);
/* The return of a row whose columns LA and YEAR hold these texts. */
PC_MUST_USE pc_status intake_find_la(intake *self, const intake_file *file, const char *text, size_t length,
                                     uint32_t *out);
uint32_t intake_find_return(const intake *self, const intake_file *file, uint32_t la, const char *year,
                            size_t length);
/* Whether a row with this text in LA, of this year (INTAKE_NO_YEAR: unknown), was not known yet. */
bool intake_is_later(const intake *self, const intake_file *file, const char *la, size_t length,
                     int32_t year);

/* children.c: fills `child` from header and UASC files. */
PC_MUST_USE pc_status intake_read_children(intake *self, bool *any_conflict);
/* Once the episodes are read: lists the birth dates that were not used, and those that only a UASC file
 * gives. */
PC_MUST_USE pc_status intake_list_births(intake *self, bool any_conflict);
/* The child of that name, added when it is new. */
PC_MUST_USE pc_status intake_add_child(intake *self, uint32_t la, const char *name, size_t length,
                                       uint32_t *out);

/* episode_rows.c: fills `kept`. */
PC_MUST_USE pc_status intake_read_episodes(intake *self);

/* repair.c: sets `end`, `dropped` and `stale` of the k rows of one child, which are ordered by start. */
PC_MUST_USE pc_status intake_repair_child(intake *self, intake_row *const *row, size_t k);

#endif
