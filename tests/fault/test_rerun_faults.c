/* run.json read back, and two runs compared, with every allocation of ours failing in turn. */
#include "failing_allocation.h"
#include "pc_test.h"
#include "placecast/rerun.h"

typedef struct place {
    char *folder, *path;
} place;

static pc_status read_and_compare(void *context)
{
    const place *self = context;
    pc_manifest manifest;
    size_t n_compared, n_different;
    pc_status status = pc_manifest_read(self->path, &manifest, NULL);

    if (status == PC_OK) {
        status = pc_manifest_compare(&manifest, &manifest, &n_compared, &n_different, NULL);
        pc_manifest_free(&manifest);
    }
    return status;
}

static void a_manifest_is_whole_or_not_there(void **state)
{
    place self = {pc_test_folder(), NULL};

    (void)state;
    pc_test_write(self.folder, "table.csv", "a\n");
    pc_test_write(
        self.folder, "run.json",
        "{\"placecast\": \"1\", \"command\": [\"placecast\", \"run\", \"a\"], \"inputs\": [{\"path\": "
        "\"a\", \"sha256\": \"0\"}], \"outputs\": [\"table.csv\"], \"output_sha256\": "
        "{\"table.csv\": \"0\"}}");
    self.path = pc_test_path(self.folder, "run.json");
    assert_true(walk_failing_allocations(read_and_compare, &self) > 10);
    pc_test_remove(self.folder);
    free(self.folder);
    free(self.path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_manifest_is_whole_or_not_there)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
