/* chain.c - periods of care, placements and moves: what each repaired row is (docs/cleaning.md, "What a row
 * is"). */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/intake.h"

/* How often each provider stands with a place code, in an authority or (la = ANYWHERE) in all. */
#define ANYWHERE UINT32_MAX

typedef struct provider_count {
    long rows[PC_N_PROVIDER];
} provider_count;

typedef struct chain {
    intake *stage;
    pc_episodes *out;
    size_t row_capacity;
    provider_count *count;
    size_t n_count, count_capacity;
    intake_pair_index count_index;         /* (la, place) -> count */
    uint16_t provider_code[PC_N_PROVIDER]; /* numbers of PR0 to PR5 */
} chain;

static uint16_t number_of(const intake_row *row, intake_column column)
{
    return row->code[column - INTAKE_FIRST_CODE];
}

static const intake_code_info *code_of(const intake *self, const intake_row *row, intake_column column)
{
    return &self->code_info[number_of(row, column)];
}

static const char *text_of(const intake *self, const intake_row *row, intake_column column)
{
    return pc_names_text(&self->code, number_of(row, column));
}

static bool has_column(const intake *self, const intake_row *row, intake_column column)
{
    return self->file[row->file].column[column] >= 0;
}

/* ---- providers and categories ---- */

/* Whether the code map has a rule for the row's place and provider. */
static bool provider_fits(const intake *self, const intake_row *row)
{
    int place = code_of(self, row, INTAKE_PLACE)->place,
        provider = code_of(self, row, INTAKE_PROVIDER)->provider;

    return place >= 0 && provider >= 0 && self->codes.place[place].category[provider] != PC_CATEGORY_NONE;
}

static pc_status count_provider(chain *self, uint32_t la, const intake_row *row)
{
    uint32_t at = (uint32_t)self->n_count;
    pc_status status = intake_pair_add(&self->count_index, la,
                                       (uint32_t)code_of(self->stage, row, INTAKE_PLACE)->place, &at);

    if (status == PC_OK && at == self->n_count) {
        status = pc_grow(&self->count, &self->count_capacity, self->n_count + 1, sizeof *self->count);
        if (status == PC_OK) {
            memset(&self->count[self->n_count++], 0, sizeof *self->count);
        }
    }
    if (status == PC_OK) {
        self->count[at].rows[code_of(self->stage, row, INTAKE_PROVIDER)->provider]++;
    }
    return status;
}

static pc_status count_providers(chain *self)
{
    const intake *stage = self->stage;
    pc_status status = PC_OK;

    for (size_t r = 0; r < stage->n_row && status == PC_OK; r++) {
        const intake_row *row = &stage->row[r];

        if (!row->dropped && provider_fits(stage, row)) {
            status = count_provider(self, stage->child[row->child].la, row);
            if (status == PC_OK) {
                status = count_provider(self, ANYWHERE, row);
            }
        }
    }
    return status;
}

/* The commonest provider of the place in the authority, ties to the lowest; -1 when it has none. */
static int commonest_provider(const chain *self, uint32_t la, int place)
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

static pc_status repair_provider(chain *self, intake_row *row)
{
    intake *stage = self->stage;
    const intake_code_info *place = code_of(stage, row, INTAKE_PLACE);
    const char *found = text_of(stage, row, INTAKE_PROVIDER), *of = "in the authority";
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
    if (has_column(stage, row, INTAKE_PROVIDER)) {
        status = intake_note_row(stage, INTAKE_UNKNOWN_PROVIDER, row,
                                 "PLACE_PROVIDER %s%s%s: PR%d taken, the commonest of %s (%s)",
                                 found[0] == '\0' ? "blank" : "`", found, found[0] == '\0' ? "" : "`",
                                 provider, text_of(stage, row, INTAKE_PLACE), of);
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
static pc_status map_row(chain *self, intake_row *row, int *category)
{
    intake *stage = self->stage;
    const intake_code_info *place = code_of(stage, row, INTAKE_PLACE);
    const char *text = text_of(stage, row, INTAKE_PLACE);
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
        int provider = code_of(stage, row, INTAKE_PROVIDER)->provider;

        *category = pc_codes_category(&stage->codes, place->place, provider < 0 ? 0 : provider);
    }
    return status;
}

/* ---- other codes ---- */

static pc_status note_unknown(intake *self, const intake_row *row, intake_rule rule, intake_column column,
                              const char *name, const char *taken)
{
    const char *text = text_of(self, row, column);

    if (!has_column(self, row, column)) {
        return PC_OK; /* said once, for the file */
    }
    return text[0] == '\0'
               ? intake_note_row(self, rule, row, "%s blank%s", name, taken)
               : intake_note_row(self, rule, row, "%s `%s` is not a national code%s", name, text, taken);
}

static pc_status note_unknown_codes(intake *self, const intake_row *row)
{
    const char *change = text_of(self, row, INTAKE_REASON_CHANGE), *ended = text_of(self, row, INTAKE_REC);
    pc_status status = PC_OK;

    if (!code_of(self, row, INTAKE_LS)->legal_status) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_LEGAL_STATUS, INTAKE_LS, "LS", "");
    }
    if (status == PC_OK && !code_of(self, row, INTAKE_CIN)->need) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_NEED, INTAKE_CIN, "CIN", "");
    }
    if (status == PC_OK && code_of(self, row, INTAKE_RNE)->reason_started == 0) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_REASON_STARTED, INTAKE_RNE, "RNE", ": counts as P");
    }
    if (status == PC_OK && change[0] != '\0' && !code_of(self, row, INTAKE_REASON_CHANGE)->reason_change) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_REASON_CHANGE, INTAKE_REASON_CHANGE,
                              "REASON_PLACE_CHANGE", "");
    }
    if (status == PC_OK && ended[0] != '\0' && code_of(self, row, INTAKE_REC)->exit_cause < 0) {
        status = note_unknown(self, row, INTAKE_UNKNOWN_REASON_ENDED, INTAKE_REC, "REC",
                              ": cause `other` if care ended");
    }
    return status;
}

/* ---- periods of care ---- */

/* One period of care: rows of a child, each beginning the day the last one ended. */
typedef struct period {
    intake_row *const *row; /* [n]; none is dropped */
    const int *category;    /* [n]; -1: temporary */
    size_t n;
} period;

/* The placement that a child has, as rows of a period go by. */
typedef struct placement {
    const intake_row *row; /* its latest row that is not temporary; NULL: none yet */
    int category;
    uint16_t number;
    pc_day start;
} placement;

/* The reason for the change is on the row that ended. Where that is blank, a row that is open or ends care
 * has its own reason for its beginning only. */
static bool is_status_only(const intake *self, const period *in, size_t r)
{
    if (text_of(self, in->row[r - 1], INTAKE_REASON_CHANGE)[0] != '\0') {
        return code_of(self, in->row[r - 1], INTAKE_REASON_CHANGE)->status_only;
    }
    return r + 1 == in->n && code_of(self, in->row[r], INTAKE_REASON_CHANGE)->status_only;
}

static bool same_place(const intake_row *a, const intake_row *b)
{
    return number_of(a, INTAKE_PLACE) == number_of(b, INTAKE_PLACE) &&
           number_of(a, INTAKE_PROVIDER) == number_of(b, INTAKE_PROVIDER);
}

static pc_transition judge_transition(const intake *self, const period *in, size_t r, const placement *now)
{
    char reason = code_of(self, in->row[r], INTAKE_RNE)->reason_started;
    bool after_temporary = r > 0 && in->category[r - 1] < 0;

    if (r == 0) {
        return PC_TRANSITION_START;
    }
    if (in->category[r] < 0) {
        return PC_TRANSITION_CONTINUE;
    }
    if (after_temporary && (now->row == NULL || same_place(now->row, in->row[r]))) {
        return PC_TRANSITION_CONTINUE;
    }
    if (reason != 'T' && reason != 'U' && reason != 'L' && !is_status_only(self, in, r)) {
        return PC_TRANSITION_MOVE;
    }
    return in->category[r] != now->category ? PC_TRANSITION_STATUS : PC_TRANSITION_CONTINUE;
}

/* The cause when care ends with the row, else PC_N_EXIT_CAUSE. */
static pc_status judge_exit(intake *self, const intake_row *row, uint8_t *cause)
{
    pc_day birth = self->child[row->child].birth;
    int by_code = code_of(self, row, INTAKE_REC)->exit_cause;
    const char *text = text_of(self, row, INTAKE_REC);

    if (row->end == PC_DAY_OPEN) {
        *cause = PC_N_EXIT_CAUSE;
        return PC_OK;
    }
    if (birth != PC_DAY_NONE && row->end == pc_birthday(birth, 18)) {
        *cause = PC_EXIT_AGE_OUT;
        return PC_OK;
    }
    *cause = row->stale || by_code < 0 || by_code == PC_N_EXIT_CAUSE ? PC_EXIT_OTHER : (uint8_t)by_code;
    if (!row->stale && (text[0] == '\0' || by_code == PC_N_EXIT_CAUSE) && has_column(self, row, INTAKE_REC)) {
        return intake_note_row(self, INTAKE_ENDED_WITHOUT_REASON, row,
                               "care ended with REC %s: cause `other`", text[0] == '\0' ? "blank" : text);
    }
    return PC_OK;
}

/* RNE against dates: dates decide. */
static pc_status note_reason_started(intake *self, const period *in, size_t r, bool first_of_child)
{
    const intake_row *row = in->row[r];
    char reason = code_of(self, row, INTAKE_RNE)->reason_started;
    const intake_child *child = &self->child[row->child];
    const intake_return *first = &self->ret[self->first_return[child->la]];

    if (r > 0) {
        return reason == 'S' ? intake_note_row(self, INTAKE_S_IN_CARE, row,
                                               "RNE S on the day the last episode ended: counts as P")
                             : PC_OK;
    }
    if (reason == 'S' || reason == 0) {
        return PC_OK; /* an unknown one is listed as such */
    }
    if (first_of_child && first->financial_year != INTAKE_NO_YEAR &&
        row->start < pc_financial_year_first_day(first->financial_year)) {
        return PC_OK; /* care began before the first return, which need not hold that row */
    }
    return intake_note_row(self, INTAKE_START_WITHOUT_S, row,
                           "RNE %c after no earlier episode or a gap: counts as a start", reason);
}

static int category_after(const period *in)
{
    for (size_t r = 0; r < in->n; r++) {
        if (in->category[r] >= 0) {
            return in->category[r];
        }
    }
    return -1;
}

static pc_status note_temporary_alone(intake *self, const period *in, size_t r)
{
    return intake_note_row(self, INTAKE_TEMPORARY_ALONE, in->row[r], "%s interrupts no placement: %s",
                           text_of(self, in->row[r], INTAKE_PLACE),
                           category_after(in) < 0 ? "the last category taken"
                                                  : "that of the next placement taken");
}

static pc_status add_episode(chain *self, uint32_t child, const period *in, size_t r,
                             pc_transition transition, const placement *now)
{
    pc_episodes *out = self->out;
    const intake_row *row = in->row[r];
    uint8_t cause = PC_N_EXIT_CAUSE;
    pc_status status = r + 1 == in->n ? judge_exit(self->stage, row, &cause) : PC_OK;

    if (status == PC_OK) {
        status = pc_grow(&out->row, &self->row_capacity, out->n + 1, sizeof *out->row);
    }
    if (status == PC_OK) {
        out->row[out->n++] = (pc_episode){.child = child,
                                          .start = row->start,
                                          .end = row->end,
                                          .category = (uint8_t)now->category,
                                          .transition = (uint8_t)transition,
                                          .exit_cause = cause,
                                          .placement = now->number,
                                          .place = number_of(row, INTAKE_PLACE),
                                          .provider = number_of(row, INTAKE_PROVIDER),
                                          .legal_status = number_of(row, INTAKE_LS),
                                          .need = number_of(row, INTAKE_CIN),
                                          .reason_started = number_of(row, INTAKE_RNE),
                                          .reason_place_change = number_of(row, INTAKE_REASON_CHANGE),
                                          .reason_ended = number_of(row, INTAKE_REC),
                                          .care_start = in->row[0]->start,
                                          .placement_start = now->start};
    }
    return status;
}

static pc_status chain_period(chain *self, uint32_t child, const period *in, bool first_of_child)
{
    intake *stage = self->stage;
    placement now = {NULL, category_after(in), 1, in->row[0]->start};
    pc_status status = PC_OK;

    if (now.category < 0) {
        now.category = (int)stage->codes.n_category - 1;
    }
    for (size_t r = 0; r < in->n && status == PC_OK; r++) {
        pc_transition transition = judge_transition(stage, in, r, &now);

        if (in->category[r] < 0 && now.row == NULL) {
            status = note_temporary_alone(stage, in, r);
        }
        if (transition == PC_TRANSITION_MOVE) {
            now.number = now.number == UINT16_MAX ? UINT16_MAX : (uint16_t)(now.number + 1);
            now.start = in->row[r]->start;
        }
        if (in->category[r] >= 0) {
            now.row = in->row[r];
            now.category = in->category[r];
        }
        if (status == PC_OK) {
            status = note_reason_started(stage, in, r, first_of_child && r == 0);
        }
        if (status == PC_OK) {
            status = add_episode(self, child, in, r, transition, &now);
        }
    }
    return status;
}

static pc_status chain_child(chain *self, uint32_t child, intake_row *const *row, size_t n, int *category)
{
    pc_status status = PC_OK;

    for (size_t r = 0; r < n && status == PC_OK; r++) {
        status = map_row(self, row[r], &category[r]);
        if (status == PC_OK) {
            status = note_unknown_codes(self->stage, row[r]);
        }
    }
    for (size_t from = 0; from < n && status == PC_OK;) {
        size_t to = from + 1;

        while (to < n && row[to - 1]->end == row[to]->start) {
            to++;
        }
        period in = {row + from, category + from, to - from};

        status = chain_period(self, child, &in, from == 0);
        from = to;
    }
    return status;
}

static void find_provider_codes(chain *self)
{
    for (int provider = 0; provider < PC_N_PROVIDER; provider++) {
        const char text[] = {'P', 'R', (char)('0' + provider)};

        self->provider_code[provider] = (uint16_t)pc_names_find(&self->stage->code, text, sizeof text);
    }
}

pc_status intake_chain(intake *self, const intake_groups *groups, pc_episodes *out)
{
    chain all = {.stage = self, .out = out};
    size_t most = 0;
    int *category = NULL;
    pc_status status;

    find_provider_codes(&all);
    status = count_providers(&all);
    for (size_t c = 0; c < groups->n_child; c++) {
        size_t k = groups->first[c + 1] - groups->first[c];

        most = k > most ? k : most;
    }
    category = pc_new(most, sizeof *category);
    if (category == NULL) {
        status = PC_ERR_NO_MEMORY;
    }
    for (size_t c = 0; c < groups->n_child && status == PC_OK; c++) {
        status = chain_child(&all, (uint32_t)c, groups->row + groups->first[c],
                             groups->first[c + 1] - groups->first[c], category);
    }
    free(category);
    free(all.count);
    intake_pair_free(&all.count_index);
    return status;
}
