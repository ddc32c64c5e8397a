/* status.h - what every fallible call returns.
 *
 * One list makes both the enum and the texts. Details for a person (file, line, column, what was expected)
 * are in the pc_diagnostics object that the call was given; the status says only of which kind the failure
 * is.
 */
#ifndef PC_STATUS_H
#define PC_STATUS_H

#if defined(__GNUC__)
#define PC_MUST_USE __attribute__((warn_unused_result))
#define PC_PRINTF(format_index, first_index) __attribute__((format(printf, format_index, first_index)))
#else
#define PC_MUST_USE
#define PC_PRINTF(format_index, first_index)
#endif

/* X(name, exit code of the command line, text) */
#define PC_STATUS_LIST(X)                                                                                    \
    X(PC_OK, 0, "done")                                                                                      \
    X(PC_ERR_NO_MEMORY, 1, "out of memory")                                                                  \
    X(PC_ERR_IO, 1, "a file could not be read or written")                                                   \
    X(PC_ERR_INTERNAL, 1, "an internal check failed; please report it")                                      \
    X(PC_ERR_USAGE, 2, "wrong usage")                                                                        \
    X(PC_ERR_INPUT, 3, "the input was rejected")                                                             \
    X(PC_ERR_NO_DATA, 3, "no usable data")                                                                   \
    X(PC_ERR_RANGE, 3, "a value is out of its range")                                                        \
    X(PC_ERR_INTERRUPTED, 130, "interrupted; finished work is kept")

typedef enum pc_status {
#define PC_STATUS_ENUM(name, exit_code, text) name,
    PC_STATUS_LIST(PC_STATUS_ENUM)
#undef PC_STATUS_ENUM
        PC_N_STATUS
} pc_status;

/* A sentence for `status`; never NULL, "unknown status" when it is out of range. */
const char *pc_strerror(pc_status status);

/* The exit code of the command line for `status`: 0, 1, 2, 3 or 130. */
int pc_exit_code(pc_status status);

#endif
