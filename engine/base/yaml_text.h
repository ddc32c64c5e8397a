/* yaml_text.h - the text of a YAML file made ready for libfyaml. Private to base/. */
#ifndef PC_BASE_YAML_TEXT_H
#define PC_BASE_YAML_TEXT_H

#include "placecast/diagnostics.h"

/* A copy of `bytes` that libfyaml 0.7.12 reads safely; the caller frees it. Refused, with the place in
 * `diagnostics`: more than PC_YAML_MAX_BYTES, what is not UTF-8 (libfyaml takes it silently for the end of a
 * value), and the rare forms on which libfyaml corrupts its own memory (keys that begin with "? ",
 * directives). Tabs inside a line become blanks, for the same reason. PC_ERR_INPUT, PC_ERR_NO_MEMORY. */
PC_MUST_USE pc_status pc_yaml_prepare(const char *bytes, size_t size, const char *shown, char **out,
                                      pc_diagnostics *diagnostics);

#endif
