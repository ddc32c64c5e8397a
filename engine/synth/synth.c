/* synth.c - options in, a folder of returns out. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/number_text.h"
#include "base/out_file.h"
#include "synth/files.h"
#include "synth/mess.h"

#define MAX_CHILDREN 100000
#define MAX_YEARS 30
#define FIRST_YEAR 1992 /* after the Children Act 1989 came into force; V353 refuses earlier episodes */
#define LAST_YEAR 2100

pc_synth_options pc_synth_options_default(void)
{
    return (pc_synth_options){
        .seed = 1, .children = 600, .first_year = 2019, .years = 5, .layout = PC_SYNTH_FOLDERS};
}

static pc_status refuse(pc_diagnostics *diagnostics, const char *what, long found, long least, long most)
{
    pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "%s: found %ld, expected %ld to %ld", what,
                       found, least, most);
    return PC_ERR_RANGE;
}

static pc_status options_check(const pc_synth_options *options, pc_diagnostics *diagnostics)
{
    if (!(options->children >= 0 && options->children <= MAX_CHILDREN)) {
        return refuse(diagnostics, "children in care", options->children, 0, MAX_CHILDREN);
    }
    if (!(options->years >= 1 && options->years <= MAX_YEARS)) {
        return refuse(diagnostics, "returns", options->years, 1, MAX_YEARS);
    }
    if (!(options->first_year >= FIRST_YEAR && options->first_year <= LAST_YEAR)) {
        return refuse(diagnostics, "first financial year", options->first_year, FIRST_YEAR, LAST_YEAR);
    }
    if (!((unsigned)options->layout <= PC_SYNTH_MERGED)) {
        return refuse(diagnostics, "layout", (long)options->layout, PC_SYNTH_FOLDERS, PC_SYNTH_MERGED);
    }
    return PC_OK;
}

/* Rates of the options as they stand, before starts are scaled. */
static pc_status load_rates(const pc_synth_options *options, pc_rates *out, pc_diagnostics *diagnostics)
{
    pc_status status;

    if (options->rates != NULL) {
        status = synth_rates_check(options->rates, diagnostics);
        return status == PC_OK ? synth_rates_copy(options->rates, out) : status;
    }
    status = synth_rates_load(options->truth, out, diagnostics);
    if (status == PC_OK) {
        status = synth_rates_check(out, diagnostics);
        if (status != PC_OK) {
            pc_rates_free(out);
        }
    }
    return status;
}

pc_status pc_synth_truth(const pc_synth_options *options, pc_rates *out, pc_diagnostics *diagnostics)
{
    pc_status status = options_check(options, diagnostics);

    memset(out, 0, sizeof *out);
    if (status == PC_OK) {
        status = load_rates(options, out, diagnostics);
    }
    if (status == PC_OK && options->children > 0) {
        status = synth_rates_scale(out, options->children, diagnostics);
        if (status != PC_OK) {
            pc_rates_free(out);
        }
    }
    return status;
}

/* "NAME" or "NAME=CHILDREN", the bytes [text, text + length). */
static pc_status parse_authority(const char *text, size_t length, int children, synth_authority *out,
                                 pc_diagnostics *diagnostics)
{
    const char *equals = memchr(text, '=', length);
    size_t name = equals == NULL ? length : (size_t)(equals - text);
    int64_t number = children;

    if (equals != NULL && !pc_integer_parse(equals + 1, length - name - 1, &number)) {
        number = -1;
    }
    out->name = pc_copy_bytes_as_text(text, name);
    if (out->name == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    if (name == 0 || !(number >= (equals == NULL ? 0 : 1) && number <= MAX_CHILDREN)) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0},
                           "authority: found \"%.*s\", expected NAME or NAME=CHILDREN with 1 to %d children",
                           (int)(length < 200 ? length : 200), text, MAX_CHILDREN);
        return PC_ERR_RANGE;
    }
    out->children = (int)number;
    return PC_OK;
}

static pc_status parse_authorities(const pc_synth_options *options, synth_authority **out, size_t *n_out,
                                   pc_diagnostics *diagnostics)
{
    const char *text = options->la == NULL ? "" : options->la;
    size_t n = 1;
    pc_status status = PC_OK;

    for (const char *c = text; *c != '\0'; c++) {
        n += *c == ',';
    }
    *out = pc_new_zero(n, sizeof **out);
    *n_out = n;
    if (*out == NULL) {
        *n_out = 0;
        return PC_ERR_NO_MEMORY;
    }
    if (options->la == NULL) {
        (*out)->name = pc_copy_text("");
        (*out)->children = options->children;
        return (*out)->name == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    if (n > 1 && options->layout != PC_SYNTH_MERGED) {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){0},
            "%zu authorities; several need the merged layout, whose LA column tells them apart", n);
        return PC_ERR_RANGE;
    }
    for (size_t number = 0; number < n && status == PC_OK; number++) {
        size_t length = strcspn(text, ",");

        status = parse_authority(text, length, options->children, &(*out)[number], diagnostics);
        for (size_t before = 0; status == PC_OK && before < number; before++) {
            if (strcmp((*out)[before].name, (*out)[number].name) == 0) {
                pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){0}, "authority \"%s\" is named twice",
                                   (*out)[number].name);
                status = PC_ERR_RANGE;
            }
        }
        text += length + 1;
    }
    return status;
}

/* Each authority has random numbers of its own: the replicate of the key is its number. */
static pc_status make_authorities(const pc_synth_options *options, synth_authority *authority, size_t n,
                                  pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t number = 0; number < n && status == PC_OK; number++) {
        pc_synth_options own = *options;

        own.children = authority[number].children;
        authority[number].key = pc_random_key_make(options->seed, (uint32_t)number);
        status = pc_synth_truth(&own, &authority[number].rates, diagnostics);
        if (status == PC_OK) {
            status = synth_authority_make(&authority[number], options->first_year, options->years);
        }
    }
    return status;
}

static pc_status write_all(const pc_synth_options *options, const synth_authority *authority, size_t n,
                           const char *folder, pc_diagnostics *diagnostics)
{
    char *returns = pc_format_text("%s/ssda903", folder);
    pc_status status = returns == NULL ? PC_ERR_NO_MEMORY : pc_make_folder(returns, diagnostics);

    if (status == PC_OK) {
        status = options->messy ? synth_write_messy(options, authority, n, folder, returns, diagnostics)
                                : synth_write_returns(options, authority, n, returns, diagnostics);
    }
    free(returns);
    return status == PC_OK ? synth_write_truth(options, authority, n, folder, diagnostics) : status;
}

pc_status pc_synth(const pc_synth_options *options, const char *folder, pc_diagnostics *diagnostics)
{
    synth_authority *authority = NULL;
    size_t n = 0;
    pc_status status = options_check(options, diagnostics);

    if (status == PC_OK) {
        status = parse_authorities(options, &authority, &n, diagnostics);
    }
    if (status == PC_OK) {
        status = make_authorities(options, authority, n, diagnostics);
    }
    if (status == PC_OK) {
        status = write_all(options, authority, n, folder, diagnostics);
    }
    for (size_t number = 0; number < n; number++) {
        synth_authority_free(&authority[number]);
    }
    free(authority);
    return status;
}
