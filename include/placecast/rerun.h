/* rerun.h - what run.json says of a run, read back, so that the run can be made again and compared.
 *
 * A run is given by the version of the program, the words of its command and the bytes of its inputs: the
 * seed and every setting are in the command or in a scenario file. A manifest names these and the tables that
 * came of them.
 */
#ifndef PC_RERUN_H
#define PC_RERUN_H

#include <stdbool.h>
#include <stddef.h>

#include "placecast/diagnostics.h"

typedef struct pc_manifest_file {
    char *path;   /* inputs: as it was opened; outputs: its name in the folder of the results */
    char *sha256; /* 64 hexadecimal digits; NULL: not recorded */
} pc_manifest_file;

typedef struct pc_manifest {
    char *path;               /* of run.json */
    char *folder;             /* that it lies in */
    char *version;            /* of the program that wrote it */
    size_t n_word;            /* of the command, "placecast" included: at least 2 */
    char **word;              /* [n_word + 1]; NULL ends it, as in argv */
    size_t n_input;           /* files read */
    pc_manifest_file *input;  /* [n_input] */
    size_t n_output;          /* files written */
    pc_manifest_file *output; /* [n_output]; no hash for what is made after run.json, and for run.json */
} pc_manifest;

/* Reads the run.json at `path`. PC_ERR_INPUT when it is none, or names no command; PC_ERR_NO_MEMORY. On
 * failure `out` is empty. The caller calls pc_manifest_free. */
PC_MUST_USE pc_status pc_manifest_read(const char *path, pc_manifest *out, pc_diagnostics *diagnostics);
void pc_manifest_free(pc_manifest *self); /* NULL is fine; may be called twice */

/* Whether this version of the program wrote it. */
bool pc_manifest_same_version(const pc_manifest *self);

/* Hashes every input again. An error for each that is absent, no regular file, or has other bytes than the
 * run read; PC_ERR_INPUT when there is one. Relative paths start from the current folder. */
PC_MUST_USE pc_status pc_manifest_check_inputs(const pc_manifest *self, pc_diagnostics *diagnostics);

/* Hashes every output again that run.json has a hash of, in the folder of run.json: a warning for each that
 * is absent or has other bytes (the run was killed while it wrote over the files of an earlier one, or
 * somebody changed the file). PC_OK whether or not there are any; PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_manifest_check_outputs(const pc_manifest *self, pc_diagnostics *diagnostics);

/* Compares a run made again, `again`, with the run `self`: an error for each input that one of them read and
 * the other did not, and for each output that is absent or has other bytes (with the first row that differs
 * where both files are there). Tables are compared with the hash in run.json, what is made after it with the
 * file beside it. Gives in *n_compared how many outputs were compared, in *n_different how many differ.
 * PC_OK whether or not there are differences; PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_manifest_compare(const pc_manifest *self, const pc_manifest *again,
                                          size_t *n_compared, size_t *n_different,
                                          pc_diagnostics *diagnostics);

#endif
