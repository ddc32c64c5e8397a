/* pc_test.h - what every test program includes: cmocka, assertions that explain themselves, scratch folders,
 * statistics.
 *
 * Assertions are macros, so that a failure names the line of the test. Floating-point assertions fail on NaN.
 */
#ifndef PC_TEST_H
#define PC_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "placecast/diagnostics.h"
#include "placecast/status.h"

/* |actual - expected| <= abs + rel * |expected|. NaN on either side fails; infinities must be equal. */
#define assert_close(actual, expected, rel, abs)                                                             \
    pc_test_close((double)(actual), (double)(expected), (rel), (abs), #actual, __FILE__, __LINE__)

/* assert_ok(status) or assert_ok(status, &diagnostics): prints the status and every message when it is not
 * PC_OK. */
#define assert_ok(...)                                                                                       \
    pc_test_status(PC_TEST_FIRST(__VA_ARGS__, NULL), PC_OK, PC_TEST_SECOND(__VA_ARGS__, NULL, NULL),         \
                   __FILE__, __LINE__)

/* assert_status(status, expected) or assert_status(status, expected, &diagnostics). */
#define assert_status(...)                                                                                   \
    pc_test_status(PC_TEST_FIRST(__VA_ARGS__, NULL), PC_TEST_SECOND(__VA_ARGS__, NULL, NULL),                \
                   PC_TEST_THIRD(__VA_ARGS__, NULL, NULL, NULL), __FILE__, __LINE__)

/* Some message, written as the user sees it (`file:line:column: text`), holds `part`; else all are printed.
 */
#define assert_message(diagnostics, part) pc_test_message((diagnostics), (part), true, __FILE__, __LINE__)
#define assert_no_message(diagnostics, part) pc_test_message((diagnostics), (part), false, __FILE__, __LINE__)

#define PC_TEST_FIRST(first, ...) (first)
#define PC_TEST_SECOND(first, second, ...) (second)
#define PC_TEST_THIRD(first, second, third, ...) (third)

void pc_test_close(double actual, double expected, double relative, double absolute, const char *text,
                   const char *file, int line);
void pc_test_status(pc_status actual, pc_status expected, const pc_diagnostics *diagnostics, const char *file,
                    int line);
void pc_test_message(const pc_diagnostics *diagnostics, const char *part, bool wanted, const char *file,
                     int line);

/* A new empty folder, as a path that the caller frees after pc_test_remove; fails the test when it cannot be
 * made. */
char *pc_test_folder(void);
/* Removes a file or a folder and all in it; links are not followed; absent is fine. */
void pc_test_remove(const char *path);
/* folder/name; the caller frees. */
char *pc_test_path(const char *folder, const char *name);
bool pc_test_exists(const char *path);

/* Writes `size` bytes, or a text, to folder/name; folders within `name` are made. */
void pc_test_write_bytes(const char *folder, const char *name, const void *bytes, size_t size);
void pc_test_write(const char *folder, const char *name, const char *text);
/* The whole of a file with a NUL after it; the caller frees. `size` may be NULL. Fails the test when it
 * cannot be read. */
char *pc_test_read_file(const char *path, size_t *size);
char *pc_test_read(const char *folder, const char *name);

/* (mean - expected) / (sd / sqrt(n)): about N(0,1) when `expected` is true. |z| < 5 has a false-alarm rate
 * of 5.7e-7, |z| < 4 of 6.3e-5. NaN when n = 0 or sd is not positive: compare so that NaN fails
 * (`assert_true(fabs(z) < 5)`). */
double z_mean(double mean, double expected, double sd, size_t n);
/* (hits - n p) / sqrt(n p (1 - p)), for 0 < p < 1. */
double z_share(size_t hits, size_t n, double p);

typedef double (*pc_test_cdf)(double x, const void *context);
/* Kolmogorov-Smirnov distance of sample[n] to a continuous distribution. Sorts the sample. */
double ks_distance(double *sample, size_t n, pc_test_cdf cdf, const void *context);
/* As above, to the uniform distribution on [0, 1]. */
double ks_distance_uniform(double *sample, size_t n);
/* Chance of at least that distance when the distribution is the true one (Kolmogorov's limit with Stephens'
 * correction). */
double ks_p_value(double distance, size_t n);

#endif
