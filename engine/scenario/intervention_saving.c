/* The key `saving` of an intervention: a sum for each placement avoided, which is nothing without its period.
 */
#include <string.h>

#include "base/number_text.h"
#include "scenario/intervention_draft.h"

void scenario_read_saving(scenario_reader *reader, const scenario_key *key, const char *shown,
                          const char *name, const pc_yaml_node *node, void *base)
{
    scenario_saving *saving = &((scenario_intervention *)base)->saving;
    const pc_yaml_node *amount = pc_yaml_get(node, "amount"), *per = pc_yaml_get(node, "per");
    char found[SCENARIO_FOUND_SIZE];
    double number;

    (void)name;
    if (node->kind == PC_YAML_SCALAR && pc_number_parse(node->text, strlen(node->text), &number)) {
        scenario_problem(
            reader, pc_yaml_place(node),
            "%s: found %.40s without saying for what and for how long, expected {per: "
            "out_of_area_placement, amount: %.40s, period: year}: a sum saved once and one saved "
            "every year are as far apart as a placement is long",
            shown, node->text, node->text);
        return;
    }
    if (node->kind != PC_YAML_MAPPING) {
        scenario_problem(reader, pc_yaml_place(node), "%s: found %s, expected %s", shown,
                         scenario_found(node, found), key->expected);
        return;
    }
    scenario_read_group(reader, key->path, shown, node, saving);
    if (pc_yaml_get(node, "period") == NULL && !reader->partial) {
        scenario_problem(
            reader, pc_yaml_place(node),
            "%s: found %.40s per %.40s without a period, expected `period: year` (or month, week) "
            "beside it: a sum saved once and one saved every year are as far apart as a placement "
            "is long",
            shown, amount != NULL && amount->kind == PC_YAML_SCALAR ? amount->text : "an amount",
            per != NULL && per->kind == PC_YAML_SCALAR ? per->text : "placement");
    }
}

pc_status scenario_check_savings(const pc_scenario *scenario, pc_diagnostics *diagnostics)
{
    pc_status status = PC_OK;

    for (size_t i = 0; i < scenario->n_intervention; i++) {
        const pc_intervention *of = &scenario->intervention[i];

        if (of->saving.given && of->saving.out_of_area &&
            !pc_out_of_area_has(&scenario->out_of_area_table, of->saving.definition)) {
            pc_diagnostics_add(
                diagnostics, PC_ERROR, (pc_place){.file = of->file, .line = of->line, .column = of->column},
                "interventions.%.80s.saving: is per placement out of area, of which there are no "
                "shares: expected `out_of_area: FILE` with rows of definition %s",
                of->name, pc_out_of_area_name(of->saving.definition));
            status = PC_ERR_INPUT;
        }
    }
    return status;
}
