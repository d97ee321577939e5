/* Unit tests: which tries that succeeded were requests. */
#include <stdlib.h>

#include "reading.h"
#include "suite.h"
#include "tries.h"

static struct symbols *symbols;
static unsigned char *meanings;
static uint32_t worker, here, there, s, t;

static uint32_t make_semaphore(uint64_t address, uint32_t maker)
{
	uint32_t reference = builder_lock(b, address, here);
	struct trace_lock *lock = builder_at(b, reference);

	lock->kind = TRACE_LOCK_semaphore;
	lock->flags = TRACE_LOCK_INIT_SEEN;
	lock->created_by = maker;
	return reference;
}

static void setup(void)
{
	/* Two ways to one place, and another place. */
	static const uint64_t pcs[] = {0x401100, 0x401200}, others[] = {0x402100, 0x401200};

	reading_setup();
	worker = builder_thread(b, main_thread, 0);
	here = builder_stack(b, 2, pcs);
	there = builder_stack(b, 2, others);
	s = make_semaphore(0x600000, main_thread);
	t = make_semaphore(0x600040, main_thread);
}

static void teardown(void)
{
	free(meanings);
	meanings = NULL;
	symbols_free(symbols);
	symbols = NULL;
	reading_teardown();
}

static uint32_t tried(uint32_t thread, uint32_t parent, uint32_t lock, uint32_t stack,
		      uint64_t count)
{
	return builder_node(b, thread, parent, lock, stack, TRACE_OP_sem_trywait, count);
}

/* From here on nodes are named by index, in the order in which they were built. */
static void judge(void)
{
	read_good();
	symbols = symbols_new(&model);
	meanings = tries_judge(&model, symbols);
}

START_TEST(without_evidence_a_try_is_one)
{
	tried(main_thread, 0, s, here, 1);
	judge();
	ck_assert_uint_eq(meanings[0], TRY_ONLY);
}
END_TEST

START_TEST(without_tries_there_is_nothing_to_judge)
{
	builder_node(b, main_thread, 0, s, here, TRACE_OP_sem_wait, 1);
	judge();
	ck_assert_ptr_null(meanings);
}
END_TEST

START_TEST(the_situation_decides_first)
{
	uint32_t backed_off = tried(main_thread, 0, s, here, 1);

	builder_trial(b, backed_off, 0, 0, 1);
	builder_trial(b, tried(worker, 0, s, here, 0), 5, 0, 0);
	judge();
	ck_assert_uint_eq(meanings[0], TRY_ONLY);
}
END_TEST

START_TEST(another_thread_with_the_same_stack_decides_next)
{
	tried(main_thread, 0, s, here, 1);
	builder_trial(b, tried(worker, 0, s, here, 0), 0, 0, 1);
	builder_trial(b, tried(worker, 0, t, here, 0), 1, 0, 0);
	judge();
	ck_assert_uint_eq(meanings[0], TRY_ONLY);
}
END_TEST

START_TEST(the_place_decides_last)
{
	tried(main_thread, 0, s, here, 1);
	tried(main_thread, 0, s, there, 1);
	builder_trial(b, tried(worker, 0, t, here, 0), 1, 0, 0);
	judge();
	ck_assert_uint_eq(meanings[0], TRY_REQUEST);
	ck_assert_uint_eq(meanings[1], TRY_ONLY);
}
END_TEST

START_TEST(a_bounded_wait_makes_a_bounded_request)
{
	builder_trial(b, tried(main_thread, 0, s, here, 1), 0, 1, 0);
	judge();
	ck_assert_uint_eq(meanings[0], TRY_TIMED);
	ck_assert_uint_eq(try_flags(TRACE_OP_sem_trywait, meanings[0]), TRACE_OP_TIMED);
}
END_TEST

START_TEST(evidence_for_both_makes_it_a_try)
{
	builder_trial(b, tried(main_thread, 0, s, here, 1), 1, 0, 1);
	judge();
	ck_assert_uint_eq(meanings[0], TRY_ONLY);
}
END_TEST

START_TEST(what_marks_a_life_is_asked_for)
{
	uint32_t life = make_semaphore(0x600080, worker);

	tried(worker, 0, life, here, 1);
	tried(main_thread, 0, life, here, 1);
	builder_trial(b, tried(worker, 0, t, here, 0), 1, 0, 0);
	tried(main_thread, 0, s, here, 1);
	judge();
	ck_assert_uint_eq(meanings[1], TRY_ONLY);
	ck_assert_uint_eq(meanings[3], TRY_REQUEST);
}
END_TEST

START_TEST(a_mutex_is_asked_for_again_or_given_up)
{
	uint32_t mutex = builder_lock(b, 0x6000c0, here);
	uint32_t again = builder_node(b, main_thread, 0, mutex, here, TRACE_OP_mutex_trylock, 1);
	uint32_t timed = builder_node(b, main_thread, 0, mutex, here, TRACE_OP_mutex_timedlock, 1);
	uint32_t given_up = builder_node(b, worker, 0, mutex, there, TRACE_OP_mutex_trylock, 1);

	builder_trial(b, again, 3, 0, 0);
	builder_trial(b, timed, 3, 0, 0);
	builder_trial(b, given_up, 3, 0, 1);
	judge();
	ck_assert_uint_eq(meanings[0], TRY_REQUEST);
	ck_assert_uint_eq(meanings[1], TRY_REQUEST);
	ck_assert_uint_eq(meanings[2], TRY_ONLY);
	ck_assert_uint_eq(try_flags(TRACE_OP_mutex_timedlock, meanings[1]) & TRACE_OP_TIMED, 0);
}
END_TEST

START_TEST(of_mutexes_only_the_situation_decides)
{
	uint32_t mutex = builder_lock(b, 0x6000c0, here);
	uint32_t again = builder_node(b, main_thread, 0, mutex, here, TRACE_OP_mutex_trylock, 1);

	builder_node(b, worker, 0, mutex, here, TRACE_OP_mutex_trylock, 1);
	builder_trial(b, again, 3, 0, 0);
	judge();
	ck_assert_uint_eq(meanings[1], TRY_ONLY);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("tries");
	TCase *tries = tcase_create("tries");

	tcase_add_checked_fixture(tries, setup, teardown);
	tcase_add_test(tries, without_evidence_a_try_is_one);
	tcase_add_test(tries, without_tries_there_is_nothing_to_judge);
	tcase_add_test(tries, the_situation_decides_first);
	tcase_add_test(tries, another_thread_with_the_same_stack_decides_next);
	tcase_add_test(tries, the_place_decides_last);
	tcase_add_test(tries, a_bounded_wait_makes_a_bounded_request);
	tcase_add_test(tries, evidence_for_both_makes_it_a_try);
	tcase_add_test(tries, what_marks_a_life_is_asked_for);
	tcase_add_test(tries, a_mutex_is_asked_for_again_or_given_up);
	tcase_add_test(tries, of_mutexes_only_the_situation_decides);
	suite_add_tcase(suite, tries);
	return suite_run(suite);
}
