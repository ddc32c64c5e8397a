/* option_table.h - the one table of options: it drives parsing, --help and the suggestion for a misspelt one.
 */
#ifndef PC_OPTION_TABLE_H
#define PC_OPTION_TABLE_H

#include "cli.h"

typedef enum cli_option_kind {
    KIND_FLAG,
    KIND_TEXT,
    KIND_WHOLE,
    KIND_DAY,
    KIND_YEAR,
    KIND_LAYOUT,
    KIND_FORMATS,
    KIND_SETTING,
    KIND_LEVER
} cli_option_kind;

typedef struct cli_option_row {
    const char *name;  /* without the dashes */
    const char *value; /* as shown in help; NULL for a flag */
    unsigned verbs;    /* which take it */
    cli_option_kind kind;
    size_t offset;      /* of its field in cli_options */
    uint64_t low, high; /* KIND_WHOLE: both allowed */
    const char *help;
} cli_option_row;

/* In the order of the help, ended by a NULL name. */
extern const cli_option_row cli_option_table[];
enum { CLI_MOST_OPTIONS = 64 };

#endif
