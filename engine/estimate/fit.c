/* fit.c - from cleaned episodes to the model of every authority. Method: docs/model.md, sections 1 to 4. */
#include "estimate/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "placecast/priors.h"

pc_fit_options pc_fit_options_default(void)
{
    return (pc_fit_options){.window_from = PC_DAY_NONE, .window_to = PC_DAY_NONE, .shrink = true};
}

static bool root_ok(const pc_rates *root)
{
    size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * root->n_category * PC_N_BAND;

    for (int family = 0; family < N_FAMILY; family++) {
        const double *rate = estimate_family_rates(root, (estimate_family)family);
        size_t n = n_cell * (family == FAMILY_EXIT ? PC_N_EXIT_HAZARD : root->n_category);

        for (size_t i = 0; i < n; i++) {
            if (!(rate[i] >= 0 && isfinite(rate[i]))) {
                return false;
            }
        }
    }
    return true;
}

static pc_status options_ok(const pc_episodes *episodes, const pc_fit_options *options,
                            pc_diagnostics *diagnostics)
{
    if (!(options->half_life_months >= 0 && isfinite(options->half_life_months))) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "the half-life is %g months; expected 0 (none) or more",
                           options->half_life_months);
        return PC_ERR_RANGE;
    }
    if (!(options->fixed_shape >= 0 && isfinite(options->fixed_shape))) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "the fixed shape is %g; expected 0 (estimated) or more", options->fixed_shape);
        return PC_ERR_RANGE;
    }
    if (options->root != NULL && options->root->n_category != episodes->codes.n_category) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "the root has %zu categories; expected the %zu of the data",
                           options->root->n_category, episodes->codes.n_category);
        return PC_ERR_RANGE;
    }
    if (options->priors != NULL && (options->priors->rates.n_category != episodes->codes.n_category ||
                                    !root_ok(&options->priors->rates))) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "the priors do not belong to the categories of the data");
        return PC_ERR_RANGE;
    }
    if (options->root != NULL && !root_ok(options->root)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "the root holds a rate that is negative or not a number");
        return PC_ERR_RANGE;
    }
    for (size_t a = 0; a < options->n_authority; a++) {
        const char *name = options->authority[a];

        if (pc_names_find(&episodes->la, name, strlen(name)) == PC_NAME_NONE) {
            pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "the data hold no authority \"%s\"",
                               name);
            return PC_ERR_INPUT;
        }
    }
    return PC_OK;
}

bool estimate_wanted(const pc_fit_options *options, const char *la)
{
    for (size_t a = 0; a < options->n_authority; a++) {
        if (strcmp(options->authority[a], la) == 0) {
            return true;
        }
    }
    return options->n_authority == 0;
}

static pc_status copy_codes(const pc_codes *from, pc_codes *to)
{
    memset(to, 0, sizeof *to);
    to->category = pc_new_zero(from->n_category, sizeof *to->category);
    to->place = pc_new_zero(from->n_place, sizeof *to->place);
    if (to->category == NULL || to->place == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    to->n_category = from->n_category;
    for (size_t c = 0; c < from->n_category; c++) {
        to->category[c].name = pc_copy_text(from->category[c].name);
        to->category[c].label = pc_copy_text(from->category[c].label);
        if (to->category[c].name == NULL ||
            (from->category[c].label != NULL && to->category[c].label == NULL)) {
            return PC_ERR_NO_MEMORY;
        }
    }
    to->n_place = from->n_place;
    for (size_t p = 0; p < from->n_place; p++) {
        to->place[p] = from->place[p];
        to->place[p].code = pc_copy_text(from->place[p].code);
        if (to->place[p].code == NULL) {
            return PC_ERR_NO_MEMORY;
        }
    }
    return PC_OK;
}

/* N1 to N8 of the need code, else 0. */
static uint8_t need_of(const pc_episodes *episodes, uint16_t code)
{
    const char *text = pc_names_text(&episodes->code, code);

    return text[0] == 'N' && text[1] >= '1' && text[1] <= '8' && text[2] == '\0' ? (uint8_t)(text[1] - '0')
                                                                                 : 0;
}

/* Those in care at the end of the extract date, with their true ages and durations. */
static pc_status take_children(const pc_episodes *episodes, estimate_rows rows, pc_authority_model *out,
                               pc_diagnostics *diagnostics)
{
    size_t capacity = 0;
    uint16_t need = 0;

    for (size_t r = rows.first; r < rows.end; r++) {
        const pc_episode *row = &episodes->row[r];
        const pc_child_record *child = &episodes->child[row->child];
        pc_status status;

        if (row->transition == PC_TRANSITION_START) {
            need = row->need; /* at the start of care, fixed */
        }
        if (row->start > episodes->extract || row->end <= episodes->extract) {
            continue;
        }
        if (child->birth == PC_DAY_NONE) {
            out->left_out++;
            continue;
        }
        if (pc_birthday(child->birth, PC_N_AGE_YEAR) <= episodes->extract) {
            continue;
        }
        status = pc_grow(&out->child, &capacity, out->n_child + 1, sizeof *out->child);
        if (status != PC_OK) {
            return status;
        }
        out->child[out->n_child++] =
            (pc_child){.birth = child->birth,
                       .care_start = row->care_start,
                       .placement_start = row->placement_start,
                       .stream = child->stream,
                       .category = row->category,
                       .need = need_of(episodes, need),
                       .placement_number = (uint8_t)(row->placement < 255 ? row->placement : 255),
                       .record = row->child};
    }
    if (out->left_out > 0) {
        size_t in_care = out->n_child + out->left_out;

        pc_diagnostics_add(
            diagnostics, PC_WARNING, (pc_place){0},
            "%zu of %zu children in care (%.1f%%) have no birth date and are left out of the fit",
            out->left_out, in_care, 100.0 * (double)out->left_out / (double)in_care);
    }
    return PC_OK;
}

/* An age band can be reached from any age below at which some child is, or may start. */
static void find_reachable(pc_authority_model *authority, const pc_episodes *episodes)
{
    pc_posterior *posterior = authority->posterior;
    const estimate_table *exits = &posterior->family[FAMILY_EXIT];
    size_t per_age = episodes->codes.n_category * PC_N_BAND;

    for (size_t stream = 0; stream < PC_N_STREAM; stream++) {
        bool any = false;

        for (size_t age = 0; age < PC_N_AGE_BAND; age++) {
            for (size_t c = 0; c < per_age; c++) {
                any = any || exits->years[(stream * PC_N_AGE_BAND + age) * per_age + c] > 0;
            }
            for (int year = pc_age_band_first_year[age]; year < pc_age_band_first_year[age + 1]; year++) {
                any = any || authority->mean.starts[stream * PC_N_AGE_YEAR + (size_t)year] > 0;
            }
            for (size_t c = 0; c < authority->n_child; c++) {
                const pc_child *child = &authority->child[c];

                any =
                    any || (child->stream == stream &&
                            pc_age_band_of_years(pc_age_years(child->birth, episodes->extract)) == (int)age);
            }
            posterior->reachable[stream][age] = any;
        }
    }
}

/* Local children who left on the 18th birthday, a year. */
static double birthday_leavers(const pc_episodes *episodes, const estimate_window *window, estimate_rows rows)
{
    double leavers = 0.0;

    for (size_t r = rows.first; r < rows.end; r++) {
        const pc_episode *row = &episodes->row[r];

        if (row->exit_cause == PC_EXIT_AGE_OUT && episodes->child[row->child].stream == PC_STREAM_LOCAL &&
            row->end >= window->from && row->end <= window->to) {
            leavers += estimate_window_weight(window, row->end);
        }
    }
    return leavers / (estimate_window_days(window, window->from, window->to + 1) / PC_DAYS_PER_YEAR);
}

static pc_status fit_authority(const pc_episodes *episodes, const pc_fit_options *options,
                               const estimate_window *window, estimate_rows rows, pc_authority_model *out,
                               pc_diagnostics *diagnostics)
{
    size_t n_category = episodes->codes.n_category;
    pc_status status = pc_rates_init(&out->mean, n_category);

    if (status != PC_OK) {
        return status;
    }
    status = estimate_posterior_new(n_category, &out->posterior);
    if (status != PC_OK) {
        return status;
    }
    out->posterior->shrink = options->shrink;
    out->posterior->own_reference = options->root == NULL && options->priors == NULL;
    estimate_count(episodes, rows, window, out->posterior->family);
    for (size_t family = 0; status == PC_OK && family < N_FAMILY; family++) {
        estimate_input input = {
            .codes = &episodes->codes, .options = options, .family = (estimate_family)family};

        estimate_reference(&input, &out->posterior->family[family], diagnostics);
        status = estimate_rates(&input, &out->posterior->family[family],
                                estimate_family_rates(&out->mean, (estimate_family)family));
    }
    if (status == PC_OK) {
        status = estimate_starts_fit(episodes, rows, window, options, out->posterior, out);
    }
    if (status == PC_OK) {
        out->birthday_leavers = birthday_leavers(episodes, window, rows);
        status = take_children(episodes, rows, out, diagnostics);
    }
    if (status == PC_OK) {
        find_reachable(out, episodes);
    }
    return status;
}

static bool at_risk(const pc_episodes *episodes, const estimate_window *window, estimate_rows rows)
{
    for (size_t r = rows.first; r < rows.end; r++) {
        const pc_episode *row = &episodes->row[r];

        if (episodes->child[row->child].birth != PC_DAY_NONE && row->start <= window->to &&
            row->end > window->from && row->end > row->start) {
            return true;
        }
    }
    return false;
}

/* Rows are ordered by authority: each run of rows of one is fitted on its own. */
static pc_status fit_all(const pc_episodes *episodes, const pc_fit_options *options,
                         const estimate_window *window, pc_model *out, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t first = 0, end; status == PC_OK && first < episodes->n; first = end) {
        uint32_t la = episodes->child[episodes->row[first].child].la;
        const char *name = pc_names_text(&episodes->la, la);
        estimate_rows rows;
        size_t number;

        for (end = first + 1; end < episodes->n && episodes->child[episodes->row[end].child].la == la;
             end++) {
        }
        rows = (estimate_rows){first, end};
        if (!estimate_wanted(options, name)) {
            continue;
        }
        if (!at_risk(episodes, window, rows)) {
            pc_diagnostics_add(
                diagnostics, PC_WARNING, (pc_place){0},
                "authority \"%s\": nobody with a birth date was in care in the window; it is left out", name);
            continue;
        }
        out->authority[out->n_authority].la = pc_copy_text(name);
        if (out->authority[out->n_authority].la == NULL) {
            return PC_ERR_NO_MEMORY;
        }
        number = out->n_authority++; /* counted first, so that it is freed whatever happens */
        status = fit_authority(episodes, options, window, rows, &out->authority[number], diagnostics);
    }
    return status;
}

static size_t count_authorities(const pc_episodes *episodes)
{
    size_t n = 0;

    for (size_t r = 0; r < episodes->n; r++) {
        n += r == 0 ||
             episodes->child[episodes->row[r].child].la != episodes->child[episodes->row[r - 1].child].la;
    }
    return n;
}

pc_status pc_fit(const pc_episodes *episodes, const pc_fit_options *options, pc_model *out,
                 pc_diagnostics *diagnostics)
{
    estimate_window window;
    pc_status status;

    memset(out, 0, sizeof *out);
    status = options_ok(episodes, options, diagnostics);
    if (status == PC_OK) {
        status = estimate_window_resolve(episodes, options, &window, diagnostics);
    }
    out->half_life.months = options->half_life_months;
    if (status == PC_OK && options->find_half_life && !(options->half_life_months > 0)) {
        status = estimate_half_life(episodes, options, &window, &out->half_life, diagnostics);
        window.half_life_days = out->half_life.months * PC_DAYS_PER_YEAR / 12.0;
    }
    if (status != PC_OK) {
        return status;
    }
    memcpy(out->care_edge, estimate_edges, sizeof out->care_edge);
    memcpy(out->placement_edge, estimate_edges, sizeof out->placement_edge);
    out->extract = episodes->extract;
    out->window_from = window.from;
    out->window_to = window.to;
    out->authority = pc_new_zero(count_authorities(episodes), sizeof *out->authority);
    status = out->authority == NULL ? PC_ERR_NO_MEMORY : copy_codes(&episodes->codes, &out->codes);
    if (status == PC_OK) {
        status = fit_all(episodes, options, &window, out, diagnostics);
    }
    if (status == PC_OK && out->n_authority == 0) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "nobody with a birth date was in care in the window");
        status = PC_ERR_NO_DATA;
    }
    if (status != PC_OK) {
        pc_model_free(out);
    }
    return status;
}
