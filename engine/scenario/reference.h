/* reference.h - what the references of all kinds of files share. Private to scenario/. */
#ifndef PC_SCENARIO_REFERENCE_H
#define PC_SCENARIO_REFERENCE_H

#include <stdio.h>

#include "scenario/keys.h"

/* Every key of a table: a table in Markdown, or wrapped text for a terminal. */
void scenario_reference_rows(const scenario_table *table, FILE *stream);
void scenario_reference_plain(const scenario_table *table, FILE *stream);

#endif
