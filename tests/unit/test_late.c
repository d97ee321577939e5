/*
 * Unit tests: what comes before a thread that comes too late to wait for a condition
 * (sync_late.h). What its code says is given here.
 */
#include "order.h"
#include "reading.h"
#include "suite.h"

static uint32_t mutex, condition, telling, coming, section, looking, came;

/* One thread signals under the mutex, in epoch 2; another takes it then, in epoch 3. */
static void setup(void)
{
	static const uint64_t pcs[] = {0x10, 0x18, 0x20};
	uint32_t signal, stacks[3];

	reading_setup();
	for (int i = 0; i < 3; i++)
		stacks[i] = builder_stack(b, 1, &pcs[i]);
	telling = builder_thread(b, main_thread, 0);
	coming = builder_thread(b, main_thread, 0);
	mutex = builder_lock(b, 0x1000, 0);
	condition = builder_lock(b, 0x2000, 0);
	((struct trace_lock *)builder_at(b, condition))->kind = TRACE_LOCK_condition;
	section = builder_node(b, telling, 0, mutex, stacks[0], TRACE_OP_mutex_lock, 1);
	builder_newest(b, section, 2, 2);
	looking = builder_node(b, coming, 0, mutex, stacks[2], TRACE_OP_mutex_lock, 1);
	builder_newest(b, looking, 2, 2);
	builder_tally(b, telling, condition, TRACE_EVENT_signalled, 1, 0);
	signal = builder_event(b, telling, condition, TRACE_EVENT_unawaited, 1, 2);
	((struct trace_event *)builder_at(b, signal))->node = section;
	((struct trace_event *)builder_at(b, signal))->stack = stacks[1];
	came = builder_event(b, coming, mutex, TRACE_EVENT_came, 1, 3);
	((struct trace_event *)builder_at(b, came))->node = looking;
}

/* Whether what the one did up to that epoch comes before what the other does from that one on. */
static bool is_before(bool asks, uint32_t leaves, uint32_t arrives)
{
	struct order *order;
	bool before;

	read_good();
	ck_assert_uint_ge(model.event_count, 2);
	ck_assert_uint_eq(model.events[1].kind, TRACE_EVENT_came);
	ck_assert_uint_eq(model.events[1].asked, NO_INDEX);
	if (asks)
		model.events[1].asked = model.events[0].lock;
	order = order_new(&model);
	before = order_before(order, 1, leaves, 2, arrives);
	order_free(order);
	return before;
}

START_TEST(who_asks_comes_after_the_news)
{
	ck_assert(is_before(true, 2, 3));
}
END_TEST

/* Of a record that stands for several mutexes: which it was, and whose news. */
START_TEST(who_came_to_which)
{
	struct trace_event *event = builder_at(b, came);

	event->kind = TRACE_EVENT_came_to;
	event->lock = condition;
	event->index = TRACE_EVENT_PLACE(0x3000);
	ck_assert(is_before(true, 2, 3));
	ck_assert_uint_eq(model.events[1].index, 1);
	ck_assert_uint_eq(model.locks[model.events[1].lock].address, 0x1000);
	ck_assert_uint_eq(model.locks[model.events[1].news].address, 0x2000);
	ck_assert_uint_eq(model.events[1].place, 0x600);
}
END_TEST

START_TEST(not_what_it_did_before)
{
	ck_assert(!is_before(true, 2, 2));
}
END_TEST

START_TEST(not_what_came_after_the_signal)
{
	ck_assert(!is_before(true, 3, 3));
}
END_TEST

START_TEST(who_does_not_ask)
{
	ck_assert(!is_before(false, 2, 3));
}
END_TEST

START_TEST(two_who_signal)
{
	builder_tally(b, coming, condition, TRACE_EVENT_signalled, 1, 0);
	ck_assert(!is_before(true, 2, 3));
}
END_TEST

START_TEST(mutex_taken_before_without_a_signal)
{
	builder_newest(b, builder_node(b, telling, 0, mutex, 0, TRACE_OP_mutex_trylock, 1), 1, 1);
	ck_assert(!is_before(true, 2, 3));
}
END_TEST

START_TEST(sections_without_a_signal)
{
	((struct trace_node *)builder_at(b, section))->count = 2;
	ck_assert(!is_before(true, 2, 3));
}
END_TEST

/* It might have been the first there, and have signalled in its place. */
START_TEST(mutex_taken_at_the_same_place)
{
	((struct trace_node *)builder_at(b, looking))->stack =
		((const struct trace_node *)builder_at(b, section))->stack;
	ck_assert(!is_before(true, 2, 3));
}
END_TEST

/* The one who came took the mutex there, too, and signalled another condition made at that place.
 */
static void signal_another(uint32_t lives)
{
	uint32_t place = ((const struct trace_node *)builder_at(b, looking))->stack;
	uint32_t other = builder_lock(b, 0x4000, place), signal;
	struct trace_lock *conditions[] = {builder_at(b, condition), builder_at(b, other)};

	((struct trace_node *)builder_at(b, looking))->stack =
		((const struct trace_node *)builder_at(b, section))->stack;
	((struct trace_lock *)builder_at(b, mutex))->lives = lives;
	for (int i = 0; i < 2; i++) {
		conditions[i]->kind = TRACE_LOCK_condition;
		conditions[i]->flags |= TRACE_LOCK_INIT_SEEN;
		conditions[i]->created_stack = place;
	}
	builder_tally(b, coming, other, TRACE_EVENT_signalled, 1, 0);
	signal = builder_event(b, coming, other, TRACE_EVENT_unawaited, 1, 3);
	((struct trace_event *)builder_at(b, signal))->node = looking;
}

START_TEST(mutex_of_another_life_at_the_same_place)
{
	signal_another(2);
	ck_assert(is_before(true, 2, 3));
}
END_TEST

START_TEST(mutex_of_the_same_life_at_the_same_place)
{
	signal_another(1);
	ck_assert(!is_before(true, 2, 3));
}
END_TEST

START_TEST(signalled_under_another_mutex)
{
	((struct trace_node *)builder_at(b, section))->lock = builder_lock(b, 0x3000, 0);
	ck_assert(!is_before(true, 2, 3));
}
END_TEST

START_TEST(uncounted_condition)
{
	((struct trace_lock *)builder_at(b, condition))->flags |= TRACE_LOCK_UNCOUNTED;
	ck_assert(!is_before(true, 2, 3));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("late");
	TCase *cases = tcase_create("late");

	tcase_add_checked_fixture(cases, setup, reading_teardown);
	tcase_add_test(cases, who_asks_comes_after_the_news);
	tcase_add_test(cases, who_came_to_which);
	tcase_add_test(cases, not_what_it_did_before);
	tcase_add_test(cases, not_what_came_after_the_signal);
	tcase_add_test(cases, who_does_not_ask);
	tcase_add_test(cases, two_who_signal);
	tcase_add_test(cases, mutex_taken_before_without_a_signal);
	tcase_add_test(cases, sections_without_a_signal);
	tcase_add_test(cases, mutex_taken_at_the_same_place);
	tcase_add_test(cases, mutex_of_another_life_at_the_same_place);
	tcase_add_test(cases, mutex_of_the_same_life_at_the_same_place);
	tcase_add_test(cases, signalled_under_another_mutex);
	tcase_add_test(cases, uncounted_condition);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
