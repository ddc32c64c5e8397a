/* file_hash.h - SHA-256 of a file (libmd), as it stands in run.json. */
#ifndef PC_BASE_FILE_HASH_H
#define PC_BASE_FILE_HASH_H

#include <stdbool.h>
#include <stddef.h>

#define PC_HASH_TEXT_SIZE 65

/* 64 hexadecimal digits and a NUL; false when the file cannot be read. */
bool pc_file_hash(const char *path, char text[PC_HASH_TEXT_SIZE]);
/* The same of bytes in memory. */
void pc_bytes_hash(const char *bytes, size_t n, char text[PC_HASH_TEXT_SIZE]);

#endif
