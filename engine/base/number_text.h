/* number_text.h - numbers to and from text with a decimal point in every locale. */
#ifndef PC_BASE_NUMBER_TEXT_H
#define PC_BASE_NUMBER_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PC_NUMBER_TEXT_SIZE 64

/* Fixed decimals (0 to 12), "." in every locale, "-0.00" written as "0.00", "" for NaN and infinities.
 * Returns `text`. */
char *pc_number_format(double value, int decimals, char text[PC_NUMBER_TEXT_SIZE]);
/* `digits` significant digits (1 to 17) in the shortest of %g's forms. Returns `text`. */
char *pc_number_format_significant(double value, int digits, char text[PC_NUMBER_TEXT_SIZE]);
/* Pence as pounds: 12345 -> "123.45". Returns `text`. */
char *pc_pence_format(int64_t pence, char text[PC_NUMBER_TEXT_SIZE]);

/* Reads a whole decimal number ([+-]digits[.digits][e[+-]digits]), nothing else; no hexadecimal, infinity or
 * NaN, no thousands separators. False otherwise. */
bool pc_number_parse(const char *text, size_t length, double *out);
/* Reads a whole number within int64. */
bool pc_integer_parse(const char *text, size_t length, int64_t *out);

#endif
