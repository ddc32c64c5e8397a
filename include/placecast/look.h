/* look.h - how a text summary looks: for a pipe, a terminal, a narrow one. */
#ifndef PC_LOOK_H
#define PC_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#define PC_LOOK_WIDTH 80 /* columns unless told */
#define PC_LOOK_LEAST 40

/* Zeroed: 80 columns of plain text. Lines are no longer than `width`, but for a word or path that is. */
typedef struct pc_look {
    size_t width; /* columns; 0: 80; fewer than 40 count as 40 */
    bool colour;  /* escape sequences of a terminal (ECMA-48) for headings and what is over budget */
    bool sparks;  /* small charts of UTF-8 block characters beside the figures */
} pc_look;

#endif
