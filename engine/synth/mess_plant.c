/* mess_plant.c - plants each kind of defect, and keeps the list of what was planted. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "synth/mess.h"

#define MANY_EPISODES 1500 /* from here on each kind of defect is planted twice */

static pc_status add(mess *self, const mess_planted *line)
{
    pc_status status =
        pc_grow(&self->planted, &self->planted_capacity, self->n_planted + 1, sizeof *self->planted);

    if (status == PC_OK) {
        self->planted[self->n_planted++] = *line;
    }
    return status;
}

pc_status mess_record(mess *self, intake_rule rule, const mess_row *row, const char *action, pc_day episode,
                      const char *expected)
{
    mess_planted line = {.rule = rule, .file = row->file, .row = row, .action = action};
    char day[PC_DAY_TEXT_SIZE];
    pc_status status = PC_OK;

    line.la = self->authority[row->authority].name;
    line.child = row->cell[0]; /* CHILD comes first in every table */
    line.recoverable = expected == NULL;
    if (expected != NULL) {
        line.expected = pc_copy_text(expected);
        line.episode = pc_copy_text(episode == PC_DAY_NONE ? "all" : pc_day_format(episode, day));
        status = line.expected == NULL || line.episode == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    if (status == PC_OK) {
        status = add(self, &line);
    }
    if (status != PC_OK) {
        free(line.expected);
        free(line.episode);
    }
    return status;
}

pc_status mess_record_file(mess *self, intake_rule rule, const mess_file *file, const char *la,
                           const char *action)
{
    mess_planted line = {
        .rule = rule, .file = file, .la = la, .child = "", .action = action, .recoverable = true};

    return add(self, &line);
}

static pc_status plant_list(mess *self, const mess_defect *list, int times)
{
    pc_status status = PC_OK;

    for (const mess_defect *defect = list; defect->plant != NULL && status == PC_OK; defect++) {
        for (int time = 0; time < times && status == PC_OK; time++) {
            bool found = false;

            status = defect->plant(self, &found);
            if (status == PC_OK && !found && time == 0) {
                pc_diagnostics_add(self->diagnostics, PC_WARNING, (pc_place){0},
                                   "defect %s is not planted: these returns hold no place for it",
                                   intake_rule_name(defect->rule));
            }
        }
    }
    return status;
}

pc_status mess_plant_all(mess *self)
{
    int times = self->n_episode >= MANY_EPISODES ? 2 : 1;
    pc_status status = plant_list(self, mess_date_defects, times);

    if (status == PC_OK) {
        status = plant_list(self, mess_code_defects, times);
    }
    if (status == PC_OK) {
        status = plant_list(self, mess_people_defects, times);
    }
    if (status == PC_OK) {
        status = plant_list(self, mess_row_defects, times);
    }
    return status == PC_OK ? plant_list(self, mess_file_defects, 1) : status;
}
