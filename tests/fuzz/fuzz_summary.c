/* Published tables (stock.csv, starts.csv, ceases.csv): read, and the rates that follow from them. */
#include "fuzz.h"
#include "placecast/codes.h"
#include "placecast/library.h"
#include "placecast/priors.h"
#include "placecast/summary.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    pc_diagnostics said;
    pc_codes codes;
    pc_priors priors = {0};
    pc_summary summary = {0};
    pc_model model = {0};
    pc_status status;

    pc_library_init();
    (void)fuzz_unpack(data, size, "stock.csv");
    pc_diagnostics_init(&said);
    status = pc_codes_load(NULL, &codes, &said);
    status = status == PC_OK ? pc_summary_read(fuzz_folder(), &codes, &summary, &said) : status;
    status = status == PC_OK ? pc_priors_load(NULL, &codes, &priors, &said) : status;
    status = status == PC_OK ? pc_fit_summary(&summary, &codes, &priors, PC_DAY_NONE, &model, &said) : status;
    (void)status;
    pc_model_free(&model);
    pc_priors_free(&priors);
    pc_summary_free(&summary);
    pc_codes_free(&codes);
    pc_diagnostics_free(&said);
    return 0;
}
