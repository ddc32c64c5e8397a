/* fuzz.h - what the fuzz targets share. Each is one file with LLVMFuzzerTestOneInput: linked with libFuzzer
 * by tools/fuzz, and with replay.c, which runs it over the files that are kept, in every check. */
#ifndef PC_TEST_FUZZ_H
#define PC_TEST_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A folder of its own for one process, empty; static. */
const char *fuzz_folder(void);
/* `folder/name`; static, one at a time. */
const char *fuzz_path(const char *name);
/* Makes the folder hold the files of a bundle and nothing else: text after a line `@@@ NAME` is that file, up
 * to the next such line. Names are letters, digits, `.`, `_` and `-`, below the folder or one more. What does
 * not begin with such a line is the file `otherwise`. Returns how many files there are. */
size_t fuzz_unpack(const uint8_t *data, size_t size, const char *otherwise);
/* One more file. */
void fuzz_write(const char *name, const void *data, size_t size);

#endif
