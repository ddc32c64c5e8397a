/* files.c - the returns as CSV files, streamed: no table is held in memory. */
#include "synth/files.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/out_file.h"

void synth_year_text(int year, char text[SYNTH_YEAR_TEXT])
{
    snprintf(text, SYNTH_YEAR_TEXT, "%04u-%02u", (unsigned)year % 10000u, (unsigned)(year + 1) % 100u);
}

char *synth_file_name(pc_synth_layout layout, synth_table table, int year)
{
    char text[SYNTH_YEAR_TEXT];

    synth_year_text(year, text);
    switch (layout) {
    case PC_SYNTH_FOLDERS:
        return pc_format_text("%s/%s.csv", text, synth_table_name[table]);
    case PC_SYNTH_FLAT:
        return pc_format_text("%s_%s.csv", synth_table_name[table], text);
    case PC_SYNTH_MERGED:
        break;
    }
    return pc_format_text("%s.csv", synth_table_name[table]);
}

/* One open file, and what its rows get besides their own columns. */
typedef struct writer {
    pc_out_file file;
    size_t n_column;
    bool merged;
    const char *la; /* NULL: no LA column */
    int year;
} writer;

static void write_year(FILE *stream, int year)
{
    char text[PC_DAY_TEXT_SIZE];

    fputs(pc_financial_year_format(year, text), stream);
}

static pc_status write_row(void *context, const synth_cells *cells)
{
    writer *self = context;

    for (size_t column = 0; column < self->n_column; column++) {
        if (column > 0) {
            fputc(',', self->file.stream);
        }
        pc_out_text(self->file.stream, cells->text[column]);
    }
    if (self->merged) {
        if (self->la != NULL) {
            fputc(',', self->file.stream);
            pc_out_text(self->file.stream, self->la);
        }
        fputc(',', self->file.stream);
        write_year(self->file.stream, self->year);
    }
    fputc('\n', self->file.stream);
    return PC_OK;
}

static void write_header(writer *self, synth_table table)
{
    for (size_t column = 0; column < self->n_column; column++) {
        fprintf(self->file.stream, "%s%s", column > 0 ? "," : "", synth_table_column[table][column]);
    }
    if (self->merged) {
        fputs(self->la != NULL ? ",LA,YEAR" : ",YEAR", self->file.stream);
    }
    fputc('\n', self->file.stream);
}

static pc_status open_file(writer *self, const pc_synth_options *options, synth_table table, int year,
                           const char *folder, pc_diagnostics *diagnostics)
{
    char *name = synth_file_name(options->layout, table, year);
    char *slash = name == NULL ? NULL : strchr(name, '/');
    char *inner = NULL;
    pc_status status = PC_ERR_NO_MEMORY;

    if (name != NULL && slash != NULL) {
        *slash = '\0';
        inner = pc_format_text("%s/%s", folder, name);
        status = inner == NULL ? PC_ERR_NO_MEMORY : pc_make_folder(inner, diagnostics);
        if (status == PC_OK) {
            status = pc_out_open(&self->file, inner, slash + 1, 0644, diagnostics);
        }
    } else if (name != NULL) {
        status = pc_out_open(&self->file, folder, name, 0644, diagnostics);
    }
    free(name);
    free(inner);
    if (status == PC_OK) {
        write_header(self, table);
    }
    return status;
}

static pc_status write_table(const pc_synth_options *options, const synth_authority *authority,
                             size_t n_authority, synth_table table, const char *folder,
                             pc_diagnostics *diagnostics)
{
    bool merged = options->layout == PC_SYNTH_MERGED;
    writer self = {.n_column = synth_table_columns(table), .merged = merged};
    pc_status status = PC_OK;

    self.la = options->la != NULL ? authority[0].name : NULL;
    if (merged) {
        status = open_file(&self, options, table, options->first_year, folder, diagnostics);
    }
    for (size_t number = 0; number < n_authority && status == PC_OK; number++) {
        self.la = options->la != NULL ? authority[number].name : NULL;
        for (self.year = options->first_year;
             self.year < options->first_year + options->years && status == PC_OK; self.year++) {
            if (!merged) {
                status = open_file(&self, options, table, self.year, folder, diagnostics);
            }
            if (status == PC_OK) {
                status = synth_table_emit(&authority[number], table, self.year, write_row, &self);
            }
            if (status == PC_OK && !merged) {
                status = pc_out_commit(&self.file, diagnostics);
            }
        }
    }
    if (status == PC_OK && merged) {
        status = pc_out_commit(&self.file, diagnostics);
    }
    pc_out_abandon(&self.file);
    return status;
}

pc_status synth_write_returns(const pc_synth_options *options, const synth_authority *authority,
                              size_t n_authority, const char *folder, pc_diagnostics *diagnostics)
{
    int n_table = options->core_tables ? SYNTH_N_CORE_TABLE : SYNTH_N_TABLE;
    pc_status status = PC_OK;

    for (int table = 0; table < n_table && status == PC_OK; table++) {
        status = write_table(options, authority, n_authority, (synth_table)table, folder, diagnostics);
    }
    return status;
}
