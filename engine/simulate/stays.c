#include "simulate/stays.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

pc_status stays_begin(stays *self, size_t n_child)
{
    if (pc_grow(&self->child, &self->child_capacity, n_child, sizeof *self->child) != PC_OK) {
        return PC_ERR_NO_MEMORY;
    }
    self->n = 0;
    self->n_child = n_child;
    self->failed = false;
    for (size_t child = 0; child < n_child; child++) {
        self->child[child].first = self->child[child].last = -1;
    }
    return PC_OK;
}

void stays_enter(stays *self, const life *who, stay_reason why, size_t category, int day)
{
    stay_child *child = &self->child[who->number];
    stay_row *before = child->last < 0 ? NULL : &self->row[child->last];
    uint16_t placement = before == NULL ? 0 : before->placement;

    if (before != NULL) {
        before->end = day;
        before->ended = (uint8_t)why;
        before->next = (int32_t)self->n;
        placement = (uint16_t)(placement + (why == STAY_MOVE));
    }
    if (self->failed || self->n >= INT32_MAX ||
        pc_grow(&self->row, &self->capacity, self->n + 1, sizeof *self->row) != PC_OK) {
        self->failed = true;
        return;
    }
    if (child->first < 0) {
        child->first = (int32_t)self->n;
        child->entity = who->entity;
        child->age_edge = who->age_edge;
        child->birth = who->birth;
        child->care_start = who->care_start;
        child->stream = who->stream;
    }
    child->last = (int32_t)self->n;
    self->row[self->n++] = (stay_row){.child = (uint32_t)who->number,
                                      .placement = placement,
                                      .category = (uint8_t)category,
                                      .began = (uint8_t)why,
                                      .ended = STAY_HORIZON,
                                      .begin = day,
                                      .end = -1,
                                      .next = -1};
}

void stays_cease(stays *self, size_t number, size_t cause, int day)
{
    int32_t last = self->child[number].last;

    if (last >= 0) {
        self->row[last].end = day;
        self->row[last].ended = (uint8_t)(STAY_CEASE + cause);
    }
}

void stays_close(stays *self, int n_day)
{
    for (size_t at = 0; at < self->n; at++) {
        if (self->row[at].end < 0) {
            self->row[at].end = n_day;
        }
    }
}

void stays_free(stays *self)
{
    if (self == NULL) {
        return;
    }
    free(self->row);
    free(self->child);
    memset(self, 0, sizeof *self);
}
