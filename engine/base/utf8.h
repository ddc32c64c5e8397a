/* utf8.h - which bytes are text. */
#ifndef PC_BASE_UTF8_H
#define PC_BASE_UTF8_H

#include <stddef.h>

/* Length of the character at `bytes` (size > 0), 0 when it is not UTF-8 (RFC 3629: no overlong forms, no
 * surrogates) or is a control character other than tab and the ends of lines, which YAML 1.2 does not allow
 * either and which a terminal may obey. */
size_t pc_utf8_length(const unsigned char *bytes, size_t size);
/* Puts a question mark in the place of every byte that is none of a character. */
void pc_utf8_make_plain(char *text);

#endif
