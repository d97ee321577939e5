/* Unit tests: quantiles, completeness, names of codes. */

#include "model_sum.h"
#include "suite.h"
#include "xalloc.h"

static struct model model;

/* One process and one histogram. */
static void setup(void)
{
	model_init(&model);
	model.processes = xcalloc(2, sizeof(*model.processes));
	model.processes[0].ns_per_tick = 0.5;
	model.processes[0].complete = true;
	model.processes[1] = model.processes[0];
	model.process_count = 1;
	model.histograms = xcalloc(1, sizeof(*model.histograms));
	model.histogram_count = 1;
}

static void teardown(void)
{
	model_free(&model);
}

START_TEST(quantile_of_nothing)
{
	ck_assert_uint_eq(model_quantile_ns(&model, NO_INDEX, 0.5, 100), 0);
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 0.5, 100), 0);
}
END_TEST

START_TEST(quantile_inside_a_bucket)
{
	model.histograms[0].buckets[10] = 100; /* 1024 to 2048 ticks: 512 to 1024 ns */
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 0.5, 10000), 768);
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 0.25, 10000), 640);
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 1, 10000), 1024);
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 1, 900), 900);
}
END_TEST

START_TEST(quantile_over_buckets)
{
	model.histograms[0].buckets[0] = 50; /* 0 to 2 ticks */
	model.histograms[0].buckets[20] = 50;
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 0.5, UINT64_MAX), 1);
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 0.75, UINT64_MAX), (1 << 19) * 3 / 2);
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 0.01, UINT64_MAX), 0);
}
END_TEST

START_TEST(quantile_in_the_open_bucket)
{
	model.histograms[0].buckets[TRACE_BUCKETS - 1] = UINT64_MAX;
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 0.99, 7), 7);
	model.processes[0].ns_per_tick = 1e300;
	ck_assert_uint_eq(model_quantile_ns(&model, 0, 0.99, UINT64_MAX), UINT64_MAX);
}
END_TEST

START_TEST(ticks_saturate)
{
	ck_assert_uint_eq(ticks_to_ns(1000, 0.25), 250);
	ck_assert_uint_eq(ticks_to_ns(UINT64_MAX, 1e9), INT64_MAX);
	ck_assert_uint_eq(ticks_to_ns(0, 1e300), 0);
}
END_TEST

START_TEST(empty_recording_is_not_complete)
{
	ck_assert(!model_complete(&model));
	model.processes[0].acquisitions = 1;
	ck_assert(model_complete(&model));
	/* A shell that starts the program takes no locks itself. */
	model.process_count = 2;
	ck_assert(model_complete(&model));
	model.processes[1].complete = false;
	ck_assert(!model_complete(&model));
	model.process_count = 0;
	ck_assert(!model_complete(&model));
}
END_TEST

START_TEST(codes_have_names)
{
	ck_assert_str_eq(op_function(TRACE_OP_mutex_trylock), "pthread_mutex_trylock");
	ck_assert_uint_eq(op_flags(TRACE_OP_mutex_trylock), TRACE_OP_TRY);
	ck_assert_uint_eq(op_flags(TRACE_OP_mutex_lock), 0);
	ck_assert_ptr_null(op_function(0));
	ck_assert_ptr_null(op_function(UINT16_MAX));
	ck_assert_uint_eq(op_flags(UINT16_MAX), 0);
	ck_assert_str_eq(lock_kind_name(TRACE_LOCK_mutex), "mutex");
	ck_assert_str_eq(lock_kind_name(TRACE_LOCK_custom), "custom");
	ck_assert_ptr_null(lock_kind_name((enum trace_lock_kind)0));
	ck_assert_ptr_null(lock_kind_name((enum trace_lock_kind)14));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("model");
	TCase *cases = tcase_create("model");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_test(cases, quantile_of_nothing);
	tcase_add_test(cases, quantile_inside_a_bucket);
	tcase_add_test(cases, quantile_over_buckets);
	tcase_add_test(cases, quantile_in_the_open_bucket);
	tcase_add_test(cases, ticks_saturate);
	tcase_add_test(cases, empty_recording_is_not_complete);
	tcase_add_test(cases, codes_have_names);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
