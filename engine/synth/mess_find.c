/* mess_find.c - children whom a defect fits: found by what their rows are like, each used for one defect
 * only, so that no two defects meet.
 */
#include <string.h>

#include "synth/mess.h"

int mess_last_year(const mess *self)
{
    return self->options->first_year + self->options->years - 1;
}

static bool same_child(const mess_episode *a, const mess_episode *b)
{
    return a->authority == b->authority && a->person == b->person;
}

const mess_episode *mess_before(const mess *self, const mess_episode *episode)
{
    return episode > self->episode && same_child(episode - 1, episode) ? episode - 1 : NULL;
}

const mess_episode *mess_after(const mess *self, const mess_episode *episode)
{
    return episode + 1 < self->episode + self->n_episode && same_child(episode + 1, episode) ? episode + 1
                                                                                             : NULL;
}

const mess_episode *mess_find(mess *self, mess_test test)
{
    size_t offset = self->n_episode == 0 ? 0 : gsl_rng_uniform_int(self->rng, self->n_episode);

    for (size_t at = 0; at < self->n_episode; at++) {
        const mess_episode *one = &self->episode[(at + offset) % self->n_episode];

        if (!self->used[one->authority][one->person] && test(self, one)) {
            self->used[one->authority][one->person] = true;
            return one;
        }
    }
    return NULL;
}

mess_row *mess_row_of(const mess *self, synth_table table, const mess_episode *episode, int year)
{
    for (size_t f = 0; f < self->n_file; f++) {
        const mess_file *file = self->file[f];

        for (size_t row = 0; file->table == table && row < file->n; row++) {
            mess_row *one = file->row[row];

            if (one->authority == episode->authority && one->person == episode->person && one->year == year &&
                !one->gone) {
                return one;
            }
        }
    }
    return NULL;
}

static const synth_person *person_of(const mess *self, const mess_episode *episode)
{
    return &self->authority[episode->authority].population.person[episode->person];
}

pc_day mess_adult(const mess *self, const mess_episode *episode)
{
    return pc_birthday(person_of(self, episode)->birth, PC_N_AGE_YEAR);
}

static bool is_local(const mess *self, const mess_episode *episode)
{
    return person_of(self, episode)->stream == PC_STREAM_LOCAL;
}

static bool is_temporary(const mess_episode *episode)
{
    return episode != NULL && episode->newest->cell[EPISODE_PLACE][0] == 'T';
}

static bool has(const mess_episode *episode, size_t column, const char *code)
{
    return strcmp(episode->newest->cell[column], code) == 0;
}

/* The only row of the child in all the returns: began and ended in one year, before the 18th birthday. Not in
 * the first year, where a row that is no start may be the first one of a child. */
bool mess_is_alone(const mess *self, const mess_episode *episode)
{
    int first = self->options->first_year + (self->options->years > 1 ? 1 : 0);

    return episode->n_copy == 1 && mess_before(self, episode) == NULL && mess_after(self, episode) == NULL &&
           is_local(self, episode) && !is_temporary(episode) && has(episode, EPISODE_RNE, "S") &&
           episode->start >= pc_financial_year_first_day(first) && episode->newest->end != PC_DAY_OPEN &&
           episode->newest->end < mess_adult(self, episode);
}

bool mess_is_kin(const mess *self, const mess_episode *episode)
{
    (void)self;
    return has(episode, EPISODE_PLACE, "U3") && has(episode, EPISODE_PROVIDER, "PR1");
}

/* Has ended, and no temporary absence is near: another place code changes nothing but this row. */
bool mess_is_plain(const mess *self, const mess_episode *episode)
{
    return episode->newest->end != PC_DAY_OPEN && !is_temporary(episode) &&
           !is_temporary(mess_before(self, episode)) && !is_temporary(mess_after(self, episode));
}

bool mess_is_plain_foster(const mess *self, const mess_episode *episode)
{
    return mess_is_plain(self, episode) && episode->start >= pc_day_from_date((pc_date){2015, 4, 1}) &&
           (has(episode, EPISODE_PLACE, "U6") || has(episode, EPISODE_PLACE, "U3"));
}

/* The first row of a period of care that began after the first year. */
bool mess_is_first(const mess *self, const mess_episode *episode)
{
    const mess_episode *before = mess_before(self, episode);
    int first = self->options->first_year + (self->options->years > 1 ? 1 : 0);

    return episode->start >= pc_financial_year_first_day(first) && has(episode, EPISODE_RNE, "S") &&
           (before == NULL || before->newest->end < episode->start);
}

/* The last row of a period of care that ended before the 18th birthday. */
bool mess_is_last(const mess *self, const mess_episode *episode)
{
    const mess_episode *next = mess_after(self, episode);

    return episode->newest->end != PC_DAY_OPEN && episode->newest->end < mess_adult(self, episode) &&
           (next == NULL || next->start > episode->newest->end);
}

/* Ended by a move to a new placement, with no temporary absence near. */
bool mess_is_moved(const mess *self, const mess_episode *episode)
{
    const mess_episode *next = mess_after(self, episode);

    return next != NULL && next->start == episode->newest->end && has(next, EPISODE_RNE, "P") &&
           !is_temporary(episode) && !is_temporary(next) && !is_temporary(mess_before(self, episode)) &&
           !is_temporary(mess_after(self, next));
}

/* Care ended for good before the last return, and adulthood came after the next 31 March. */
bool mess_is_leaver(const mess *self, const mess_episode *episode)
{
    int year = episode->newest->year;

    return mess_after(self, episode) == NULL && episode->newest->end != PC_DAY_OPEN &&
           year < mess_last_year(self) && mess_adult(self, episode) > pc_financial_year_first_day(year + 1);
}

bool mess_is_grown(const mess *self, const mess_episode *episode)
{
    pc_day adult = mess_adult(self, episode);

    return episode->newest->end == adult &&
           adult + 10 < pc_financial_year_first_day(episode->newest->year + 1);
}

bool mess_is_grown_now(const mess *self, const mess_episode *episode)
{
    return mess_is_grown(self, episode) && episode->newest->year == mess_last_year(self);
}

bool mess_is_open(const mess *self, const mess_episode *episode)
{
    return mess_after(self, episode) == NULL && episode->newest->end == PC_DAY_OPEN;
}

/* Open at the end, and the only row of the child in the last return; it was the same in the return before. */
bool mess_is_open_long(const mess *self, const mess_episode *episode)
{
    const mess_episode *before = mess_before(self, episode);
    pc_day first = pc_financial_year_first_day(mess_last_year(self));

    return mess_is_open(self, episode) && episode->n_copy > 1 && is_local(self, episode) &&
           (before == NULL || before->newest->end < first) && !is_temporary(episode);
}

bool mess_is_closed(const mess *self, const mess_episode *episode)
{
    (void)self;
    return episode->newest->end != PC_DAY_OPEN;
}

bool mess_is_uasc(const mess *self, const mess_episode *episode)
{
    return !is_local(self, episode);
}
