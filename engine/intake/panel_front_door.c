/* The front door of one authority from the Department for Education's tables of children in need, as
 * published: nothing is worked out here. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv_rows.h"
#include "base/memory.h"
#include "base/number_text.h"
#include "base/out_file.h"
#include "intake/folder_walk.h"
#include "placecast/summary.h"

static const struct {
    const char *begins, *column; /* of the file's name; of a figure, in upper case */
    const char *stage, *measure;
} series[] = {{"c1_children_in_need_referrals", "REFERRALS", "referrals", "new"},
              {"c1_children_in_need_referrals", "RE_REFERRALS", "referrals", "returns"},
              {"b1_children_in_need", "STARTED_EPISODES", "children_in_need", "new"},
              {"b1_children_in_need", "ENDED_EPISODES", "children_in_need", "ended"},
              {"b1_children_in_need", "AT31_EPISODES", "children_in_need", "open"},
              {"d3_cpps_subsequent_plan", "CPP_START", "protection_plans", "new"},
              {"d5_cpps_at31march", "CPP_AT31", "protection_plans", "open"}};
enum { N_SERIES = sizeof series / sizeof series[0], N_YEAR = 10, MOST_TEXT = 16 };

typedef struct taker {
    const char *code, *file; /* of the authority; base name of the file read */
    int last_year;
    int at[N_SERIES], area, year; /* columns, -1: not in this file */
    char figure[N_SERIES][N_YEAR][MOST_TEXT];
    size_t n;
} taker;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    taker *self = context;
    bool any = false;

    self->area = pc_csv_column(header, "NEW_LA_CODE");
    self->year = pc_csv_column(header, "TIME_PERIOD");
    for (size_t s = 0; s < N_SERIES; s++) {
        bool mine = strncasecmp(self->file, series[s].begins, strlen(series[s].begins)) == 0;

        self->at[s] = mine ? pc_csv_column(header, series[s].column) : -1;
        any |= self->at[s] >= 0;
    }
    return any && self->area >= 0 && self->year >= 0 ? PC_OK : PC_ERR_NO_DATA;
}

static bool is_figure(const char *text)
{
    int64_t value;

    return pc_integer_parse(text, strlen(text), &value) && value >= 0;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    taker *self = context;
    int64_t year;

    (void)row;
    if (strcasecmp(field[self->area].text, self->code) != 0 ||
        !pc_integer_parse(field[self->year].text, field[self->year].length, &year) ||
        year > self->last_year || year <= self->last_year - N_YEAR) {
        return PC_OK;
    }
    for (size_t s = 0; s < N_SERIES; s++) {
        const char *text = self->at[s] < 0 ? "" : field[self->at[s]].text;
        char *to = self->figure[s][self->last_year - (int)year];

        /* A later publication counts; a missing cell never replaces a figure. */
        if (text[0] != '\0' && strlen(text) < MOST_TEXT && (is_figure(text) || !is_figure(to))) {
            self->n += to[0] == '\0';
            snprintf(to, MOST_TEXT, "%s", text);
        }
    }
    return PC_OK;
}

static pc_status read_files(taker *self, const char *panel, pc_diagnostics *diagnostics)
{
    intake_walk files;
    pc_status status = intake_walk_folder(panel, &files, diagnostics);

    for (size_t f = 0; f < files.n && status == PC_OK; f++) {
        const char *slash = strrchr(files.file[f].shown, '/');
        bool known = false;

        self->file = slash == NULL ? files.file[f].shown : slash + 1;
        for (size_t s = 0; s < N_SERIES; s++) {
            known |= strncasecmp(self->file, series[s].begins, strlen(series[s].begins)) == 0;
        }
        if (known && files.file[f].ignored == NULL) {
            status =
                pc_csv_read(files.file[f].path, files.file[f].shown, 0, on_header, on_row, self, diagnostics);
            status = status == PC_ERR_NO_DATA ? PC_OK : status;
        }
    }
    intake_walk_free(&files);
    return status;
}

static pc_status write_table(const taker *self, const char *folder, pc_diagnostics *diagnostics)
{
    pc_out_file file;
    char year[PC_DAY_TEXT_SIZE];
    pc_status status = pc_out_open(&file, folder, "front_door.csv", 0644, diagnostics);

    if (status != PC_OK) {
        return status;
    }
    fputs("year,stage,measure,figure\n", file.stream);
    for (int back = N_YEAR - 1; back >= 0; back--) {
        for (size_t s = 0; s < N_SERIES; s++) {
            if (self->figure[s][back][0] != '\0') {
                /* The year that ends on that 31 March. */
                fprintf(file.stream, "%s,%s,%s,", pc_financial_year_format(self->last_year - back - 1, year),
                        series[s].stage, series[s].measure);
                pc_out_text(file.stream, self->figure[s][back]);
                fputc('\n', file.stream);
            }
        }
    }
    status = pc_out_commit(&file, diagnostics);
    pc_out_abandon(&file);
    return status;
}

pc_status pc_panel_write_front_door(const char *panel, const char *code, int last_year, const char *folder,
                                    size_t *n, pc_diagnostics *diagnostics)
{
    taker *self = pc_new_zero(1, sizeof *self);
    pc_status status;

    *n = 0;
    if (self == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    self->code = code;
    self->last_year = last_year;
    status = read_files(self, panel, diagnostics);
    if (status == PC_OK && self->n > 0) {
        status = pc_make_folder(folder, diagnostics);
        status = status == PC_OK ? write_table(self, folder, diagnostics) : status;
        *n = status == PC_OK ? self->n : 0;
    }
    free(self);
    return status;
}
