#include "pc_test.h"

#include "base/file_hash.h"

static void assert_hash(const char *text, const char *expected)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "f"), hash[PC_HASH_TEXT_SIZE];

    pc_test_write(folder, "f", text);
    assert_true(pc_file_hash(path, hash));
    assert_string_equal(hash, expected);
    pc_test_remove(folder);
    free(path);
    free(folder);
}

/* FIPS 180-2, appendix B, and the hash of nothing. */
static void hashes_are_those_of_the_standard(void **state)
{
    (void)state;
    assert_hash("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_hash("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_hash("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_file_that_cannot_be_read_has_no_hash(void **state)
{
    char *folder = pc_test_folder(), *path = pc_test_path(folder, "absent"), hash[PC_HASH_TEXT_SIZE];

    (void)state;
    assert_false(pc_file_hash(path, hash));
    assert_false(pc_file_hash(folder, hash));
    pc_test_remove(folder);
    free(path);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_are_those_of_the_standard),
        cmocka_unit_test(a_file_that_cannot_be_read_has_no_hash),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
