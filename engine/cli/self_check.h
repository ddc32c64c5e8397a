/* self_check.h - a run back-tests itself: how well this model's past forecasts for these returns did. */
#ifndef PC_SELF_CHECK_H
#define PC_SELF_CHECK_H

#include "session.h"

typedef struct cli_self_check {
    bool done; /* false with --no-backtest */
    bool kept; /* the tables of an earlier run in the folder still hold */
    pc_skill skill;
    pc_skill_headline headline;
    char key[PC_SKILL_KEY_SIZE];
} cli_self_check;

/* Needs the session's episodes and folder. `self` need not be initialised; free it after success and failure
 * alike. */
PC_MUST_USE pc_status cli_self_check_make(cli_self_check *self, cli_session *session,
                                          const cli_options *options, pc_diagnostics *diagnostics);
/* skill.csv and skill_summary.csv, unless they are there or not wanted. */
PC_MUST_USE pc_status cli_self_check_write(const cli_self_check *self, const char *folder,
                                           pc_diagnostics *diagnostics);
/* Adds their names to `output`, which has `n` and room for two more; returns how many there are then. */
size_t cli_self_check_list(const cli_self_check *self, const char **output, size_t n);
/* What the reports say of it. */
void cli_self_check_tell(const cli_self_check *self, const cli_options *options, pc_run_record *record);
/* --round-to */
void cli_self_check_round(cli_self_check *self, const cli_options *options);
void cli_self_check_free(cli_self_check *self);

#endif
