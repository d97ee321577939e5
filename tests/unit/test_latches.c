/* Unit tests: semaphores by which threads tell that they have ended. */

#include "order.h"
#include "reading.h"
#include "suite.h"

static uint32_t maker, other, latch, a, taken;

/* Thread 1 took it, and under it something else; it gave it back in epoch 3. Thread 2 took it and
 * was in epoch 5 then. */
static void setup(void)
{
	reading_setup();
	maker = builder_thread(b, main_thread, 0);
	other = builder_thread(b, main_thread, 0);
	latch = builder_lock(b, 0x1000, 0);
	((struct trace_lock *)builder_at(b, latch))->kind = TRACE_LOCK_semaphore;
	((struct trace_lock *)builder_at(b, latch))->flags = TRACE_LOCK_INIT_SEEN;
	a = builder_lock(b, 0x2000, 0);
	taken = builder_node(b, maker, 0, latch, 0, TRACE_OP_sem_trywait, 1);
	builder_newest(b, taken, 1, 1);
	builder_newest(b, builder_node(b, maker, taken, a, 0, TRACE_OP_mutex_lock, 9), 1, 3);
	builder_event(b, maker, latch, TRACE_EVENT_opened, 1, 3);
	builder_tally(b, maker, latch, TRACE_EVENT_opened, 1, 2);
	builder_event(b, other, latch, TRACE_EVENT_through, 1, 5);
	builder_tally(b, other, latch, TRACE_EVENT_through, 1, 2);
}

static bool is_ordered(void)
{
	struct order *order;
	bool ordered;

	read_good();
	order = order_new(&model);
	ordered = order_before(order, 1, 3, 2, 5);
	ck_assert(!order_before(order, 1, 4, 2, UINT32_MAX));
	ck_assert(!order_before(order, 1, 0, 2, 4));
	order_free(order);
	return ordered;
}

START_TEST(given_back_before_it_is_taken)
{
	ck_assert(is_ordered());
}
END_TEST

/* Something under nothing, as by what ends a thread, and a signal that holds nothing up. */
START_TEST(single_locks_afterwards)
{
	uint32_t alone = builder_node(b, maker, 0, a, 0, TRACE_OP_mutex_lock, 1);

	builder_newest(b, alone, 4, 4);
	builder_newest(b, builder_node(b, maker, alone, a, 0, TRACE_OP_cond_signal, 1), 4, 4);
	ck_assert(is_ordered());
}
END_TEST

START_TEST(nested_afterwards)
{
	uint32_t outer = builder_node(b, maker, 0, a, 0, TRACE_OP_mutex_lock, 1);

	builder_newest(b, outer, 4, 4);
	builder_newest(b,
		       builder_node(b, maker, outer, builder_lock(b, 0x3000, 0), 0,
				    TRACE_OP_mutex_lock, 1),
		       4, 4);
	ck_assert(!is_ordered());
}
END_TEST

START_TEST(taken_twice)
{
	builder_newest(b, builder_node(b, maker, 0, latch, 0, TRACE_OP_sem_wait, 1), 4, 4);
	ck_assert(!is_ordered());
}
END_TEST

START_TEST(no_lock_after_all)
{
	((struct trace_lock *)builder_at(b, latch))->flags |= TRACE_LOCK_ORDERING;
	ck_assert(!is_ordered());
}
END_TEST

START_TEST(two_makers)
{
	builder_event(b, other, latch, TRACE_EVENT_opened, 1, 5);
	builder_tally(b, other, latch, TRACE_EVENT_opened, 1, 2);
	ck_assert(!is_ordered());
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("latches");
	TCase *tests = tcase_create("latches");

	tcase_add_checked_fixture(tests, setup, reading_teardown);
	tcase_add_test(tests, given_back_before_it_is_taken);
	tcase_add_test(tests, single_locks_afterwards);
	tcase_add_test(tests, nested_afterwards);
	tcase_add_test(tests, taken_twice);
	tcase_add_test(tests, no_lock_after_all);
	tcase_add_test(tests, two_makers);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
