/* intake_case.h - small returns written as text, cleaned, and shown as text again. */
#ifndef PC_INTAKE_CASE_H
#define PC_INTAKE_CASE_H

#include "placecast/episodes.h"

#define EPISODE_COLUMNS "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE\n"
#define HEADER_COLUMNS "CHILD,SEX,DOB,ETHNIC\n"
#define UASC_COLUMNS "CHILD,SEX,DOB,DUC\n"

typedef struct intake_case {
    char *folder;
    pc_status status;
    pc_episodes episodes;
    pc_quality quality;
    pc_diagnostics diagnostics;
} intake_case;

/* A new empty folder. */
void case_open(intake_case *self);
/* Writes a file into it: `name` may hold folders; `columns` and `rows` are written one after the other. */
void case_file(const intake_case *self, const char *name, const char *columns, const char *rows);
/* Cleans the folder; may be called again after another file. `extract`: yyyy-mm-dd, or NULL for the default.
 */
void case_clean(intake_case *self, const char *extract);
void case_close(intake_case *self);

/* All lines of quality.csv, `rule file:row la/child action`, without the header; the caller frees. */
char *case_quality(const intake_case *self);
/* All rows of episodes: `la/child start end category transition placement cause`; the caller frees. */
char *case_episodes(const intake_case *self);

/* The whole of both, and the invariants of the episodes. `episodes` may be NULL. */
#define assert_case(self, quality, episodes) case_assert((self), (quality), (episodes), __FILE__, __LINE__)
void case_assert(const intake_case *self, const char *quality, const char *episodes, const char *file,
                 int line);

#endif
