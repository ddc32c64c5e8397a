#include "intake/read_file.h"

pc_field intake_field(const intake_file *file, intake_column column, const pc_field *field)
{
    return file->column[column] < 0 ? (pc_field){"", 0} : field[file->column[column]];
}

/* The columns are known since the file was identified; it must still be the same file. */
typedef struct reading {
    const intake *stage;
    const intake_file *file;
    pc_csv_row_function on_row;
    void *context;
} reading;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    const reading *self = context;

    for (int column = 0; column < INTAKE_N_COLUMN; column++) {
        if (self->file->column[column] >= (int)header->n_column) {
            pc_diagnostics_add(self->stage->diagnostics, PC_ERROR,
                               (pc_place){.file = self->file->shown, .line = 1},
                               "the file changed while it was read");
            return PC_ERR_INPUT;
        }
    }
    return PC_OK;
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    reading *self = context;

    if (row < 0 || (unsigned long)row > UINT32_MAX) {
        pc_diagnostics_add(self->stage->diagnostics, PC_ERROR,
                           (pc_place){.file = self->file->shown, .line = row},
                           "more than 4,294,967,295 rows in a file");
        return PC_ERR_INPUT;
    }
    return self->on_row(self->context, row, field);
}

static void copy_errors(pc_diagnostics *to, const pc_diagnostics *from)
{
    for (size_t m = 0; m < from->n; m++) {
        const pc_message *message = &from->message[m];

        if (message->severity == PC_ERROR) {
            pc_diagnostics_add(
                to, PC_ERROR, (pc_place){message->file, message->line, message->column, message->column_name},
                "%s", message->text);
        }
    }
}

pc_status intake_read_file(const intake *self, const intake_file *file, bool again,
                           pc_csv_row_function row_function, void *context)
{
    reading what = {self, file, row_function, context};
    pc_diagnostics quiet;
    pc_status status;

    pc_diagnostics_init(&quiet);
    status = pc_csv_read(file->path, file->shown, self->options->chunk, on_header, on_row, &what,
                         again ? &quiet : self->diagnostics);
    copy_errors(self->diagnostics, &quiet);
    pc_diagnostics_free(&quiet);
    return status;
}
