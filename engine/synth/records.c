/* records.c - reviews, missing episodes, yearly outcomes and care leavers.
 *
 * Reviews by the statutory timetable: within 20 working days of the start, within three months of that, then
 * every six. Outcomes (OC2) are for those in care for the twelve months to 31 March, care leavers (OC3)
 * around the 17th to 21st birthdays of those who left at 16 or later. The shares are of a likely size and
 * stand for nothing.
 */
#include "synth/records.h"

#include <math.h>
#include <stdio.h>

static pc_random_block record_draw(const synth_authority *authority, size_t number, uint32_t draw)
{
    return pc_random(authority->key, SYNTH_ENTITY_RECORDS + number, PC_PURPOSE_SYNTH, draw);
}

static void start_row(synth_visit *self, uint32_t person)
{
    synth_child_text(person, self->cells.own[0]);
    synth_day_text(self->authority->population.person[person].birth, self->cells.own[1]);
}

pc_status synth_emit_reviews(synth_visit *self, const synth_period *period, size_t number)
{
    static const char *const code[] = {"PN1", "PN1", "PN1", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7"};
    pc_day first = pc_financial_year_first_day(self->year),
           next = pc_financial_year_first_day(self->year + 1);
    pc_day birth = self->authority->population.person[period->person].birth, day = period->start + 26;
    pc_status status = PC_OK;

    for (uint32_t review = 0; status == PC_OK && day < next && day < period->end; review++) {
        pc_random_block word = record_draw(self->authority, number, review);

        if (day >= first) {
            start_row(self, period->person);
            synth_day_text(day, self->cells.own[2]);
            self->cells.text[3] = pc_age_years(birth, day) < 4 ? "PN0" : code[word.word[0] % 10];
            status = self->sink(self->context, &self->cells);
        }
        day += (review == 0 ? 84 : 175) + (pc_day)(word.word[1] % 7);
    }
    return status;
}

/* One child in eight aged 11 or over goes missing at times, about every three months. */
pc_status synth_emit_missing(synth_visit *self, const synth_period *period, size_t number)
{
    pc_day first = pc_financial_year_first_day(self->year),
           next = pc_financial_year_first_day(self->year + 1);
    pc_day birth = self->authority->population.person[period->person].birth, day = period->start;
    pc_day eleven = pc_birthday(birth, 11);
    pc_status status = PC_OK;

    day = day < eleven ? eleven : day;
    if (pc_uniform(record_draw(self->authority, number, 1u << 20).word[0]) >= 0.125) {
        return PC_OK;
    }
    for (uint32_t time = 0; status == PC_OK; time++) {
        pc_random_block word = record_draw(self->authority, number, (1u << 20) + 1 + time);
        pc_day back;

        day += 2 + (pc_day)(-90.0 * log(pc_uniform(word.word[0])));
        back = day + 1 + (pc_day)(word.word[1] % 4);
        if (day >= next || back >= period->end) {
            break;
        }
        if (back >= first) {
            start_row(self, period->person);
            self->cells.text[2] = word.word[2] % 3 == 0 ? "A" : "M";
            synth_day_text(day, self->cells.own[3]);
            synth_day_text(back < next ? back : PC_DAY_OPEN, self->cells.own[4]);
            status = self->sink(self->context, &self->cells);
        }
        day = back;
    }
    return status;
}

pc_status synth_emit_outcomes(synth_visit *self, uint32_t person, const synth_period *last)
{
    pc_day first = pc_financial_year_first_day(self->year),
           next = pc_financial_year_first_day(self->year + 1);
    int years = pc_age_years(self->authority->population.person[person].birth, next - 1);
    pc_random_block word = synth_person_draw(self->authority, person, 100 + (uint32_t)self->year);
    synth_cells *cells = &self->cells;
    bool scored = years >= 4 && years <= 16 && word.word[0] % 5 != 0;
    bool misuse = years >= 10 && word.word[1] % 25 == 0, received = word.word[1] / 25 % 2 == 0;

    if (last->start > first || last->end < next) {
        return PC_OK;
    }
    start_row(self, person);
    if (scored) {
        snprintf(cells->own[2], sizeof cells->own[2], "%u",
                 (word.word[0] / 5 % 24 + word.word[0] / 120 % 12));
    } else {
        cells->text[3] = years >= 4 && years <= 16 ? "SDQ2" : "";
    }
    cells->text[3] = scored ? "" : cells->text[3];
    cells->text[4] = years >= 10 && word.word[2] % 33 == 0 ? "1" : "0";
    cells->text[5] = years >= 5 ? "" : word.word[2] / 33 % 8 == 0 ? "0" : "1";
    cells->text[6] = word.word[3] % 7 == 0 ? "0" : "1";
    cells->text[7] = word.word[3] / 7 % 5 == 0 ? "0" : "1";
    cells->text[8] = word.word[3] / 35 % 9 == 0 ? "0" : "1";
    cells->text[9] = misuse ? "1" : "0";
    cells->text[10] = misuse ? (received ? "1" : "0") : "";
    cells->text[11] = misuse && !received ? "1" : "";
    return self->sink(self->context, cells);
}

pc_status synth_emit_leaver(synth_visit *self, const synth_period *period)
{
    static const char *const touch[] = {"YES", "YES", "YES", "YES", "YES", "YES", "YES", "YES", "NO", "RHOM"};
    static const char *const activity[] = {"F1", "F2", "F4", "F5", "P1", "P2", "G4", "G5", "G6", "F2"};
    static const char *const home[] = {"B1", "B1", "C1", "D1", "E1", "K1", "T1", "U1", "U1", "Z1"};
    const synth_person *who = &self->authority->population.person[period->person];
    pc_day first = pc_financial_year_first_day(self->year),
           next = pc_financial_year_first_day(self->year + 1);
    pc_random_block word = synth_person_draw(self->authority, period->person, 5000 + (uint32_t)self->year);
    bool left =
        period->end < next && period->end >= pc_birthday(who->birth, 16) && period->end - period->start >= 91;

    if (!left || (period->cause != PC_EXIT_AGE_OUT && period->cause != PC_EXIT_OTHER)) {
        return PC_OK;
    }
    for (int years = 17; years <= 21; years++) {
        pc_day birthday = pc_birthday(who->birth, years);

        if (birthday >= first && birthday < next && birthday >= period->end) {
            size_t contact = word.word[0] % 10;

            start_row(self, period->person);
            self->cells.text[2] = touch[contact];
            self->cells.text[3] = contact < 8 ? activity[word.word[1] % 10] : "0";
            self->cells.text[4] = contact < 8 ? home[word.word[2] % 10] : "0";
            return self->sink(self->context, &self->cells);
        }
    }
    return PC_OK;
}
