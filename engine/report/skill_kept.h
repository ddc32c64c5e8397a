/* skill_kept.h - the skill tables of a run, kept for the next one. */
#ifndef PC_SKILL_KEPT_H
#define PC_SKILL_KEPT_H

#include <stdbool.h>

#include "base/file_hash.h"

enum { REPORT_N_SKILL_TABLE = 2 };
extern const char *const report_skill_table[REPORT_N_SKILL_TABLE]; /* skill.csv, skill_summary.csv */

/* SHA-256 of both in `folder`; false when either cannot be read. */
bool report_skill_hashes(const char *folder, char hash[REPORT_N_SKILL_TABLE][PC_HASH_TEXT_SIZE]);

#endif
