/* workbook.c - workbook.xlsx: the results for people who work in a spreadsheet. Its sheets: docs/outputs.md.
 */
#include "report/workbook.h"

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/out_file.h"
#include "placecast/day.h"
#include "report/describe.h"

/* In the order of the tabs. */
static void (*const sheets[])(book *) = {book_summary,    book_budget,  book_lines,       book_children,
                                         book_placements, book_ranges,  book_flows,       book_capacity,
                                         book_scenarios,  book_why,     book_sensitivity, book_tables,
                                         book_skill,      book_quality, book_assumptions};

/* The time of making would give each workbook other bytes, so it is left at a day of no meaning. */
static void set_properties(book *self)
{
    const time_t fixed = 1325376000; /* 2012-01-01 */
    char title[] = "Placement forecast", comments[] = "Made by placecast from the tables beside it";
    lxw_doc_properties properties = {.title = title, .comments = comments, .created = fixed};

    book_check(self, workbook_set_properties(self->workbook, &properties));
}

/* A budget is what a finance officer opens it for; without one the summary says more. */
static bool has_budget(const book *self)
{
    const result_table *table = &self->results->table[RESULT_ANNUAL];
    double budget;

    for (size_t row = 0; row < table->n_row; row++) {
        if (result_number(table, row, result_column(table, "budget_gbp"), &budget)) {
            return true;
        }
    }
    return false;
}

static void fill(book *self)
{
    lxw_worksheet *opening;

    set_properties(self);
    book_styles(self);
    book_lists(self);
    for (size_t s = 0; s < sizeof sheets / sizeof sheets[0] && self->status == PC_OK; s++) {
        sheets[s](self);
    }
    opening = workbook_get_worksheet_by_name(self->workbook, has_budget(self) ? "Budget" : "Summary");
    if (opening != NULL) {
        worksheet_activate(opening);
    }
}

/* The library writes the file by its name: over the empty one that pc_out_open made, which keeps its mode. */
static pc_status write_to(const char *path, const result_folder *results, pc_diagnostics *diagnostics)
{
    book self = {.results = results};
    lxw_error error;

    errno = 0; /* book_check looks for a lack of memory there */
    self.workbook = workbook_new(path);
    if (self.workbook == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    fill(&self);
    error = workbook_close(self.workbook); /* frees it as well */
    book_check(&self, LXW_NO_ERROR);
    free(self.scenario.item);
    free(self.category.item);
    if (self.status == PC_OK && error != LXW_NO_ERROR) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path}, "cannot write the workbook: %s",
                           lxw_strerror(error));
        self.status = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? PC_ERR_NO_MEMORY : PC_ERR_IO;
    } else if (self.status == PC_ERR_INTERNAL) {
        pc_diagnostics_add(diagnostics, PC_ERROR, (pc_place){.file = path},
                           "a cell, chart or name of the workbook was refused");
    }
    return self.status == PC_OK ? book_read_back(path, self.n_cell, diagnostics) : self.status;
}

/* The library prints numbers by the locale of the thread: that of C, whatever the caller has set. */
static pc_status write_in_c_locale(const char *path, const result_folder *results,
                                   pc_diagnostics *diagnostics)
{
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0), before;
    pc_status status;

    if (c_locale == (locale_t)0) {
        return PC_ERR_NO_MEMORY;
    }
    before = uselocale(c_locale);
    status = write_to(path, results, diagnostics);
    uselocale(before);
    freelocale(c_locale);
    return status;
}

pc_status workbook_write(const result_folder *results, pc_diagnostics *diagnostics)
{
    pc_out_file file = {0};
    pc_status status = pc_out_open(&file, results->path, "workbook.xlsx", 0644, diagnostics);

    status = status == PC_OK ? write_in_c_locale(file.temporary, results, diagnostics) : status;
    status = status == PC_OK ? pc_out_commit(&file, diagnostics) : status;
    pc_out_abandon(&file);
    return status;
}
