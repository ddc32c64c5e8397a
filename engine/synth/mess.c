/* mess.c - from clean tables to messy files. */
#include "synth/mess.h"

pc_status synth_write_messy(const pc_synth_options *options, const synth_authority *authority,
                            size_t n_authority, const char *folder, const char *returns,
                            pc_diagnostics *diagnostics)
{
    mess self = {
        .options = options, .authority = authority, .n_authority = n_authority, .diagnostics = diagnostics};
    pc_status status;

    pc_names_init(&self.text);
    self.rng = pc_gsl_rng_new(pc_random_key_make(options->seed, 0), SYNTH_ENTITY_MESS, PC_PURPOSE_SYNTH);
    status = self.rng == NULL ? PC_ERR_NO_MEMORY : mess_collect(&self);
    if (status == PC_OK) {
        status = mess_list_episodes(&self);
    }
    if (status == PC_OK) {
        status = mess_plant_all(&self);
    }
    if (status == PC_OK) {
        status = mess_list_duplicates(&self);
    }
    if (status == PC_OK) {
        status = mess_write(&self, returns);
    }
    if (status == PC_OK) {
        status = mess_write_planted(&self, folder);
    }
    mess_free(&self);
    return status;
}
