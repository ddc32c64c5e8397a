#include "intake/map_codes.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/kept_rows.h"

#define ANYWHERE UINT32_MAX /* in place of an authority: in all */

/* Whether the code map has a rule for the row's place and provider. */
static bool provider_fits(const intake *self, const intake_row *row)
{
    int place = intake_code_of(self, row, INTAKE_PLACE)->place,
        provider = intake_code_of(self, row, INTAKE_PROVIDER)->provider;

    return place >= 0 && provider >= 0 && self->codes.place[place].category[provider] != PC_CATEGORY_NONE;
}

static pc_status count_provider(intake_mapper *self, uint32_t la, const intake_row *row)
{
    uint32_t at = (uint32_t)self->n_count;
    pc_status status = intake_pair_add(&self->count_index, la,
                                       (uint32_t)intake_code_of(self->stage, row, INTAKE_PLACE)->place, &at);

    if (status == PC_OK && at == self->n_count) {
        status = pc_grow(&self->count, &self->count_capacity, self->n_count + 1, sizeof *self->count);
        if (status == PC_OK) {
            memset(&self->count[self->n_count++], 0, sizeof *self->count);
        }
    }
    if (status == PC_OK) {
        self->count[at].rows[intake_code_of(self->stage, row, INTAKE_PROVIDER)->provider]++;
    }
    return status;
}

static pc_status count_providers(intake_mapper *self)
{
    const intake *stage = self->stage;
    pc_status status = PC_OK;

    for (size_t r = 0; r < stage->n_kept && status == PC_OK; r++) {
        const intake_row row = intake_unpack(stage, &stage->kept[r]);

        if (!intake_is_short_break(stage, &row) && !intake_ends_before_start(&row) &&
            provider_fits(stage, &row)) {
            status = count_provider(self, stage->child[row.child].la, &row);
            if (status == PC_OK) {
                status = count_provider(self, ANYWHERE, &row);
            }
        }
    }
    return status;
}

/* The commonest provider of the place in the authority, ties to the lowest; -1 when it has none. */
static int commonest_provider(const intake_mapper *self, uint32_t la, int place)
{
    uint32_t at = intake_pair_find(&self->count_index, la, (uint32_t)place);
    int best = -1;

    for (int provider = 0; at != INTAKE_NOT_FOUND && provider < PC_N_PROVIDER; provider++) {
        if (self->count[at].rows[provider] > (best < 0 ? 0 : self->count[at].rows[best])) {
            best = provider;
        }
    }
    return best;
}

static pc_status repair_provider(intake_mapper *self, intake_row *row)
{
    intake *stage = self->stage;
    const intake_code_info *place = intake_code_of(stage, row, INTAKE_PLACE);
    const char *found = intake_code_text(stage, row, INTAKE_PROVIDER), *of = "in the authority";
    int provider = commonest_provider(self, stage->child[row->child].la, place->place);
    pc_status status = PC_OK;

    if (provider < 0) {
        provider = commonest_provider(self, ANYWHERE, place->place);
        of = "in all authorities";
    }
    if (provider < 0) {
        provider = 1;
        of = "assumed: no row gives one";
    }
    if (intake_has_column(stage, row, INTAKE_PROVIDER)) {
        status = intake_note_row(stage, INTAKE_UNKNOWN_PROVIDER, row,
                                 "PLACE_PROVIDER %s%s%s: PR%d taken, the commonest of %s (%s)",
                                 found[0] == '\0' ? "blank" : "`", found, found[0] == '\0' ? "" : "`",
                                 provider, intake_code_text(stage, row, INTAKE_PLACE), of);
    }
    row->code[INTAKE_PROVIDER - INTAKE_FIRST_CODE] = self->provider_code[provider];
    return status;
}

static bool out_of_date(const pc_place_code *place, const intake_row *row)
{
    pc_day last = row->end == row->start ? row->end : row->end - 1;

    return row->start >= place->valid_to || last < place->valid_from;
}

/* The category by place and provider; -1 for a temporary code, which has none of its own. */
static pc_status map_place(intake_mapper *self, intake_row *row, int *category)
{
    intake *stage = self->stage;
    const intake_code_info *place = intake_code_of(stage, row, INTAKE_PLACE);
    const char *text = intake_code_text(stage, row, INTAKE_PLACE);
    int last = (int)stage->codes.n_category - 1;
    pc_status status = PC_OK;

    if (place->temporary) {
        *category = -1;
        return PC_OK;
    }
    if (place->place < 0) {
        *category = last;
        return intake_note_row(stage, INTAKE_UNKNOWN_PLACE, row, "PLACE %s%s%s: category %s",
                               text[0] == '\0' ? "blank" : "`", text, text[0] == '\0' ? "" : "`",
                               stage->codes.category[last].name);
    }
    if (out_of_date(&stage->codes.place[place->place], row)) {
        status = intake_note_row(stage, INTAKE_PLACE_OUT_OF_DATE, row,
                                 "PLACE %s was not in use in those days", text);
    }
    if (status == PC_OK && !place->provider_not_needed && !provider_fits(stage, row)) {
        status = repair_provider(self, row);
    }
    if (status == PC_OK) {
        int provider = intake_code_of(stage, row, INTAKE_PROVIDER)->provider;

        *category = pc_codes_category(&stage->codes, place->place, provider < 0 ? 0 : provider);
    }
    return status;
}

static pc_status note_unknown(intake *self, const intake_row *row, intake_rule rule, intake_column column,
                              const char *name, const char *taken)
{
    const char *text = intake_code_text(self, row, column);

    if (!intake_has_column(self, row, column)) {
        return PC_OK; /* said once, for the file */
    }
    return text[0] == '\0'
               ? intake_note_row(self, rule, row, "%s blank%s", name, taken)
               : intake_note_row(self, rule, row, "%s `%s` is not a national code%s", name, text, taken);
}

static pc_status note_unknown_codes(intake *self, const intake_row *row)
{
    const char *change = intake_code_text(self, row, INTAKE_REASON_CHANGE),
               *ended = intake_code_text(self, row, INTAKE_REC);
    pc_status status = PC_OK;

    if (!intake_code_of(self, row, INTAKE_LS)->legal_status) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_LEGAL_STATUS, INTAKE_LS, "LS", "");
    }
    if (status == PC_OK && !intake_code_of(self, row, INTAKE_CIN)->need) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_NEED, INTAKE_CIN, "CIN", "");
    }
    if (status == PC_OK && intake_code_of(self, row, INTAKE_RNE)->reason_started == 0) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_REASON_STARTED, INTAKE_RNE, "RNE", ": counts as P");
    }
    if (status == PC_OK && change[0] != '\0' &&
        !intake_code_of(self, row, INTAKE_REASON_CHANGE)->reason_change) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_REASON_CHANGE, INTAKE_REASON_CHANGE,
                              "REASON_PLACE_CHANGE", "");
    }
    if (status == PC_OK && ended[0] != '\0' && intake_code_of(self, row, INTAKE_REC)->exit_cause < 0) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_REASON_ENDED, INTAKE_REC, "REC",
                              ": cause `other` if care ended");
    }
    return status;
}

pc_status intake_map_row(intake_mapper *self, intake_row *row, int *category)
{
    pc_status status = map_place(self, row, category);

    return status == PC_OK ? note_unknown_codes(self->stage, row) : status;
}

pc_status intake_mapper_make(intake *stage, intake_mapper *out)
{
    memset(out, 0, sizeof *out);
    out->stage = stage;
    for (int provider = 0; provider < PC_N_PROVIDER; provider++) {
        const char text[] = {'P', 'R', (char)('0' + provider)};

        out->provider_code[provider] = (uint16_t)pc_names_find(&stage->code, text, sizeof text);
    }
    return count_providers(out);
}

void intake_mapper_free(intake_mapper *self)
{
    free(self->count);
    intake_pair_free(&self->count_index);
    memset(self, 0, sizeof *self);
}
