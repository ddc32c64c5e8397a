/* keys.h - the table of every key of a scenario file. Private to scenario/.
 *
 * One row a key. The table drives reading, checks, messages, suggestions, `--show-effective`, `--help` and
 * scenarios/README.md; adding a key is adding a row (and, for a value with a form of its own, a reader in a
 * file of its own). To switch on a key that is marked SCENARIO_NOT_YET: give it its rows, its place, and take
 * the mark away.
 *
 * Paths are dotted. `<category>` stands for a name that the user chooses, `[]` for one item of a list.
 */
#ifndef PC_SCENARIO_KEYS_H
#define PC_SCENARIO_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/yaml.h"
#include "placecast/scenario.h"

typedef enum scenario_type {
    SCENARIO_TEXT,    /* char *: owned */
    SCENARIO_TITLE,   /* char *: one line that can also name a folder */
    SCENARIO_DAY,     /* pc_day */
    SCENARIO_WHOLE,   /* int, from low to high */
    SCENARIO_SEED,    /* uint64_t, from low to high */
    SCENARIO_NUMBER,  /* double, from low to high */
    SCENARIO_YES_NO,  /* bool */
    SCENARIO_CHOICE,  /* an enum whose constants 0, 1, ... are the words of `choices` */
    SCENARIO_FILE,    /* char *: a path resolved against the file that holds it; the file must be readable */
    SCENARIO_FOLDER,  /* as above; the folder must be readable */
    SCENARIO_GROUP,   /* a mapping whose keys have rows of their own */
    SCENARIO_MAP,     /* a mapping whose keys are names of the user's; one row describes each value */
    SCENARIO_LIST,    /* a list; one row `path[]` describes each item */
    SCENARIO_SPECIAL, /* read by `read` */
    SCENARIO_N_TYPE
} scenario_type;

enum { SCENARIO_REQUIRED = 1, SCENARIO_NOT_YET = 2 };

#define SCENARIO_NOWHERE ((size_t)-1)

struct scenario_reader;

typedef struct scenario_key {
    const char *path;
    scenario_type type;
    unsigned flags;
    size_t offset; /* in pc_scenario, or in what `open` of the row above gave; SCENARIO_NOWHERE: not stored */
    double low, high;      /* bounds of numbers, both allowed */
    const char *unit;      /* NULL: none */
    const char *choices;   /* words with `|` between them */
    const char *initial;   /* the default as it would be written, or NULL */
    const char *otherwise; /* the default in words when it has no such form, or NULL */
    const char *expected;  /* SCENARIO_SPECIAL: what is expected, in words */
    const char *help;      /* one line */
    unsigned uses; /* PC_USES_ bits: of an intervention, kinds that use one of them have this key; 0: all */
    /* SCENARIO_SPECIAL. `shown` is the key as the user wrote it, `name` its last part. */
    void (*read)(struct scenario_reader *reader, const struct scenario_key *key, const char *shown,
                 const char *name, const pc_yaml_node *node, void *base);
    /* SCENARIO_GROUP below a MAP or LIST: makes what its keys are stored in (NULL: out of memory, said to the
     * reader) and, when they are read, checks it and puts it into the scenario. */
    void *(*open)(struct scenario_reader *reader, const char *name, pc_place place);
    void (*close)(struct scenario_reader *reader, const char *shown, const pc_yaml_node *node, void *element);
} scenario_key;

extern const scenario_key scenario_keys[];
extern const size_t scenario_n_key;

/* The keys of one kind of file. */
typedef struct scenario_table {
    const scenario_key *key; /* [n] */
    size_t n;
    const char *noun; /* what such a file is called in messages */
} scenario_table;

extern const scenario_table scenario_table_scenario, scenario_table_workforce;

/* The last part of a path: "from" of "data.window.from", "<category>" of "overflow.<category>", "[]" of
 * "targets[]". */
const char *scenario_key_name(const scenario_key *key);
/* Is `key` directly below `prefix` ("" for the top)? */
bool scenario_key_below(const scenario_key *key, const char *prefix);
/* The row of `table` below `prefix` with this name, or NULL. */
const scenario_key *scenario_key_find(const scenario_table *table, const char *prefix, const char *name);
/* The one row below a MAP or LIST of `table`. */
const scenario_key *scenario_key_item(const scenario_table *table, const scenario_key *key);

/* What is expected, in words: "a whole number from 1 to 600". Returns `text`. */
#define SCENARIO_TEXT_SIZE 800
char *scenario_key_expected(const scenario_key *key, char text[SCENARIO_TEXT_SIZE]);

/* What to say of a key that is not in the table: the nearest that is, where it belongs, or which are known.
 */
char *scenario_key_suggest(const scenario_table *table, const char *prefix, const char *name,
                           char text[SCENARIO_TEXT_SIZE]);

#endif
