#include "placecast/episodes.h"

#include <stdlib.h>
#include <string.h>

const int pc_age_band_first_year[PC_N_AGE_BAND + 1] = {0, 1, 5, 10, 16, 18};

const char *pc_stream_name(pc_stream stream)
{
    static const char *const name[PC_N_STREAM] = {"local", "uasc"};

    return (unsigned)stream < PC_N_STREAM ? name[stream] : "";
}

const char *pc_age_band_name(int band)
{
    static const char *const name[PC_N_AGE_BAND] = {"0", "1-4", "5-9", "10-15", "16-17"};

    return band >= 0 && band < PC_N_AGE_BAND ? name[band] : "";
}

int pc_age_band_of_years(int years)
{
    int band = 0;

    while (band + 1 < PC_N_AGE_BAND && years >= pc_age_band_first_year[band + 1]) {
        band++;
    }
    return band;
}

const char *pc_exit_cause_name(pc_exit_cause cause)
{
    static const char *const name[PC_N_EXIT_CAUSE] = {"home",     "order", "adoption",
                                                      "transfer", "other", "age_out"};

    return (unsigned)cause < PC_N_EXIT_CAUSE ? name[cause] : "";
}

pc_clean_options pc_clean_options_default(void)
{
    return (pc_clean_options){
        .folder = NULL, .codes = NULL, .extract = PC_DAY_NONE, .chunk = 0, .known_until = PC_DAY_NONE};
}

size_t pc_episodes_children_on(const pc_episodes *self, uint32_t la, pc_day day)
{
    size_t children = 0;

    for (size_t row = 0; row < self->n; row++) { /* rows of a child do not overlap: each child counts once */
        const pc_episode *episode = &self->row[row];

        if (episode->start <= day && day < episode->end &&
            (la == PC_NAME_NONE || self->child[episode->child].la == la)) {
            children++;
        }
    }
    return children;
}

static bool codes_known(const pc_episodes *self, const pc_episode *row)
{
    const uint16_t code[] = {row->place,       row->provider,       row->legal_status,
                             row->need,        row->reason_started, row->reason_place_change,
                             row->reason_ended};

    for (size_t c = 0; c < sizeof code / sizeof code[0]; c++) {
        if (code[c] >= self->code.n) {
            return false;
        }
    }
    return true;
}

static bool row_ok(const pc_episodes *self, const pc_episode *row)
{
    return row->child < self->n_child && row->category < self->codes.n_category &&
           row->transition < PC_N_TRANSITION && row->exit_cause <= PC_N_EXIT_CAUSE &&
           row->start <= row->end && row->start <= self->extract &&
           (row->end <= self->extract || row->end == PC_DAY_OPEN) &&
           row->care_start <= row->placement_start && row->placement_start <= row->start &&
           row->placement >= 1 && codes_known(self, row);
}

/* How `row` follows `before`, the row before it in the table. */
static bool follows_ok(const pc_episode *before, const pc_episode *row)
{
    bool same_child = before->child == row->child;
    bool continues = same_child && before->end == row->start;

    if (before->child > row->child ||
        (same_child && (before->end > row->start || before->start >= row->start))) {
        return false;
    }
    if (continues != (row->transition != PC_TRANSITION_START) ||
        (continues && row->care_start != before->care_start)) {
        return false;
    }
    if (row->transition == PC_TRANSITION_MOVE && row->placement_start != row->start) {
        return false;
    }
    /* a period of care that has ended has a cause, a row that goes on has none */
    return (before->exit_cause == PC_N_EXIT_CAUSE) == continues;
}

static bool child_ok(const pc_episodes *self, size_t child)
{
    const pc_child_record *record = &self->child[child];

    if (record->la >= self->la.n || record->name >= self->child_name.n || record->stream >= PC_N_STREAM) {
        return false;
    }
    if (child > 0) {
        const pc_child_record *before = &self->child[child - 1];
        int order = strcmp(pc_names_text(&self->la, before->la), pc_names_text(&self->la, record->la));

        if (order == 0) {
            order = strcmp(pc_names_text(&self->child_name, before->name),
                           pc_names_text(&self->child_name, record->name));
        }
        return order < 0;
    }
    return true;
}

pc_status pc_episodes_check(const pc_episodes *self)
{
    for (size_t child = 0; child < self->n_child; child++) {
        if (!child_ok(self, child)) {
            return PC_ERR_INTERNAL;
        }
    }
    for (size_t row = 0; row < self->n; row++) {
        const pc_episode *episode = &self->row[row];
        bool last = row + 1 == self->n || self->row[row + 1].child != episode->child;
        bool first = row == 0 || self->row[row - 1].child != episode->child;

        if (!row_ok(self, episode) || (row > 0 && !first && !follows_ok(&self->row[row - 1], episode)) ||
            (row > 0 && self->row[row - 1].child > episode->child) ||
            (episode->transition == PC_TRANSITION_START &&
             (episode->care_start != episode->start || episode->placement != 1)) ||
            (first && episode->transition != PC_TRANSITION_START) ||
            (last && (episode->exit_cause == PC_N_EXIT_CAUSE) != (episode->end == PC_DAY_OPEN))) {
            return PC_ERR_INTERNAL;
        }
        pc_day birth = self->child[episode->child].birth;

        if (birth != PC_DAY_NONE && (episode->start < birth || (episode->end != PC_DAY_OPEN &&
                                                                episode->end > pc_birthday(birth, 18)))) {
            return PC_ERR_INTERNAL;
        }
    }
    return PC_OK;
}

void pc_episodes_free(pc_episodes *self)
{
    if (self == NULL) {
        return;
    }
    free(self->row);
    free(self->child);
    free(self->la_from);
    free(self->la_to);
    free(self->official.date);
    free(self->official.children);
    pc_names_free(&self->la);
    pc_names_free(&self->child_name);
    pc_names_free(&self->code);
    pc_codes_free(&self->codes);
    memset(self, 0, sizeof *self);
}

void pc_quality_free(pc_quality *self)
{
    if (self == NULL) {
        return;
    }
    free(self->line);
    pc_names_free(&self->file);
    pc_names_free(&self->path);
    pc_names_free(&self->what);
    memset(self, 0, sizeof *self);
}

void pc_tieout_free(pc_tieout *self)
{
    if (self != NULL) {
        free(self->row);
        memset(self, 0, sizeof *self);
    }
}
