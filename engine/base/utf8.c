#include "base/utf8.h"

#include <string.h>

size_t pc_utf8_length(const unsigned char *bytes, size_t size)
{
    unsigned char c = bytes[0];
    size_t n = c < 0x80                ? 1
               : c >= 0xC2 && c < 0xE0 ? 2
               : c >= 0xE0 && c < 0xF0 ? 3
               : c >= 0xF0 && c < 0xF5 ? 4
                                       : 0;

    if (n == 0 || n > size || (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
        return 0;
    }
    for (size_t b = 1; b < n; b++) {
        if ((bytes[b] & 0xC0) != 0x80) {
            return 0;
        }
    }
    if ((c == 0xE0 && bytes[1] < 0xA0) || (c == 0xED && bytes[1] > 0x9F) || (c == 0xF0 && bytes[1] < 0x90) ||
        (c == 0xF4 && bytes[1] > 0x8F)) {
        return 0;
    }
    return n;
}

void pc_utf8_make_plain(char *text)
{
    for (size_t left = strlen(text); left > 0;) {
        size_t n = pc_utf8_length((const unsigned char *)text, left), taken = n == 0 ? 1 : n;

        if (n == 0) {
            *text = '?';
        }
        text += taken;
        left -= taken;
    }
}
