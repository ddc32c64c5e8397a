#include "report/rule_counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "intake/rules.h"

static int severity_rank(const char *severity)
{
    return strcmp(severity, "set_aside") == 0 ? 0 : strcmp(severity, "repaired") == 0 ? 1 : 2;
}

static int compare(const void *left, const void *right)
{
    const report_rule *a = left, *b = right;
    int rank = severity_rank(a->severity) - severity_rank(b->severity);

    if (rank != 0) {
        return rank;
    }
    if (a->n != b->n) {
        return a->n > b->n ? -1 : 1;
    }
    return strcmp(a->name, b->name);
}

static report_rule *find(report_rule_counts *self, const pc_quality_row *row)
{
    for (size_t r = 0; r < self->n; r++) {
        if (strcmp(self->rule[r].name, row->rule) == 0 &&
            strcmp(self->rule[r].severity, row->severity) == 0) {
            return &self->rule[r];
        }
    }
    if (pc_grow(&self->rule, &self->capacity, self->n + 1, sizeof *self->rule) != PC_OK) {
        return NULL;
    }
    self->rule[self->n] = (report_rule){row->rule, row->severity, intake_rule_meaning(row->rule), 0};
    return &self->rule[self->n++];
}

pc_status report_rule_counts_make(const pc_quality *quality, report_rule_counts *out)
{
    report_rule *rule = NULL;

    memset(out, 0, sizeof *out);
    for (size_t q = 0; q < quality->n; q++) {
        pc_quality_row row;
        int rank;

        pc_quality_read(quality, NULL, q, &row);
        rank = severity_rank(row.severity);

        if (rule == NULL || rule->name != row.rule || rule->severity != row.severity) {
            rule = find(out, &row);
            if (rule == NULL) {
                report_rule_counts_free(out);
                return PC_ERR_NO_MEMORY;
            }
        }
        rule->n++;
        *(rank == 0 ? &out->set_aside : rank == 1 ? &out->repaired : &out->noted) += 1;
    }
    for (size_t r = 0; r < out->n; r++) {
        out->told_again +=
            strcmp(out->rule[r].name, intake_rule_name(INTAKE_DUPLICATE_EPISODE)) == 0 ? out->rule[r].n : 0;
    }
    if (out->n > 1) {
        qsort(out->rule, out->n, sizeof *out->rule, compare);
    }
    return PC_OK;
}

void report_rule_counts_free(report_rule_counts *self)
{
    if (self != NULL) {
        free(self->rule);
        memset(self, 0, sizeof *self);
    }
}
