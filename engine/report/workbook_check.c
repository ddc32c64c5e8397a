/* workbook_check.c - is the workbook that was written whole? The library that writes it keeps its parts in
 * temporary files and does not look whether they could be written: with a full disk it would leave a workbook
 * that will not open. So the file is read back: each part of the archive has its checksum, is well-formed,
 * and holds as many cells, texts and points as it should.
 *
 * The archive: PKWARE, APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.16
 * (its end). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/memory.h"
#include "report/workbook.h"

enum { LOCAL_SIZE = 30, ENTRY_SIZE = 46, END_SIZE = 22, STORED = 0, DEFLATED = 8, DEEPEST = 64 };
enum { LARGEST_PART = 1 << 30 };

typedef struct counts {
    size_t cell;  /* of sheets */
    size_t texts; /* shared texts found, less those said to be there */
} counts;

static size_t number_at(const unsigned char *at, int n_byte)
{
    size_t value = 0;

    for (int b = n_byte - 1; b >= 0; b--) {
        value = value << 8 | at[b];
    }
    return value;
}

/* ---- one part: XML as the library writes it, every < and > of a text escaped ---- */

static bool is_name(const char *name, size_t n, const char *wanted)
{
    return n == strlen(wanted) && memcmp(name, wanted, n) == 0;
}

/* The number of attribute `name="N"` in the tag, 0 when it has none. */
static size_t attribute(const char *tag, size_t n, const char *name)
{
    size_t length = strlen(name), value = 0;

    for (size_t at = 0; at + length < n; at++) {
        if (memcmp(tag + at, name, length) == 0) {
            for (at += length; at < n && tag[at] >= '0' && tag[at] <= '9'; at++) {
                value = 10 * value + (size_t)(tag[at] - '0');
            }
            break;
        }
    }
    return value;
}

static void count_tag(const char *tag, size_t n, size_t n_name, counts *out)
{
    out->cell += is_name(tag, n_name, "c");
    out->texts += is_name(tag, n_name, "si");
    if (is_name(tag, n_name, "sst")) {
        out->texts -= attribute(tag, n, " uniqueCount=\"");
    }
}

static bool tag_is_whole(const char *tag, size_t n)
{
    size_t quotes = 0;

    for (size_t at = 0; at < n; at++) {
        quotes += tag[at] == '"';
        if (tag[at] == '<') {
            return false;
        }
    }
    return quotes % 2 == 0;
}

static bool part_is_whole(const char *text, size_t n, counts *out)
{
    struct {
        const char *name;
        size_t n;
    } open[DEEPEST];
    size_t depth = 0, roots = 0, at = 0;

    if (n < 5 || memcmp(text, "<?xml", 5) != 0) {
        return false;
    }
    while (at < n) {
        const char *tag = memchr(text + at, '<', n - at), *end;
        const char *stray = memchr(text + at, '>', n - at);
        size_t n_name, length;

        if (tag == NULL) {
            break;
        }
        end = memchr(tag, '>', n - (size_t)(tag - text));
        if (end == NULL || stray < tag) {
            return false;
        }
        at = (size_t)(end - text) + 1;
        tag++;
        length = (size_t)(end - tag);
        if (!tag_is_whole(tag, length)) {
            return false;
        }
        if (length > 0 && tag[0] == '?') {
            continue;
        }
        if (length > 0 && tag[0] == '/') {
            if (depth == 0 || open[depth - 1].n != length - 1 ||
                memcmp(open[depth - 1].name, tag + 1, length - 1) != 0) {
                return false;
            }
            depth--;
            continue;
        }
        for (n_name = 0; n_name < length && tag[n_name] != ' ' && tag[n_name] != '/'; n_name++) {
        }
        if (n_name == 0 || depth == DEEPEST || (depth == 0 && roots > 0)) {
            return false;
        }
        roots += depth == 0;
        count_tag(tag, length, n_name, out);
        if (tag[length - 1] != '/') {
            open[depth].name = tag;
            open[depth++].n = n_name;
        }
    }
    return depth == 0 && roots == 1;
}

/* ---- the archive ---- */

static pc_status unpack(const unsigned char *data, size_t n, size_t method, unsigned char *out, size_t n_out,
                        bool *whole)
{
    z_stream stream = {0};
    int code;

    if (method == STORED) {
        *whole = n == n_out;
        memcpy(out, data, *whole ? n : 0);
        return PC_OK;
    }
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) {
        return PC_ERR_NO_MEMORY;
    }
    stream.next_in = (z_const Bytef *)(uintptr_t)data; /* only read */
    stream.avail_in = (uInt)n;
    stream.next_out = out;
    stream.avail_out = (uInt)n_out;
    code = inflate(&stream, Z_FINISH);
    *whole = method == DEFLATED && code == Z_STREAM_END && stream.avail_out == 0;
    inflateEnd(&stream);
    return code == Z_MEM_ERROR ? PC_ERR_NO_MEMORY : PC_OK;
}

static pc_status check_entry(const unsigned char *file, size_t n, const unsigned char *entry, counts *out,
                             bool *whole)
{
    size_t packed = number_at(entry + 20, 4), size = number_at(entry + 24, 4),
           local = number_at(entry + 42, 4);
    size_t data = local + LOCAL_SIZE <= n
                      ? local + LOCAL_SIZE + number_at(file + local + 26, 2) + number_at(file + local + 28, 2)
                      : n;
    unsigned char *text;
    pc_status status;

    if (size > LARGEST_PART || data > n || packed > n - data) {
        return PC_OK; /* not whole */
    }
    text = pc_new(size + 1, 1);
    if (text == NULL) {
        return PC_ERR_NO_MEMORY;
    }
    status = unpack(file + data, packed, number_at(entry + 10, 2), text, size, whole);
    *whole = status == PC_OK && *whole && crc32(0, text, (uInt)size) == number_at(entry + 16, 4) &&
             part_is_whole((const char *)text, size, out);
    free(text);
    return status;
}

static pc_status check_archive(const unsigned char *file, size_t n, counts *out, bool *whole)
{
    const unsigned char *end = n < END_SIZE ? NULL : file + n - END_SIZE;
    size_t at = end == NULL ? n : number_at(end + 16, 4), n_entry = end == NULL ? 0 : number_at(end + 10, 2);
    pc_status status = PC_OK;

    *whole = end != NULL && memcmp(end, "PK\5\6", 4) == 0 && n_entry > 0;
    for (size_t e = 0; e < n_entry && *whole && status == PC_OK; e++) {
        *whole = at + ENTRY_SIZE <= n && memcmp(file + at, "PK\1\2", 4) == 0;
        if (*whole) {
            *whole = false;
            status = check_entry(file, n, file + at, out, whole);
            at += ENTRY_SIZE + number_at(file + at + 28, 2) + number_at(file + at + 30, 2) +
                  number_at(file + at + 32, 2);
        }
    }
    return status;
}

static pc_status read_all(const char *path, unsigned char **out, size_t *n)
{
    FILE *stream = fopen(path, "rb");
    size_t capacity = 0, got = 1;
    pc_status status = stream == NULL ? PC_ERR_IO : PC_OK;

    while (status == PC_OK && got > 0) {
        status = pc_grow(out, &capacity, *n + (1 << 16), 1);
        got = status == PC_OK ? fread(*out + *n, 1, capacity - *n, stream) : 0;
        *n += got;
    }
    if (stream != NULL) {
        status = status == PC_OK && ferror(stream) != 0 ? PC_ERR_IO : status;
        fclose(stream);
    }
    return status;
}

pc_status book_read_back(const char *path, size_t n_cell, pc_diagnostics *diagnostics)
{
    unsigned char *file = NULL;
    size_t n = 0;
    counts found = {0, 0};
    bool whole = false;
    pc_status status = read_all(path, &file, &n);

    status = status == PC_OK ? check_archive(file, n, &found, &whole) : status;
    free(file);
    if (status == PC_OK && (!whole || found.cell != n_cell || found.texts != 0)) {
        status = PC_ERR_IO;
    }
    if (status == PC_ERR_IO) {
        pc_diagnostics_add(
            diagnostics, PC_ERROR, (pc_place){.file = path},
            "cannot write the workbook: read back, it is not whole; is the disk for temporary files full?");
    }
    return status;
}
