/* mess.h - returns with every defect that cleaning knows, and a list of them. Private to the stage.
 *
 * [collect: tables in memory] -> [plant: defects, each with what to expect] -> [duplicates] -> [write: files
 * of every form]
 *
 * planted.csv has one line for each line that quality.csv must have, no more and no less. A defect is
 * recoverable when the episodes come out as if it had not been there; otherwise the line says which episode
 * of the clean twin comes out how.
 */
#ifndef PC_SYNTH_MESS_H
#define PC_SYNTH_MESS_H

#include "intake/rules.h"
#include "placecast/names.h"
#include "synth/files.h"

/* Columns of the episodes table by their place in synth_table_column. */
enum {
    EPISODE_CHILD,
    EPISODE_DECOM,
    EPISODE_RNE,
    EPISODE_LS,
    EPISODE_CIN,
    EPISODE_PLACE,
    EPISODE_PROVIDER,
    EPISODE_DEC,
    EPISODE_REC,
    EPISODE_REASON
};
enum { HEADER_CHILD, HEADER_SEX, HEADER_DOB };

struct mess_file;

typedef struct mess_row {
    const char *cell[SYNTH_MAX_COLUMN]; /* borrowed from mess.text or static */
    struct mess_file *file;
    size_t authority;
    uint32_t person;     /* PC_NAME_NONE: nobody */
    int year;            /* of the return */
    pc_day start, end;   /* of an episode, as cleaning reads it; end = PC_DAY_OPEN when blank */
    bool gone;           /* taken out: not written */
    bool aside;          /* set aside before duplicates are looked for */
    bool no_year, no_la; /* YEAR, LA left blank */
    long number;         /* in the file, once written */
} mess_row;

typedef struct mess_file {
    char *name; /* relative to the folder of returns; owned */
    synth_table table;
    bool without[SYNTH_MAX_COLUMN]; /* columns left out */
    bool year_column;               /* a YEAR column although the layout has none */
    const char *raw;                /* the whole file, when it is no table; static */
    mess_row **row;
    size_t n, capacity;
} mess_file;

/* One episode of the clean twin: its copies in the returns, the newest of which counts. */
typedef struct mess_episode {
    size_t authority;
    uint32_t person;
    pc_day start;
    mess_row *newest;
    size_t n_copy;
} mess_episode;

typedef struct mess_planted {
    intake_rule rule;
    const mess_file *file; /* NULL: no file */
    const mess_row *row;   /* NULL: about the file */
    const char *la, *child;
    const char *lost_child; /* whose episode is lost when the row does not say so; NULL: `child` */
    const char *action;
    bool recoverable;
    char *episode, *expected; /* owned; NULL when nothing changes */
} mess_planted;

typedef struct mess {
    const pc_synth_options *options;
    const synth_authority *authority;
    size_t n_authority;
    pc_diagnostics *diagnostics;
    gsl_rng *rng;
    pc_names text; /* every cell once */
    mess_file **file;
    size_t n_file, file_capacity;
    mess_episode *episode; /* by authority, person, start */
    size_t n_episode, episode_capacity;
    bool **used; /* [n_authority][n_person]: has a defect already */
    mess_planted *planted;
    size_t n_planted, planted_capacity;
} mess;

/* mess_collect.c */
PC_MUST_USE pc_status mess_collect(mess *self);
PC_MUST_USE pc_status mess_list_episodes(mess *self);
PC_MUST_USE pc_status mess_add_file(mess *self, const char *name, synth_table table, const char *raw,
                                    mess_file **out);
PC_MUST_USE pc_status mess_add_row(mess_file *file, size_t at, const mess_row *row,
                                   mess_row **out); /* before row `at` */
PC_MUST_USE pc_status mess_set(mess *self, mess_row *row, size_t column, const char *text);
PC_MUST_USE pc_status mess_set_day(mess *self, mess_row *row, size_t column, pc_day day);
void mess_free(mess *self);

/* mess_find.c: children that a defect fits, each used once. */
typedef bool (*mess_test)(const mess *self, const mess_episode *episode);
const mess_episode *mess_find(mess *self, mess_test test); /* marks the child as used; NULL when none fits */
const mess_episode *mess_before(const mess *self,
                                const mess_episode *episode); /* of the same child, or NULL */
const mess_episode *mess_after(const mess *self, const mess_episode *episode);
pc_day mess_adult(const mess *self, const mess_episode *episode); /* the 18th birthday */
bool mess_is_alone(const mess *self, const mess_episode *episode);
bool mess_is_kin(const mess *self, const mess_episode *episode);
bool mess_is_plain(const mess *self, const mess_episode *episode);
bool mess_is_plain_foster(const mess *self, const mess_episode *episode);
bool mess_is_first(const mess *self, const mess_episode *episode);
bool mess_is_last(const mess *self, const mess_episode *episode);
bool mess_is_moved(const mess *self, const mess_episode *episode);
bool mess_is_leaver(const mess *self, const mess_episode *episode);
bool mess_is_grown(const mess *self, const mess_episode *episode);
bool mess_is_grown_now(const mess *self, const mess_episode *episode);
bool mess_is_open(const mess *self, const mess_episode *episode);
bool mess_is_open_long(const mess *self, const mess_episode *episode);
bool mess_is_closed(const mess *self, const mess_episode *episode);
bool mess_is_uasc(const mess *self, const mess_episode *episode);
/* The row of a child in a table of one return, or NULL. */
mess_row *mess_row_of(const mess *self, synth_table table, const mess_episode *episode, int year);
int mess_last_year(const mess *self);

/* mess_plant.c: everything; what finds no child is said in a warning. */
PC_MUST_USE pc_status mess_plant_all(mess *self);
/* Adds a line to planted.csv. `episode` PC_DAY_NONE: all of the child's. `expected` NULL: recoverable. */
PC_MUST_USE pc_status mess_record(mess *self, intake_rule rule, const mess_row *row, const char *action,
                                  pc_day episode, const char *expected);
PC_MUST_USE pc_status mess_record_file(mess *self, intake_rule rule, const mess_file *file, const char *la,
                                       const char *action);

/* One kind of defect: plants it once, or finds no child for it and says so in `found`. */
typedef pc_status (*mess_planter)(mess *self, bool *found);
typedef struct mess_defect {
    intake_rule rule;
    mess_planter plant;
} mess_defect;
extern const mess_defect mess_row_defects[];    /* mess_rows.c: rows added; ends with a NULL planter */
extern const mess_defect mess_date_defects[];   /* mess_dates.c: dates of rows */
extern const mess_defect mess_code_defects[];   /* mess_codes.c: codes of rows */
extern const mess_defect mess_people_defects[]; /* mess_people.c: header and UASC rows */
extern const mess_defect mess_file_defects[];   /* mess_files.c: whole files; planted once */

/* mess_write.c */
PC_MUST_USE pc_status mess_list_duplicates(mess *self);
PC_MUST_USE pc_status mess_write(mess *self, const char *folder);
PC_MUST_USE pc_status mess_write_planted(mess *self, const char *folder);

/* mess.c: the messy counterpart of synth_write_returns, with planted.csv in `folder` and the returns in
 * `returns`. */
PC_MUST_USE pc_status synth_write_messy(const pc_synth_options *options, const synth_authority *authority,
                                        size_t n_authority, const char *folder, const char *returns,
                                        pc_diagnostics *diagnostics);

#endif
