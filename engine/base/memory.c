#include "base/memory.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

pc_status pc_grow(void *array, size_t *capacity, size_t needed, size_t size)
{
    size_t wanted = *capacity < 16 ? 16 : *capacity;
    void *old, *grown;

    if (needed <= *capacity) {
        return PC_OK;
    }
    while (wanted < needed) {
        if (wanted > SIZE_MAX / 2) {
            return PC_ERR_NO_MEMORY;
        }
        wanted *= 2;
    }
    if (wanted > SIZE_MAX / size) {
        return PC_ERR_NO_MEMORY;
    }
    memcpy(&old, array, sizeof old); /* through memcpy: a `T *` may not be read as a `void *` lvalue */
    grown = realloc(old, wanted * size);
    if (grown == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    memcpy(array, &grown, sizeof grown);
    *capacity = wanted;
    return PC_OK;
}

void *pc_new(size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size) {
        return NULL;
    }
    return malloc(n * size == 0 ? 1 : n * size);
}

void *pc_new_zero(size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size) {
        return NULL; /* calloc would see to it, but sanitizers take it for a mistake */
    }
    return n == 0 || size == 0 ? calloc(1, 1) : calloc(n, size);
}

char *pc_copy_bytes_as_text(const char *bytes, size_t n)
{
    char *copy = n == SIZE_MAX ? NULL : pc_new(n + 1, 1);

    if (copy != NULL) {
        memcpy(copy, bytes, n);
        copy[n] = '\0';
    }
    return copy;
}

char *pc_copy_text(const char *text)
{
    return text == NULL ? NULL : pc_copy_bytes_as_text(text, strlen(text));
}

char *pc_format_text(const char *format, ...)
{
    va_list arguments, again;
    int length;
    char *text = NULL;

    va_start(arguments, format);
    va_copy(again, arguments);
    length = vsnprintf(NULL, 0, format, arguments);
    if (length >= 0) {
        text = pc_new((size_t)length + 1, 1);
        if (text != NULL) {
            vsnprintf(text, (size_t)length + 1, format, again);
        }
    }
    va_end(again);
    va_end(arguments);
    return text;
}
