/* tables.c - header, episodes and UASC tables of a return, and the walk over the children that all tables
 * share.
 *
 * A return holds what touched its financial year and was known at its 31 March: a row that ended later is
 * open there, with DEC, REC and the reason for the change blank, and comes again in the next return.
 */
#include <stdio.h>
#include <string.h>

#include "synth/records.h"
#include "synth/returns.h"

#define SUPPORTED_LAST_YEAR 2024 /* H5 and Z1 are in the lists up to the return of 2024/25 */

const char *const synth_table_name[SYNTH_N_TABLE] = {"header",  "episodes", "uasc", "reviews",
                                                     "missing", "oc2",      "oc3"};
const char *const synth_table_column[SYNTH_N_TABLE][SYNTH_MAX_COLUMN] = {
    {"CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"},
    {"CHILD", "DECOM", "RNE", "LS", "CIN", "PLACE", "PLACE_PROVIDER", "DEC", "REC", "REASON_PLACE_CHANGE",
     "HOME_POST", "PL_POST", "URN"},
    {"CHILD", "SEX", "DOB", "DUC"},
    {"CHILD", "DOB", "REVIEW", "REVIEW_CODE"},
    {"CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"},
    {"CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON", "CONVICTED", "HEALTH_CHECK", "IMMUNISATIONS", "TEETH_CHECK",
     "HEALTH_ASSESSMENT", "SUBSTANCE_MISUSE", "INTERVENTION_RECEIVED", "INTERVENTION_OFFERED"},
    {"CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"}};

size_t synth_table_columns(synth_table table)
{
    size_t n = 0;

    while (n < SYNTH_MAX_COLUMN && synth_table_column[table][n] != NULL) {
        n++;
    }
    return n;
}

static void clear(synth_cells *cells, uint32_t person)
{
    for (int column = 0; column < SYNTH_MAX_COLUMN; column++) {
        cells->own[column][0] = '\0';
        cells->text[column] = cells->own[column];
    }
    cells->person = person;
}

static bool has_urn(const char *place, const char *provider)
{
    return strcmp(place, "K1") == 0 || strcmp(place, "K2") == 0 || strcmp(place, "K3") == 0 ||
           (place[0] == 'U' && (strcmp(provider, "PR4") == 0 || strcmp(provider, "PR5") == 0));
}

/* A code that left the list is carried over to its successor in the returns that no longer know it. */
static const char *code_in_year(const char *place, int year)
{
    if (year > SUPPORTED_LAST_YEAR) {
        if (strcmp(place, "H5") == 0 || strcmp(place, "P2") == 0) {
            return "K3";
        }
        if (strcmp(place, "Z1") == 0) {
            return "Z11";
        }
    }
    return place;
}

static void fill_episode(const synth_authority *authority, const synth_period *period, const synth_rows *rows,
                         const synth_row *row, int year, synth_cells *out)
{
    const char *place = code_in_year(row->placement.place, year);
    bool open = row->end >= pc_financial_year_first_day(year + 1);
    bool home = strcmp(place, "P1") == 0;

    clear(out, period->person);
    synth_child_text(period->person, out->own[0]);
    synth_day_text(row->start, out->own[1]);
    out->text[2] = row->reason_started;
    out->text[3] = row->legal_status;
    out->text[4] = row->need;
    out->text[5] = place;
    out->text[6] = row->placement.provider;
    synth_day_text(open ? PC_DAY_OPEN : row->end, out->own[7]);
    out->text[8] = open ? "" : row->reason_ended;
    out->text[9] = open ? "" : row->reason_change;
    if (authority->population.person[period->person].stream == PC_STREAM_LOCAL) {
        synth_postcode_text(rows->home_postcode, out->own[10]);
        synth_postcode_text(home ? rows->home_postcode : row->placement.postcode + 100, out->own[11]);
    }
    if (has_urn(place, row->placement.provider)) {
        snprintf(out->own[12], sizeof out->own[12], "9%06lu", (unsigned long)row->placement.urn);
    }
}

static pc_status emit_episodes(synth_visit *self, const synth_period *period, size_t number)
{
    pc_day first = pc_financial_year_first_day(self->year),
           next = pc_financial_year_first_day(self->year + 1);
    pc_status status = synth_rows_make(&self->rows, &self->authority->population, number,
                                       self->authority->key, self->authority->first_day);

    for (size_t at = 0; status == PC_OK && at < self->rows.n; at++) {
        const synth_row *row = &self->rows.row[at];

        if (row->start < next && row->end >= first) {
            fill_episode(self->authority, period, &self->rows, row, self->year, &self->cells);
            status = self->sink(self->context, &self->cells);
        }
    }
    return status;
}

/* DUC: the day the child ceased to be unaccompanied, given when care ended in the year. */
static pc_status emit_uasc(synth_visit *self, uint32_t person, pc_day ceased)
{
    const synth_person *who = &self->authority->population.person[person];

    if (who->stream != PC_STREAM_UASC) {
        return PC_OK;
    }
    clear(&self->cells, person);
    synth_child_text(person, self->cells.own[0]);
    self->cells.text[1] = synth_person_sex(self->authority, person, self->year);
    synth_day_text(who->birth, self->cells.own[2]);
    synth_day_text(ceased, self->cells.own[3]);
    return self->sink(self->context, &self->cells);
}

static pc_status emit_child(synth_visit *self, uint32_t person, const synth_period *last)
{
    pc_day next = pc_financial_year_first_day(self->year + 1);

    switch (self->table) {
    case SYNTH_HEADER:
        synth_person_header(self->authority, person, self->year, &self->cells);
        return self->sink(self->context, &self->cells);
    case SYNTH_UASC:
        return emit_uasc(self, person, last->end < next ? last->end : PC_DAY_OPEN);
    case SYNTH_OC2:
        clear(&self->cells, person);
        return synth_emit_outcomes(self, person, last);
    case SYNTH_EPISODES:
    case SYNTH_REVIEWS:
    case SYNTH_MISSING:
    case SYNTH_OC3:
    case SYNTH_N_TABLE:
        break;
    }
    return PC_OK;
}

static pc_status emit_period(synth_visit *self, size_t number)
{
    const synth_period *period = &self->authority->population.period[number];

    switch (self->table) {
    case SYNTH_EPISODES:
        return emit_episodes(self, period, number);
    case SYNTH_REVIEWS:
        clear(&self->cells, period->person);
        return synth_emit_reviews(self, period, number);
    case SYNTH_MISSING:
        clear(&self->cells, period->person);
        return synth_emit_missing(self, period, number);
    case SYNTH_OC3:
        clear(&self->cells, period->person);
        return synth_emit_leaver(self, period);
    case SYNTH_HEADER:
    case SYNTH_UASC:
    case SYNTH_OC2:
    case SYNTH_N_TABLE:
        break;
    }
    return PC_OK;
}

pc_status synth_table_emit(const synth_authority *authority, synth_table table, int year, synth_sink sink,
                           void *context)
{
    synth_visit self = {
        .authority = authority, .table = table, .year = year, .sink = sink, .context = context};
    const synth_period *period = authority->population.period;
    pc_day first = pc_financial_year_first_day(year), next = pc_financial_year_first_day(year + 1);
    pc_status status = synth_rows_init(&self.rows);

    for (size_t at = 0; status == PC_OK && at < authority->n_period;) {
        uint32_t person = period[authority->period[at]].person;
        const synth_period *last = NULL;

        for (; status == PC_OK && at < authority->n_period && period[authority->period[at]].person == person;
             at++) {
            const synth_period *one = &period[authority->period[at]];
            bool in_return = one->start < next && one->end >= first;

            last = in_return ? one : last;
            if (in_return || (table == SYNTH_OC3 && one->end < first)) {
                status = emit_period(&self, authority->period[at]);
            }
        }
        if (status == PC_OK && last != NULL) {
            status = emit_child(&self, person, last);
        }
    }
    synth_rows_free(&self.rows);
    return status;
}
