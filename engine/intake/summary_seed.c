#include "intake/summary_seed.h"

#include <string.h>

#include "base/csv_rows.h"
#include "base/embedded.h"
#include "base/number_text.h"

#define STOCK "scenarios/defaults/seed_stock.csv"
#define STARTS "scenarios/defaults/seed_starts.csv"

typedef struct reader {
    const pc_codes *codes;
    summary_seed *out;
    int stream, category, group, age, provider, share;
} reader;

int summary_provider_of(const char *text)
{
    static const char *const name[PC_SUMMARY_N_PROVIDER] = {"PR0", "PR1", "PR2", "PR3", "PR4", "PR5", "none"};

    for (int p = 0; p < PC_SUMMARY_N_PROVIDER; p++) {
        if (strcmp(name[p], text) == 0) {
            return p;
        }
    }
    return -1;
}

static pc_status on_header(void *context, const pc_csv_header *header)
{
    reader *self = context;

    self->stream = pc_csv_column(header, "STREAM");
    self->category = pc_csv_column(header, "CATEGORY");
    self->group = pc_csv_column(header, "GROUP");
    self->age = pc_csv_column(header, self->category < 0 ? "AGE" : "AGE_BAND");
    self->provider = pc_csv_column(header, "PROVIDER");
    self->share = pc_csv_column(header, "SHARE");
    return self->stream < 0 || self->age < 0 || self->share < 0 ? PC_ERR_INTERNAL : PC_OK;
}

static pc_status on_stock(void *context, long row, const pc_field *field)
{
    reader *self = context;
    int stream = strcmp(field[self->stream].text, "uasc") == 0, age = 0;
    int category = pc_codes_find_category(self->codes, field[self->category].text);
    int provider = summary_provider_of(field[self->provider].text);
    double share;

    (void)row;
    while (age < PC_N_AGE_BAND && strcmp(pc_age_band_name(age), field[self->age].text) != 0) {
        age++;
    }
    if (provider < 0 || age == PC_N_AGE_BAND ||
        !pc_number_parse(field[self->share].text, field[self->share].length, &share)) {
        return PC_ERR_INTERNAL;
    }
    if (category < 0) {
        return PC_OK;
    }
    self->out->foster |= strcmp(field[self->group].text, "foster") == 0 ? 1U << category : 0U;
    self->out->residential |= strcmp(field[self->group].text, "residential") == 0 ? 1U << category : 0U;
    self->out->stock[stream][category][age][provider] = share;
    return PC_OK;
}

static pc_status on_starts(void *context, long row, const pc_field *field)
{
    reader *self = context;
    int64_t age;
    double share;

    (void)row;
    if (!pc_integer_parse(field[self->age].text, field[self->age].length, &age) || age < 0 || age > 17 ||
        !pc_number_parse(field[self->share].text, field[self->share].length, &share)) {
        return PC_ERR_INTERNAL;
    }
    self->out->starts[strcmp(field[self->stream].text, "uasc") == 0][age] = share;
    return PC_OK;
}

pc_status summary_seed_load(const pc_codes *codes, summary_seed *out, pc_diagnostics *diagnostics)
{
    reader self = {.codes = codes, .out = out};
    const pc_embedded_file *stock = pc_embedded_find(STOCK), *starts = pc_embedded_find(STARTS);
    pc_status status;

    memset(out, 0, sizeof *out);
    if (stock == NULL || starts == NULL) {
        return PC_ERR_INTERNAL;
    }
    status = pc_csv_read_bytes(stock->bytes, stock->size, STOCK, 0, on_header, on_stock, &self, diagnostics);
    return status == PC_OK ? pc_csv_read_bytes(starts->bytes, starts->size, STARTS, 0, on_header, on_starts,
                                               &self, diagnostics)
                           : status;
}
