#include "pc_test.h"

#include <math.h>

#include <gsl/gsl_randist.h>

#include "base/keyed_random.h"

static void assert_words(pc_random_block block, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    assert_int_equal(block.word[0], a);
    assert_int_equal(block.word[1], b);
    assert_int_equal(block.word[2], c);
    assert_int_equal(block.word[3], d);
}

/* The lines `philox4x32 10` of kat_vectors in the Random123 distribution: counter, key, result. They also fix
 * how our key and counter are laid out, which every published result depends on. */
static void blocks_meet_the_published_known_answers(void **state)
{
    (void)state;
    assert_words(pc_random(pc_random_key_make(0, 0), 0, PC_PURPOSE_LIFE, 0), 0x6627e8d5, 0xe169c58d,
                 0xbc57ac4c, 0x9b00dbd8);
    assert_words(
        pc_random(pc_random_key_make(UINT64_MAX, UINT32_MAX), UINT64_MAX, (pc_purpose)0xff, 0xffffff),
        0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    assert_words(pc_random(pc_random_key_make(0x03707344a4093822, 0x299f31d0), 0x85a308d3243f6a88,
                           (pc_purpose)0x13, 0x198a2e),
                 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
}

static bool same(pc_random_block a, pc_random_block b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static void every_part_of_the_key_matters(void **state)
{
    pc_random_key key = pc_random_key_make(1, 2);
    pc_random_block block = pc_random(key, 3, PC_PURPOSE_STARTS, 4);

    (void)state;
    assert_true(same(block, pc_random(key, 3, PC_PURPOSE_STARTS, 4)));
    assert_false(same(block, pc_random(pc_random_key_make(2, 2), 3, PC_PURPOSE_STARTS, 4)));
    assert_false(
        same(block, pc_random(pc_random_key_make((uint64_t)1 << 32 | 1, 2), 3, PC_PURPOSE_STARTS, 4)));
    assert_false(same(block, pc_random(pc_random_key_make(1, 3), 3, PC_PURPOSE_STARTS, 4)));
    assert_false(same(block, pc_random(key, 4, PC_PURPOSE_STARTS, 4)));
    assert_false(same(block, pc_random(key, (uint64_t)1 << 32 | 3, PC_PURPOSE_STARTS, 4)));
    assert_false(same(block, pc_random(key, 3, PC_PURPOSE_STARTER, 4)));
    assert_false(same(block, pc_random(key, 3, PC_PURPOSE_STARTS, 5)));
}

static void uniforms_stay_inside_0_and_1(void **state)
{
    (void)state;
    assert_close(pc_uniform(0), 0x1p-33, 0, 0);
    assert_close(pc_uniform(UINT32_MAX), 1 - 0x1p-33, 0, 0);
    assert_true(pc_uniform(UINT32_MAX) < 1);
    assert_close(pc_uniform(0x80000000U), 0.5 + 0x1p-33, 0, 0);
}

static void the_generator_deals_out_the_blocks_in_order(void **state)
{
    pc_random_key key = pc_random_key_make(5, 6);
    gsl_rng *rng = pc_gsl_rng_new(key, 7, PC_PURPOSE_SYNTH);

    (void)state;
    assert_non_null(rng);
    for (uint32_t draw = 0; draw < 3; draw++) {
        pc_random_block block = pc_random(key, 7, PC_PURPOSE_SYNTH, draw);

        for (int w = 0; w < 4; w++) {
            assert_int_equal(gsl_rng_get(rng), block.word[w]);
        }
    }
    gsl_rng_get(rng); /* leaves three words of a block: pointing elsewhere must drop them */
    pc_gsl_rng_point(rng, key, 8, PC_PURPOSE_SYNTH);
    assert_int_equal(gsl_rng_get(rng), pc_random(key, 8, PC_PURPOSE_SYNTH, 0).word[0]);
    gsl_rng_free(rng);
}

/* n = 40,000 fixed draws; |z| < 5 has a false-alarm rate of 5.7e-7, and a mean off by 5% would have z = 10.
 */
static void samplers_of_gsl_have_the_right_moments(void **state)
{
    enum { N = 40000 };
    gsl_rng *rng = pc_gsl_rng_new(pc_random_key_make(11, 0), 0, PC_PURPOSE_PARAMETERS);
    double exponential = 0, normal = 0, square = 0;

    (void)state;
    assert_non_null(rng);
    for (int draw = 0; draw < N; draw++) {
        double z = gsl_ran_gaussian_ziggurat(rng, 1.0);

        exponential += gsl_ran_exponential(rng, 2.0);
        normal += z;
        square += z * z;
    }
    assert_true(fabs(z_mean(exponential / N, 2.0, 2.0, N)) < 5);
    assert_true(fabs(z_mean(normal / N, 0.0, 1.0, N)) < 5);
    assert_true(fabs(z_mean(square / N, 1.0, sqrt(2.0), N)) < 5);
    assert_false(fabs(z_mean(exponential / N, 2.1, 2.1, N)) < 5); /* the check has the power to fail */
    gsl_rng_free(rng);
}

/* Distances of 4,000 uniforms; p > 1e-6 is the false-alarm rate. */
static void uniforms_are_uniform_along_every_coordinate(void **state)
{
    enum { N = 4000 };
    static double entity[N], replicate[N], draw[N], squared[N];

    (void)state;
    for (uint32_t i = 0; i < N; i++) {
        entity[i] = pc_uniform(pc_random(pc_random_key_make(1, 0), i, PC_PURPOSE_LIFE, 0).word[0]);
        replicate[i] = pc_uniform(pc_random(pc_random_key_make(1, i), 0, PC_PURPOSE_LIFE, 0).word[1]);
        draw[i] = pc_uniform(pc_random(pc_random_key_make(1, 0), 0, PC_PURPOSE_LIFE, i).word[2]);
        squared[i] = draw[i] * draw[i];
    }
    assert_true(ks_p_value(ks_distance_uniform(entity, N), N) > 1e-6);
    assert_true(ks_p_value(ks_distance_uniform(replicate, N), N) > 1e-6);
    assert_true(ks_p_value(ks_distance_uniform(draw, N), N) > 1e-6);
    assert_false(ks_p_value(ks_distance_uniform(squared, N), N) > 1e-6); /* must fail: these are not */
}

/* Streams of neighbouring purposes, entities and replicates share nothing: correlation about N(0, 1/n). */
static void neighbouring_streams_are_uncorrelated(void **state)
{
    enum { N = 20000 };
    double sum[3] = {0};

    (void)state;
    for (uint32_t i = 0; i < N; i++) {
        double a = pc_uniform(pc_random(pc_random_key_make(3, i), 1, PC_PURPOSE_LIFE, 0).word[0]) - 0.5;

        sum[0] +=
            a * (pc_uniform(pc_random(pc_random_key_make(3, i), 1, PC_PURPOSE_STARTS, 0).word[0]) - 0.5);
        sum[1] += a * (pc_uniform(pc_random(pc_random_key_make(3, i), 2, PC_PURPOSE_LIFE, 0).word[0]) - 0.5);
        sum[2] +=
            a * (pc_uniform(pc_random(pc_random_key_make(3, i + 1), 1, PC_PURPOSE_LIFE, 0).word[0]) - 0.5);
    }
    for (int pair = 0; pair < 3; pair++) {
        assert_true(fabs(sum[pair] / N * 12 * sqrt(N)) < 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_meet_the_published_known_answers),
        cmocka_unit_test(every_part_of_the_key_matters),
        cmocka_unit_test(uniforms_stay_inside_0_and_1),
        cmocka_unit_test(the_generator_deals_out_the_blocks_in_order),
        cmocka_unit_test(samplers_of_gsl_have_the_right_moments),
        cmocka_unit_test(uniforms_are_uniform_along_every_coordinate),
        cmocka_unit_test(neighbouring_streams_are_uncorrelated),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
