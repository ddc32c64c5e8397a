/* budget.h - the user's own figures: budget and outturn lines by financial year (budget.csv) and spend to
 * date (actuals.csv).
 *
 * Money is whole pence. What is made of the lines is in mtfs.h; docs/budget.md tells it in words.
 */
#ifndef PC_BUDGET_H
#define PC_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "placecast/day.h"
#include "placecast/diagnostics.h"

typedef enum pc_budget_side {
    PC_BUDGET_SIDE_BUDGET,
    PC_BUDGET_SIDE_OUTTURN,
    PC_N_BUDGET_SIDE
} pc_budget_side;

/* X(name, name in the files, what it does to its side's total) */
#define PC_BUDGET_KIND_LIST(X)                                                                               \
    X(OPENING, "opening",                                                                                    \
      "begins the year; a budget without one begins with the closing of the year before")                    \
    X(GROWTH, "growth", "added; with a minus, taken off")                                                    \
    X(SAVING, "saving", "taken off; written without a minus")                                                \
    X(GRANT, "grant", "added to the budget, taken off the outturn; with a minus, a grant that stops")        \
    X(INFLATION, "inflation", "added")                                                                       \
    X(PRESSURE, "pressure", "added")                                                                         \
    X(CLOSING_STATED, "closing_stated", "the user's own total: compared with the lines, never used")         \
    X(GAP_STATED, "gap_stated", "the user's own overspend: compared, never used")                            \
    X(MODELLED, "modelled",                                                                                  \
      "outturn only: `line` names a cost measure or category, the simulation fills it")                      \
    X(RESERVE, "reserve", "a reserve without a year: compared with the reserve that the plan needs")

typedef enum pc_budget_kind {
#define PC_BUDGET_KIND_ENUM(name, text, help) PC_BUDGET_##name,
    PC_BUDGET_KIND_LIST(PC_BUDGET_KIND_ENUM)
#undef PC_BUDGET_KIND_ENUM
        PC_N_BUDGET_KIND
} pc_budget_kind;

/* As the files write them: "opening", "budget". */
const char *pc_budget_kind_name(pc_budget_kind kind);
const char *pc_budget_side_name(pc_budget_side side);

/* In full with chance `chance_full`, else the part `share` of it: 1 and 0 for a line that says nothing. */
typedef struct pc_budget_line {
    int year; /* financial year; 0 for a reserve */
    pc_budget_side side;
    pc_budget_kind kind;
    char *line;
    int64_t pence;      /* as written; 0 for a modelled line */
    double chance_full; /* 0 to 1 */
    double share;       /* 0 to 1 */
    char *holder;       /* budget holder; "" where none is named */
    char *replaces;     /* name of an intervention, or NULL */
    long row, column;   /* where it stands; column 0: a row of a CSV */
} pc_budget_line;

typedef struct pc_budget {
    size_t n; /* 0: not given */
    pc_budget_line *line;
    char *file;
} pc_budget;

/* Spend to date of one outturn line. */
typedef struct pc_actual {
    int year;
    char *line;
    pc_budget_kind kind;
    int64_t pence; /* in the sign of the line: a saving that was made without a minus */
    char *holder;  /* "": whichever holder has the line */
    pc_day to;     /* its last day */
    long row;
} pc_actual;

typedef struct pc_actuals {
    size_t n; /* 0: not given */
    pc_actual *row;
    char *file;
} pc_actuals;

/* Every problem is reported by row. On failure `out` is empty. PC_ERR_IO, PC_ERR_INPUT, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_budget_load(const char *path, pc_budget *out, pc_diagnostics *diagnostics);
PC_MUST_USE pc_status pc_actuals_load(const char *path, pc_actuals *out, pc_diagnostics *diagnostics);
/* What the line adds to the total of its side, in full: savings and grants of the outturn are taken off. 0
 * for lines that are compared or filled in. */
int64_t pc_budget_effect(const pc_budget_line *line);
/* Whether the outturn of that holder and year has lines of its own. */
bool pc_budget_has_outturn(const pc_budget *self, int year, const char *holder);
void pc_budget_free(pc_budget *self);   /* NULL is fine; may be called twice */
void pc_actuals_free(pc_actuals *self); /* NULL is fine; may be called twice */

#endif
