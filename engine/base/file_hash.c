#include "base/file_hash.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <sha2.h>

bool pc_file_hash(const char *path, char text[PC_HASH_TEXT_SIZE])
{
    return SHA256File(path, text) != NULL;
}

void pc_bytes_hash(const char *bytes, size_t n, char text[PC_HASH_TEXT_SIZE])
{
    (void)SHA256Data((const uint8_t *)bytes, n, text);
}
