/* Unit tests: what events, and how many there were, leave of the schedules to a deadlock. */
#include "suite.h"
#include "witnessing.h"

/* t1 posts when it has taken a, b; t2 takes the semaphore before it takes b, a, or after. */
static enum witness posted(bool before)
{
	uint32_t sem = synthetic_lock(made, "sem");
	made->model.locks[sem].kind = TRACE_LOCK_semaphore;
	made->model.locks[sem].flags = TRACE_LOCK_ORDERING;
	uint32_t x = take_ab();
	made->epoch[t2] = before;
	uint32_t y = take_ba();
	event(t1, TRACE_EVENT_posted, sem, 0, NO_INDEX);
	event(t2, TRACE_EVENT_taken, sem, 1, NO_INDEX);
	/* Of every release there must be an event. */
	struct tally tally = {.thread = t1, .lock = sem, .kind = TRACE_EVENT_posted, .count = 1};
	made->model.tallies = &tally;
	made->model.tally_count = 1;
	enum witness witness = find_two(x, y);
	made->model.tallies = NULL;
	made->model.tally_count = 0;
	return witness;
}

START_TEST(semaphore_before)
{
	ck_assert_int_eq(posted(true), WITNESS_NONE);
}
END_TEST

START_TEST(semaphore_after)
{
	ck_assert_int_eq(posted(false), WITNESS_FOUND);
}
END_TEST

/*
 * main posts `units` times, t1 takes one, then a, b, and posts; after that t2 takes one, then b, a.
 */
static enum witness passed_on_by(uint32_t units, uint32_t first, uint32_t flags)
{
	uint32_t sem = synthetic_lock(made, "sem");
	made->model.locks[sem].kind = TRACE_LOCK_semaphore;
	made->model.locks[sem].flags = TRACE_LOCK_ORDERING | flags;
	made->epoch[t1] = 1;
	uint32_t x = take_ab();
	made->epoch[t2] = 1;
	uint32_t y = take_ba();
	struct tally tallies[] = {
		{.thread = 0, .lock = sem, .kind = TRACE_EVENT_posted, .count = units},
		{.thread = t1, .lock = sem, .kind = TRACE_EVENT_taken, .count = 1},
		{.thread = t1, .lock = sem, .kind = TRACE_EVENT_posted, .count = 1},
		{.thread = t2, .lock = sem, .kind = TRACE_EVENT_taken, .count = 1},
	};
	for (uint32_t i = 0; i < units; i++)
		event(0, TRACE_EVENT_posted, sem, 0, NO_INDEX);
	event(t1, TRACE_EVENT_taken, sem, 1, NO_INDEX);
	event(t1, TRACE_EVENT_posted, sem, 1, NO_INDEX);
	event(t2, TRACE_EVENT_taken, sem, 1, NO_INDEX);
	for (size_t i = 0; i < 4; i++)
		tallies[i].amount = first + 1;
	made->model.tallies = tallies;
	made->model.tally_count = 4;
	enum witness witness = find_two(x, y);
	made->model.tallies = NULL;
	made->model.tally_count = 0;
	return witness;
}

static enum witness passed_on(uint32_t units, uint32_t first)
{
	return passed_on_by(units, first, 0);
}

START_TEST(units_for_one)
{
	ck_assert_int_eq(passed_on(1, 0), WITNESS_NONE);
}
END_TEST

START_TEST(units_for_both)
{
	ck_assert_int_eq(passed_on(2, 0), WITNESS_FOUND);
}
END_TEST

START_TEST(units_at_the_beginning)
{
	ck_assert_int_eq(passed_on(1, 2), WITNESS_FOUND);
}
END_TEST

/* Rounds did something with it of which nothing is left. */
START_TEST(units_of_rounds)
{
	ck_assert_int_eq(passed_on_by(2, 0, TRACE_LOCK_FEWER | TRACE_LOCK_INSIDE), WITNESS_FOUND);
}
END_TEST

START_TEST(units_of_rounds_for_one)
{
	ck_assert_int_eq(passed_on_by(1, 0, TRACE_LOCK_FEWER | TRACE_LOCK_INSIDE), WITNESS_NONE);
}
END_TEST

START_TEST(units_of_rounds_and_others)
{
	ck_assert_int_eq(passed_on_by(2, 0, TRACE_LOCK_FEWER), WITNESS_NONE);
}
END_TEST

/*
 * t1 signals under a mutex that t2 takes, and then b, a. main joins t1, in epoch 3, then makes and
 * joins somebody of whom nothing is left, and joins t2 in epoch 6; in the epoch given it takes a,
 * b.
 */
static enum witness signalled(uint32_t main_epoch, uint32_t flags)
{
	uint32_t condition = synthetic_lock(made, "condition");
	uint32_t mutex = synthetic_lock(made, "mutex");
	struct tally tallies[] = {
		{.thread = t1, .lock = condition, .kind = TRACE_EVENT_signalled, .count = 1},
	};
	made->model.locks[condition].kind = TRACE_LOCK_condition;
	made->model.locks[condition].flags = flags;
	synthetic_join(made, 0, t1);
	event(t1, TRACE_EVENT_signalled, condition, 0, take_at(t1, NO_INDEX, mutex, "signal"));
	take_at(t2, NO_INDEX, mutex, "look");
	uint32_t y = take_ba();
	made->epoch[0] = main_epoch;
	uint32_t outer = take_at(0, NO_INDEX, a, "main_a");
	uint32_t x = take_at(0, outer, b, "main_b");
	made->epoch[0] = 5;
	synthetic_join(made, 0, t2);
	made->model.tallies = tallies;
	made->model.tally_count = 1;
	enum witness witness = find_two(x, y);
	made->model.tallies = NULL;
	made->model.tally_count = 0;
	return witness;
}

START_TEST(signals_of_rounds)
{
	ck_assert_int_eq(signalled(3, TRACE_LOCK_FEWER | TRACE_LOCK_INSIDE), WITNESS_NONE);
}
END_TEST

START_TEST(signals_of_rounds_before)
{
	ck_assert_int_eq(signalled(5, TRACE_LOCK_FEWER | TRACE_LOCK_INSIDE), WITNESS_FOUND);
}
END_TEST

START_TEST(signals_without_rounds)
{
	ck_assert_int_eq(signalled(3, 0), WITNESS_FOUND);
}
END_TEST

/* t1 signals a condition under m when it has taken a, b; t2 takes m, but never has to wait. */
START_TEST(condition_that_nobody_waits_for)
{
	uint32_t m = synthetic_lock(made, "m"), condition = synthetic_lock(made, "condition");
	made->model.locks[condition].kind = TRACE_LOCK_condition;
	uint32_t x = take_ab(), held = take_at(t1, NO_INDEX, m, "f");
	struct signal signal = {held, 0};
	made->model.signals = &signal;
	made->model.signal_count = 1;
	take_at(t2, NO_INDEX, m, "f");
	uint32_t y = take_ba();
	enum witness witness = find_two(x, y);
	made->model.signals = NULL;
	made->model.signal_count = 0;
	ck_assert_int_eq(witness, WITNESS_NONE);
	ck_assert_int_eq(find_two(x, y), WITNESS_FOUND);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("witness_events");
	TCase *cases = tcase_create("witness_events");
	tcase_add_checked_fixture(cases, witnessing_begin, witnessing_end);
	tcase_add_test(cases, semaphore_before);
	tcase_add_test(cases, semaphore_after);
	tcase_add_test(cases, units_for_one);
	tcase_add_test(cases, units_for_both);
	tcase_add_test(cases, units_at_the_beginning);
	tcase_add_test(cases, units_of_rounds);
	tcase_add_test(cases, units_of_rounds_for_one);
	tcase_add_test(cases, units_of_rounds_and_others);
	tcase_add_test(cases, signals_of_rounds);
	tcase_add_test(cases, signals_of_rounds_before);
	tcase_add_test(cases, signals_without_rounds);
	tcase_add_test(cases, condition_that_nobody_waits_for);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
