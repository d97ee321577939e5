/* Unit tests: waits that came back, which keep a lock that who ended them took before. */
#include "suite.h"
#include "synthetic.h"
#include "xalloc.h"
#include <stdlib.h>

static struct synthetic *made;
static struct findings found;
static struct tally tallies[8];
static uint32_t lock, object, waiter, worker, third;

static void setup(void)
{
	made = synthetic_new();
	waiter = synthetic_thread(made, made->main, "waiter");
	worker = synthetic_thread(made, made->main, "worker");
	third = synthetic_thread(made, made->main, "third");
	lock = synthetic_lock(made, "lock");
	object = synthetic_lock(made, "object");
	made->model.locks[object].kind = TRACE_LOCK_semaphore;
	made->model.locks[object].flags = TRACE_LOCK_ORDERING;
	made->model.tallies = tallies;
	found = (struct findings){0};
}

static void teardown(void)
{
	findings_free(&found);
	free(made->model.events);
	made->model.tallies = NULL;
	synthetic_free(made);
}

/* So often, in that epoch and those after it. */
static void events(uint32_t thread, uint16_t kind, uint32_t epoch, uint32_t held, uint32_t count)
{
	struct model *model = &made->model;
	for (uint32_t i = 0; i < count; i++) {
		model->events = xreallocarray(model->events, model->event_count + 1,
					      sizeof(*model->events));
		model->events[model->event_count] = (struct event){
			.thread = thread,
			.lock = object,
			.kind = kind,
			.index = i + 1,
			.epoch = epoch + i,
			.node = held,
			.stack = NO_INDEX,
			.number = (uint32_t)model->event_count + 1,
		};
		model->event_count++;
	}
	tallies[model->tally_count++] = (struct tally){
		.thread = thread, .lock = object, .kind = kind, .count = count, .amount = 1};
}

static uint32_t take_at(uint32_t thread, uint32_t epoch, uint16_t op)
{
	made->epoch[thread] = epoch;
	return synthetic_node(made, thread, NO_INDEX, lock, op, "f", 1);
}

static size_t count(void)
{
	findings_free(&found);
	synthetic_check(made, &found);
	ck_assert_uint_eq(found.truncated.cycles, 0);
	return found.count;
}

START_TEST(it_is_told_whole)
{
	take_at(worker, 0, TRACE_OP_mutex_lock);
	uint32_t hold = take_at(waiter, 0, TRACE_OP_mutex_lock);
	events(worker, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(waiter, TRACE_EVENT_taken, 1, hold, 1);
	ck_assert_uint_eq(count(), 1);
	const struct finding *finding = &found.items[0];
	ck_assert_str_eq(finding->rule->name, "wait-holding");
	ck_assert_int_eq(finding->verdict, VERDICT_POTENTIAL);
	ck_assert_uint_eq(finding->locks[0], lock);
	ck_assert_uint_eq(finding->locks[1], object);
	ck_assert_uint_eq(finding->steps[0].thread, waiter);
	ck_assert_uint_eq(finding->steps[0].holds[0].lock, lock);
	ck_assert_uint_eq(finding->steps[0].wants.lock, object);
	ck_assert_uint_eq(finding->steps[1].thread, worker);
	ck_assert_uint_eq(finding->steps[1].wants.lock, lock);
}
END_TEST

START_TEST(what_comes_after_the_post_does_not_matter)
{
	take_at(worker, 1, TRACE_OP_mutex_lock);
	uint32_t hold = take_at(waiter, 0, TRACE_OP_mutex_lock);
	events(worker, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(waiter, TRACE_EVENT_taken, 1, hold, 1);
	ck_assert_uint_eq(count(), 0);
}
END_TEST

/* The second unit is waited for with the lock, and the worker has it before the first or after. */
static size_t second_with(uint32_t epoch)
{
	take_at(worker, epoch, TRACE_OP_mutex_lock);
	uint32_t hold = take_at(waiter, 1, TRACE_OP_mutex_lock);
	events(worker, TRACE_EVENT_posted, 0, NO_INDEX, 2);
	events(waiter, TRACE_EVENT_taken, 1, NO_INDEX, 2);
	made->model.events[made->model.event_count - 1].node = hold;
	return count();
}

START_TEST(what_the_waiter_has_waited_for_is_over)
{
	ck_assert_uint_eq(second_with(0), 0);
}
END_TEST

START_TEST(what_comes_between_is_not)
{
	ck_assert_uint_eq(second_with(1), 1);
}
END_TEST

START_TEST(another_may_end_the_wait)
{
	take_at(worker, 0, TRACE_OP_mutex_lock);
	uint32_t hold = take_at(waiter, 0, TRACE_OP_mutex_lock);
	events(worker, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(third, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(waiter, TRACE_EVENT_taken, 1, hold, 1);
	ck_assert_uint_eq(count(), 0);
}
END_TEST

/* The third one posts, too, having taken the lock in that epoch; so many units are there before. */
static size_t both(uint32_t epoch, uint32_t first)
{
	take_at(worker, 0, TRACE_OP_mutex_lock);
	take_at(third, epoch, TRACE_OP_mutex_lock);
	uint32_t hold = take_at(waiter, 0, TRACE_OP_mutex_lock);
	events(worker, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(third, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(waiter, TRACE_EVENT_taken, 1, hold, 1);
	for (size_t i = 0; i < made->model.tally_count; i++)
		tallies[i].amount = 1 + first;
	return count();
}

START_TEST(all_who_may_end_the_wait_need_the_lock)
{
	ck_assert_uint_eq(both(0, 0), 1);
	ck_assert_uint_eq(found.items[0].step_count, 3);
	ck_assert_uint_eq(found.items[0].steps[1].thread, worker);
	ck_assert_uint_eq(found.items[0].steps[2].thread, third);
	ck_assert_uint_eq(found.items[0].thread_count, 3);
	ck_assert_str_eq(found.items[0].message,
			 "waiter waits for object while holding lock, which worker and third take "
			 "before they post it: if waiter has it first, none of them goes on.");
}
END_TEST

START_TEST(one_of_them_needs_it_only_afterwards)
{
	ck_assert_uint_eq(both(1, 0), 0);
}
END_TEST

START_TEST(a_unit_is_there)
{
	ck_assert_uint_eq(both(0, 1), 0);
}
END_TEST

START_TEST(another_one_may_take_the_unit_that_is_there)
{
	uint32_t fourth = synthetic_thread(made, made->main, "fourth");
	events(fourth, TRACE_EVENT_taken, 1, NO_INDEX, 1);
	ck_assert_uint_eq(both(0, 1), 1);
}
END_TEST

/* The worker posts that for which the third one waits, who then posts what the waiter waits for. */
START_TEST(who_needs_the_lock_lets_go_on_who_posts)
{
	uint32_t first = object;
	take_at(worker, 0, TRACE_OP_mutex_lock);
	uint32_t hold = take_at(waiter, 0, TRACE_OP_mutex_lock);
	object = synthetic_lock(made, "work");
	made->model.locks[object].kind = TRACE_LOCK_semaphore;
	made->model.locks[object].flags = TRACE_LOCK_ORDERING;
	events(worker, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(third, TRACE_EVENT_taken, 1, NO_INDEX, 1);
	object = first;
	events(third, TRACE_EVENT_posted, 1, NO_INDEX, 1);
	events(waiter, TRACE_EVENT_taken, 1, hold, 1);
	ck_assert_uint_eq(count(), 1);
	ck_assert_uint_eq(found.items[0].steps[1].thread, worker);
}
END_TEST

/* Both take the two units that there are, and give them back then. */
START_TEST(it_hangs_without_the_lock_too)
{
	uint32_t hold = take_at(waiter, 0, TRACE_OP_mutex_lock);
	events(waiter, TRACE_EVENT_taken, 1, hold, 2);
	events(waiter, TRACE_EVENT_posted, 3, NO_INDEX, 2);
	events(worker, TRACE_EVENT_taken, 1, NO_INDEX, 2);
	events(worker, TRACE_EVENT_posted, 2, NO_INDEX, 2);
	take_at(worker, 4, TRACE_OP_mutex_lock);
	for (size_t i = 0; i < made->model.tally_count; i++)
		tallies[i].amount = 1 + 2;
	ck_assert_uint_eq(count(), 0);
}
END_TEST

START_TEST(who_tries_does_not_wait)
{
	take_at(worker, 0, TRACE_OP_mutex_lock);
	uint32_t hold = take_at(waiter, 0, TRACE_OP_mutex_lock);
	events(worker, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(waiter, TRACE_EVENT_taken, 1, hold, 1);
	made->model.events[1].act = TRACE_OP_sem_trywait;
	ck_assert_uint_eq(count(), 0);
}
END_TEST

START_TEST(a_try_is_no_need_and_a_time_limit_discharges)
{
	take_at(worker, 0, TRACE_OP_mutex_trylock);
	uint32_t hold = take_at(waiter, 0, TRACE_OP_mutex_lock);
	events(worker, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(waiter, TRACE_EVENT_taken, 1, hold, 1);
	ck_assert_uint_eq(count(), 0);
	take_at(worker, 0, TRACE_OP_mutex_timedlock);
	ck_assert_uint_eq(count(), 1);
	ck_assert_int_eq(found.items[0].verdict, VERDICT_DISCHARGED);
	ck_assert_int_eq(found.items[0].reason, REASON_TIMED);
}
END_TEST

START_TEST(readers_let_readers_in)
{
	made->model.locks[lock].kind = TRACE_LOCK_rwlock;
	take_at(worker, 0, TRACE_OP_rwlock_rdlock);
	uint32_t hold = take_at(waiter, 0, TRACE_OP_rwlock_rdlock);
	events(worker, TRACE_EVENT_posted, 0, NO_INDEX, 1);
	events(waiter, TRACE_EVENT_taken, 1, hold, 1);
	ck_assert_uint_eq(count(), 0);
	take_at(worker, 0, TRACE_OP_rwlock_wrlock);
	ck_assert_uint_eq(count(), 1);
}
END_TEST

/* Both come to a barrier for two; the worker took the lock in that round, or in the one before. */
static size_t rounds(uint32_t epoch)
{
	made->model.locks[object].kind = TRACE_LOCK_barrier;
	made->model.locks[object].flags = 0;
	take_at(worker, epoch, TRACE_OP_mutex_lock);
	uint32_t hold = take_at(waiter, 2, TRACE_OP_mutex_lock);
	for (uint32_t i = 0; i < 2; i++) {
		uint32_t thread = i ? waiter : worker;
		events(thread, TRACE_EVENT_arrived, 0, NO_INDEX, 2);
		events(thread, TRACE_EVENT_left, 2, NO_INDEX, 2);
	}
	for (size_t i = 0; i < made->model.event_count; i++) {
		struct event *event = &made->model.events[i];
		event->epoch = 2 * (event->index - 1) + (event->kind == TRACE_EVENT_left ? 2 : 0);
		event->number = 4 * event->index + (event->kind == TRACE_EVENT_left ? 2 : 0);
		if (event->thread == waiter && event->index == 2)
			event->node = hold;
	}
	for (size_t i = 0; i < made->model.tally_count; i++)
		tallies[i].amount = 2;
	return count();
}

START_TEST(the_same_round_of_a_barrier)
{
	ck_assert_uint_eq(rounds(2), 1);
}
END_TEST

START_TEST(an_earlier_round_of_a_barrier)
{
	ck_assert_uint_eq(rounds(0), 0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("event-holding");
	TCase *test = tcase_create("event-holding");
	tcase_add_checked_fixture(test, setup, teardown);
	tcase_add_test(test, it_is_told_whole);
	tcase_add_test(test, what_comes_after_the_post_does_not_matter);
	tcase_add_test(test, what_the_waiter_has_waited_for_is_over);
	tcase_add_test(test, what_comes_between_is_not);
	tcase_add_test(test, another_may_end_the_wait);
	tcase_add_test(test, all_who_may_end_the_wait_need_the_lock);
	tcase_add_test(test, one_of_them_needs_it_only_afterwards);
	tcase_add_test(test, a_unit_is_there);
	tcase_add_test(test, another_one_may_take_the_unit_that_is_there);
	tcase_add_test(test, who_needs_the_lock_lets_go_on_who_posts);
	tcase_add_test(test, it_hangs_without_the_lock_too);
	tcase_add_test(test, who_tries_does_not_wait);
	tcase_add_test(test, a_try_is_no_need_and_a_time_limit_discharges);
	tcase_add_test(test, readers_let_readers_in);
	tcase_add_test(test, the_same_round_of_a_barrier);
	tcase_add_test(test, an_earlier_round_of_a_barrier);
	suite_add_tcase(suite, test);
	return suite_run(suite);
}
