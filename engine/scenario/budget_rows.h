/* budget_rows.h - one budget line from its texts, whether a row of budget.csv or an item of the list
 * `budget`. Private to scenario/. */
#ifndef PC_SCENARIO_BUDGET_ROWS_H
#define PC_SCENARIO_BUDGET_ROWS_H

#include "placecast/budget.h"
#include "scenario/reader.h"

typedef enum budget_column {
    BUDGET_YEAR,
    BUDGET_SIDE,
    BUDGET_LINE,
    BUDGET_KIND,
    BUDGET_AMOUNT,
    BUDGET_CONFIDENCE,
    BUDGET_SHARE,
    BUDGET_HOLDER,
    BUDGET_REPLACES,
    BUDGET_N_COLUMN
} budget_column;

extern const char *const budget_column_name[BUDGET_N_COLUMN];

/* Where problems go: `column` is what the message is about, `message` what was found and expected. */
typedef struct budget_complaint {
    void (*wrong)(void *context, budget_column column, const char *message);
    void (*warn)(void *context, budget_column column, const char *message);
    void *context;
    size_t n; /* wrong so far */
} budget_complaint;

/* Reads a line from texts, "" for what is not given. Every problem is told; *ok is false when there is one,
 * and `out` is then empty. PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status budget_line_read(const char *const text[BUDGET_N_COLUMN], budget_complaint *complaint,
                                       pc_budget_line *out, bool *ok);
void budget_line_free(pc_budget_line *self);
/* Adds it to the table; on failure the line stays with the caller. */
PC_MUST_USE pc_status budget_add(pc_budget *self, size_t *capacity, const pc_budget_line *line);
/* Pounds with at most two decimals as pence; false when it is none or beyond 10,000,000,000. */
bool budget_pence_parse(const char *text, int64_t *out);
/* One of the kinds; false when it is none. */
bool budget_kind_parse(const char *text, pc_budget_kind *out);
/* "opening, growth, ... or reserve". Returns `text`. */
char *budget_kinds(char text[SCENARIO_TEXT_SIZE]);

/* The key `budget`: a path, or a list of lines. */
void scenario_read_budget(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base);
void *scenario_open_budget_line(scenario_reader *reader, const char *name, pc_place place);
void scenario_close_budget_line(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                                void *element);

/* A line of the list while it is read: the texts of its keys. */
typedef struct scenario_budget_line {
    char *text[BUDGET_N_COLUMN];
} scenario_budget_line;

/* What only all lines together can say: openings, years, what the simulation is to fill; and spend to date
 * beside them. PC_ERR_INPUT. */
PC_MUST_USE pc_status scenario_check_budget(const pc_scenario *scenario, pc_diagnostics *diagnostics);
/* Warns of savings that leave the budget for good and the outturn for a year alone. */
void scenario_warn_of_savings(const pc_scenario *scenario, pc_diagnostics *diagnostics);
/* Where a line of the budget stands: row and column of its file, or line and column of the scenario. */
pc_place budget_place(const pc_budget *budget, const pc_budget_line *line, const char *column);
/* That modelled lines name a category of the code map or a cost measure. */
void scenario_check_budget_codes(scenario_reader *reader, const pc_codes *codes, const pc_scenario *scenario);

#endif
