/* memory.h - growing arrays and copied text, with every size checked. */
#ifndef PC_BASE_MEMORY_H
#define PC_BASE_MEMORY_H

#include <stddef.h>

#include "placecast/status.h"

/* Makes room for at least `needed` elements of `size` bytes in *array, doubling *capacity. On failure both
 * stay as they were. `array` is the address of a pointer of any object type. */
PC_MUST_USE pc_status pc_grow(void *array, size_t *capacity, size_t needed, size_t size);

/* malloc/calloc of n elements, NULL on overflow or lack of memory; at least one byte is asked for. */
void *pc_new(size_t n, size_t size);
void *pc_new_zero(size_t n, size_t size);

char *pc_copy_text(const char *text);                          /* NULL in, NULL out; caller frees */
char *pc_copy_bytes_as_text(const char *bytes, size_t n);      /* adds a NUL; caller frees */
char *pc_format_text(const char *format, ...) PC_PRINTF(1, 2); /* caller frees; NULL when out of memory */

#endif
