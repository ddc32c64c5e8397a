/* budget.csv, and the same lines as a list in a scenario. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "scenario/budget_rows.h"
#include "scenario/price_rows.h"

static const price_column columns[BUDGET_N_COLUMN] = {
    [BUDGET_YEAR] = {"YEAR", true, false, NULL},
    [BUDGET_SIDE] = {"SIDE", true, false, NULL},
    [BUDGET_LINE] = {"LINE", true, false, NULL},
    [BUDGET_KIND] = {"KIND", true, false, NULL},
    [BUDGET_AMOUNT] = {"AMOUNT", true, false, NULL},
    [BUDGET_CONFIDENCE] = {"CONFIDENCE", false, false, NULL},
    [BUDGET_SHARE] = {"SHARE", false, false, NULL},
    [BUDGET_HOLDER] = {"HOLDER", false, false, NULL},
    [BUDGET_REPLACES] = {"REPLACES", false, false, NULL},
};

typedef struct budget_reader {
    price_table table; /* first, so that a pointer to one is a pointer to the other */
    pc_budget *out;
    size_t capacity;
    long row;
} budget_reader;

static pc_status on_header(void *context, const pc_csv_header *header)
{
    return price_find_columns(context, header);
}

static void on_wrong(void *context, budget_column column, const char *message)
{
    budget_reader *self = context;

    price_wrong(&self->table, self->row, column, "%s", message);
}

static void on_warn(void *context, budget_column column, const char *message)
{
    budget_reader *self = context;

    pc_diagnostics_add(
        self->table.diagnostics, PC_WARNING,
        (pc_place){.file = self->table.file, .line = self->row, .column_name = budget_column_name[column]},
        "%s", message);
}

static pc_status on_row(void *context, long row, const pc_field *field)
{
    budget_reader *self = context;
    budget_complaint complaint = {.wrong = on_wrong, .warn = on_warn, .context = self};
    const char *text[BUDGET_N_COLUMN];
    pc_budget_line line;
    pc_status status;
    bool ok;

    self->row = row;
    for (size_t c = 0; c < BUDGET_N_COLUMN; c++) {
        text[c] = price_field(&self->table, field, c);
    }
    status = budget_line_read(text, &complaint, &line, &ok);
    if (status != PC_OK || !ok) {
        return status;
    }
    line.row = row;
    status = budget_add(self->out, &self->capacity, &line);
    if (status != PC_OK) {
        budget_line_free(&line);
    }
    return status;
}

pc_status pc_budget_load(const char *path, pc_budget *out, pc_diagnostics *diagnostics)
{
    budget_reader self = {
        .table = {.file = path, .diagnostics = diagnostics, .column = columns, .n_column = BUDGET_N_COLUMN},
        .out = out};
    pc_status status;

    *out = (pc_budget){0};
    status = pc_csv_read(path, path, 0, on_header, on_row, &self, diagnostics);
    if (status == PC_OK) {
        out->file = pc_copy_text(path);
        status = out->file == NULL ? PC_ERR_NO_MEMORY : PC_OK;
    }
    status = price_close(&self.table, status, out->n, PC_ERROR, "no rows, expected budget lines by year");
    if (status != PC_OK) {
        pc_budget_free(out);
    }
    return status;
}

/* A line of the list `budget` while its keys are read. */
typedef struct item_reader {
    scenario_reader *reader;
    const char *shown;
    const pc_yaml_node *node;
} item_reader;

static pc_place place_of(const item_reader *self, budget_column column)
{
    const pc_yaml_node *value = pc_yaml_get(self->node, budget_column_name[column]);

    return pc_yaml_place(value == NULL ? self->node : value);
}

static void item_wrong(void *context, budget_column column, const char *message)
{
    item_reader *self = context;

    scenario_problem(self->reader, place_of(self, column), "%s.%s: %s", self->shown,
                     budget_column_name[column], message);
}

static void item_warn(void *context, budget_column column, const char *message)
{
    item_reader *self = context;

    scenario_warn(self->reader, place_of(self, column), "%s.%s: %s", self->shown, budget_column_name[column],
                  message);
}

void *scenario_open_budget_line(scenario_reader *reader, const char *name, pc_place place)
{
    scenario_budget_line *draft = pc_new_zero(1, sizeof *draft);

    (void)name;
    (void)place;
    reader->no_memory = reader->no_memory || draft == NULL;
    return draft;
}

static pc_status add_item(scenario_reader *reader, const pc_yaml_node *node, pc_budget_line *line)
{
    pc_budget *budget = &reader->out->budget_table;
    pc_place place = pc_yaml_place(node);
    size_t capacity = 0;
    pc_budget_line *grown = NULL;

    line->row = place.line;
    line->column = place.column;
    if (budget->file == NULL) {
        budget->file = pc_copy_text(place.file);
    }
    if (budget->file == NULL || pc_grow(&grown, &capacity, budget->n + 1, sizeof *grown) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    if (budget->n > 0) {
        memcpy(grown, budget->line, budget->n * sizeof *grown);
    }
    free(budget->line);
    budget->line = grown;
    budget->line[budget->n++] = *line;
    return PC_OK;
}

void scenario_close_budget_line(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                                void *element)
{
    scenario_budget_line *draft = element;
    item_reader item = {.reader = reader, .shown = shown, .node = node};
    budget_complaint complaint = {.wrong = item_wrong, .warn = item_warn, .context = &item};
    const char *text[BUDGET_N_COLUMN];
    pc_budget_line line;
    bool ok = false;

    for (size_t c = 0; c < BUDGET_N_COLUMN; c++) {
        text[c] = draft->text[c] == NULL ? "" : draft->text[c];
    }
    if (node->kind == PC_YAML_MAPPING && !reader->no_memory) {
        pc_status status = budget_line_read(text, &complaint, &line, &ok);

        if (status == PC_OK && ok && (status = add_item(reader, node, &line)) != PC_OK) {
            budget_line_free(&line);
        }
        reader->no_memory = reader->no_memory || status != PC_OK;
    }
    for (size_t c = 0; c < BUDGET_N_COLUMN; c++) {
        free(draft->text[c]);
    }
    free(draft);
}

void scenario_read_budget(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base)
{
    const scenario_key *item = scenario_key_item(scenario_table_of(reader), key);
    char found[SCENARIO_FOUND_SIZE], below[64];

    (void)name;
    if (node->kind == PC_YAML_SCALAR) {
        scenario_key file = *key;

        file.type = SCENARIO_FILE;
        (void)scenario_read_value(reader, &file, shown, node, base);
        return;
    }
    if (node->kind != PC_YAML_SEQUENCE || node->n == 0) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s", shown,
                         node->kind == PC_YAML_SEQUENCE ? "an empty list" : scenario_found(node, found),
                         key->expected);
        return;
    }
    for (size_t c = 0; c < node->n && item != NULL && !reader->no_memory; c++) {
        void *element = item->open(reader, "", pc_yaml_place(node->child[c]));

        if (element != NULL) {
            snprintf(below, sizeof below, "%.40s.%zu", shown, c + 1);
            scenario_read_group(reader, item->path, below, node->child[c], element);
            item->close(reader, below, node->child[c], element);
        }
    }
}
