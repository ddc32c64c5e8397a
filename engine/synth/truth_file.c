/* truth_file.c - truth.csv: what the returns were made from, in the format that a truth file is read in. */
#include "synth/files.h"

#include "base/number_text.h"
#include "base/out_file.h"

static void write_line(FILE *stream, const char *la, const char *family, const char *names[5], double value)
{
    char text[PC_NUMBER_TEXT_SIZE];

    pc_out_text(stream, la);
    fprintf(stream, ",%s,%s,%s,%s,%s,%s,%s\n", family, names[0], names[1], names[2], names[3], names[4],
            pc_number_format_significant(value, 17, text));
}

/* The rates of one family, those above 0. `n_to` causes a cell. */
static void write_rates(FILE *stream, const char *la, const char *family, const double *rate, size_t n_to)
{
    const size_t n_cell = (size_t)PC_N_STREAM * PC_N_AGE_BAND * SYNTH_N_CATEGORY * PC_N_BAND;

    for (size_t cell = 0; cell < n_cell; cell++) {
        size_t category = cell / PC_N_BAND % SYNTH_N_CATEGORY;
        size_t age = cell / PC_N_BAND / SYNTH_N_CATEGORY % PC_N_AGE_BAND;
        size_t stream_at = cell / PC_N_BAND / SYNTH_N_CATEGORY / PC_N_AGE_BAND;

        for (size_t to = 0; to < n_to; to++) {
            const char *cause =
                n_to == PC_N_EXIT_HAZARD ? pc_exit_cause_name((pc_exit_cause)to) : synth_category_name[to];
            const char *names[] = {pc_stream_name((pc_stream)stream_at), cause, synth_category_name[category],
                                   pc_age_band_name((int)age), synth_band_name[cell % PC_N_BAND]};

            if (rate[cell * n_to + to] > 0) {
                write_line(stream, la, family, names, rate[cell * n_to + to]);
            }
        }
    }
}

static void write_starts(FILE *stream, const char *la, const pc_rates *rates)
{
    for (size_t at = 0; at < (size_t)PC_N_STREAM * PC_N_AGE_YEAR; at++) {
        char age[8];
        const char *names[] = {pc_stream_name((pc_stream)(at / PC_N_AGE_YEAR)), "", "", age, ""};

        snprintf(age, sizeof age, "%zu", at % PC_N_AGE_YEAR);
        write_line(stream, la, "starts", names, rates->starts[at]);
    }
    for (size_t at = 0; at < (size_t)PC_N_STREAM * PC_N_AGE_BAND * SYNTH_N_CATEGORY; at++) {
        const char *names[] = {pc_stream_name((pc_stream)(at / SYNTH_N_CATEGORY / PC_N_AGE_BAND)), "",
                               synth_category_name[at % SYNTH_N_CATEGORY],
                               pc_age_band_name((int)(at / SYNTH_N_CATEGORY % PC_N_AGE_BAND)), ""};

        if (rates->first[at] > 0) {
            write_line(stream, la, "first", names, rates->first[at]);
        }
    }
}

/* Children in care at the end of each 31 March, before the first return too; the date stands for the cause.
 */
static void write_children(FILE *stream, const synth_authority *authority, int first_year, int years)
{
    for (int year = first_year; year <= first_year + years; year++) {
        char date[PC_DAY_TEXT_SIZE];
        pc_day day = pc_financial_year_first_day(year) - 1;
        const char *names[] = {"all", pc_day_format(day, date), "all", "all", "all"};

        write_line(stream, authority->name, "children", names,
                   (double)synth_population_children_on(&authority->population, day));
    }
}

pc_status synth_write_truth(const pc_synth_options *options, const synth_authority *authority,
                            size_t n_authority, const char *folder, pc_diagnostics *diagnostics)
{
    pc_out_file file = {0};
    pc_status status = pc_out_open(&file, folder, "truth.csv", 0644, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    fputs("la,family,stream,cause,category,age_band,duration_band,value\n", file.stream);
    for (size_t number = 0; number < n_authority; number++) {
        const synth_authority *one = &authority[number];

        write_rates(file.stream, one->name, "exit", one->rates.exit, PC_N_EXIT_HAZARD);
        write_rates(file.stream, one->name, "status", one->rates.status, SYNTH_N_CATEGORY);
        write_rates(file.stream, one->name, "move", one->rates.move, SYNTH_N_CATEGORY);
        write_starts(file.stream, one->name, &one->rates);
        write_children(file.stream, one, options->first_year, options->years);
    }
    return pc_out_commit(&file, diagnostics);
}
