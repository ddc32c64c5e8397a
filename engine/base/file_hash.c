#include "base/file_hash.h"

#include <stddef.h>
#include <sys/types.h>

#include <sha2.h>

bool pc_file_hash(const char *path, char text[PC_HASH_TEXT_SIZE])
{
    return SHA256File(path, text) != NULL;
}
