/* intervention_draft.h - an intervention while it is read: what its keys gave, before they are put together.
 * Private to scenario/. */
#ifndef PC_SCENARIO_INTERVENTION_DRAFT_H
#define PC_SCENARIO_INTERVENTION_DRAFT_H

#include "placecast/intervention.h"
#include "scenario/reader.h"

/* The words of `kind`, from the list of kinds, and of `measure`. */
#define SCENARIO_KIND_WORD(name, text, may, must, help) "|" text
#define SCENARIO_KINDS &(PC_INTERVENTION_LIST(SCENARIO_KIND_WORD))[1]
#define SCENARIO_ACTIVITY_MEASURES                                                                           \
    "contacts|referrals|assessments|children_in_need|protection_plans|court_work"

typedef struct scenario_reach {
    double children, families, per_family; /* NaN: not given */
} scenario_reach;

typedef struct scenario_saving {
    unsigned per, period, definition; /* as in their choices */
    double amount;
} scenario_saving;

typedef struct scenario_intervention {
    pc_intervention intervention;
    scenario_reach reach;
    double places, households, places_per_household, usable_share; /* NaN: not given */
    double cost_per_family;                                        /* NaN: not given */
    unsigned measure;
    scenario_saving saving;
    size_t problems_before; /* of the reader, when it was opened */
} scenario_intervention;

void *scenario_open_intervention(scenario_reader *reader, const char *name, pc_place place);
void scenario_close_intervention(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                                 void *element);

/* Readers of values with a form of their own; `base` is a scenario_intervention. */
void scenario_read_days_in_care(scenario_reader *reader, const scenario_key *key, const char *shown,
                                const char *name, const pc_yaml_node *node, void *base);
void scenario_read_intervention_authorities(scenario_reader *reader, const scenario_key *key,
                                            const char *shown, const char *name, const pc_yaml_node *node,
                                            void *base);
void scenario_read_ages(scenario_reader *reader, const scenario_key *key, const char *shown, const char *name,
                        const pc_yaml_node *node, void *base);
void scenario_read_streams(scenario_reader *reader, const scenario_key *key, const char *shown,
                           const char *name, const pc_yaml_node *node, void *base);
void scenario_read_pool(scenario_reader *reader, const scenario_key *key, const char *shown, const char *name,
                        const pc_yaml_node *node, void *base);
void scenario_read_causes(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base);
void scenario_read_effect(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base);
void scenario_read_reach(scenario_reader *reader, const scenario_key *key, const char *shown,
                         const char *name, const pc_yaml_node *node, void *base);

void scenario_read_saving(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base);
/* That savings out of area have their shares, once the tables are read. PC_ERR_INPUT. */
PC_MUST_USE pc_status scenario_check_savings(const pc_scenario *scenario, pc_diagnostics *diagnostics);

/* Keys that the kind does not use, or must have and has not. `kind` is that of `node`. */
void scenario_check_kind(scenario_reader *reader, const char *shown, const pc_yaml_node *node,
                         pc_intervention_kind kind);
/* The kind that `node` names; PC_N_INTERVENTION_KIND when it names none. */
pc_intervention_kind scenario_kind_of(const pc_yaml_node *node);
/* Keys that a kind may use, PC_USES_ bits; all for PC_N_INTERVENTION_KIND. */
unsigned scenario_kind_may(pc_intervention_kind kind);

/* Kinds that use one of these bits: "prevent, divert or exit_rate" with `last` " or ". Returns `text`. */
char *scenario_kinds_with(unsigned uses, const char *last, char text[SCENARIO_TEXT_SIZE]);

/* What only the whole scenario can say: places without a capacity, and what can have no effect, whatever the
 * model. */
void scenario_check_interventions(scenario_reader *reader);
void scenario_free_intervention(pc_intervention *intervention);

#endif
