/* Unit tests: happens-before between threads, against a plain search over single epochs. */
#include <string.h>

#include "order.h"
#include "reading.h"
#include "suite.h"

static struct order *order;

static void teardown(void)
{
	order_free(order);
	order = NULL;
	reading_teardown();
}

/* From here on threads are named by index: main is 0, the others follow as they were built. */
static void built(void)
{
	read_good();
	order = order_new(&model);
}

START_TEST(create_orders_what_came_before)
{
	builder_thread(b, main_thread, 3);
	built();
	ck_assert(order_before(order, 0, 0, 1, 0));
	ck_assert(order_before(order, 0, 3, 1, 0));
	ck_assert(order_before(order, 0, 3, 1, 9));
	ck_assert(!order_before(order, 0, 4, 1, 0));
	ck_assert(!order_before(order, 0, 4, 1, 9));
	ck_assert(!order_before(order, 1, 0, 0, 0));
	ck_assert(!order_before(order, 1, 0, 0, UINT32_MAX));
}
END_TEST

START_TEST(join_orders_what_comes_after)
{
	builder_join(b, builder_thread(b, main_thread, 0), main_thread, 5);
	built();
	ck_assert(order_before(order, 1, 0, 0, 5));
	ck_assert(order_before(order, 1, 77, 0, 5));
	ck_assert(order_before(order, 1, 77, 0, 6));
	ck_assert(!order_before(order, 1, 0, 0, 4));
}
END_TEST

START_TEST(siblings_run_at_the_same_time)
{
	uint32_t one = builder_thread(b, main_thread, 0), two = builder_thread(b, main_thread, 1);

	builder_join(b, one, main_thread, 3);
	builder_join(b, two, main_thread, 4);
	built();
	ck_assert(!order_before(order, 1, 0, 2, 0));
	ck_assert(!order_before(order, 2, 0, 1, 0));
}
END_TEST

/* Created, joined, and only then the other is created. */
START_TEST(threads_in_turn)
{
	builder_join(b, builder_thread(b, main_thread, 0), main_thread, 2);
	builder_join(b, builder_thread(b, main_thread, 2), main_thread, 4);
	builder_thread(b, main_thread, 1); /* created before the first was joined */
	built();
	ck_assert(order_before(order, 1, 0, 2, 0));
	ck_assert(!order_before(order, 2, 0, 1, UINT32_MAX));
	ck_assert(!order_before(order, 1, 0, 3, UINT32_MAX));
	ck_assert(!order_before(order, 3, 0, 1, UINT32_MAX));
}
END_TEST

/* A grandchild; a child joined by its sibling; through both to what main does afterwards. */
START_TEST(through_third_threads)
{
	uint32_t child = builder_thread(b, main_thread, 0);   /* 1 */
	uint32_t grandchild = builder_thread(b, child, 4);    /* 2 */
	uint32_t sibling = builder_thread(b, main_thread, 1); /* 3 */

	builder_join(b, grandchild, sibling, 1);
	builder_join(b, sibling, main_thread, 3);
	built();
	ck_assert(order_before(order, 0, 0, 2, 0));
	ck_assert(!order_before(order, 0, 1, 2, 0));
	ck_assert(order_before(order, 1, 4, 3, 1));
	ck_assert(!order_before(order, 1, 5, 3, 1));
	ck_assert(!order_before(order, 1, 4, 3, 0));
	ck_assert(order_before(order, 1, 4, 0, 3));
	ck_assert(!order_before(order, 1, 5, 0, UINT32_MAX));
	ck_assert(!order_before(order, 1, 4, 0, 2));
}
END_TEST

START_TEST(foreign_and_failed_threads)
{
	uint32_t foreign = builder_thread(b, main_thread, 5);
	uint32_t failed = builder_thread(b, main_thread, 5);

	((struct trace_thread *)builder_at(b, foreign))->state |= TRACE_THREAD_FOREIGN;
	((struct trace_thread *)builder_at(b, failed))->state |= TRACE_THREAD_FAILED;
	builder_thread(b, foreign, 2);
	builder_join(b, foreign, main_thread, 6);
	built();
	ck_assert(!order_before(order, 0, 0, 1, UINT32_MAX));
	ck_assert(!order_before(order, 0, 0, 2, UINT32_MAX));
	ck_assert(order_before(order, 1, 2, 3, 0));
	ck_assert(!order_before(order, 1, 3, 3, 0));
	ck_assert(order_before(order, 1, 3, 0, 6));
}
END_TEST

START_TEST(processes_are_not_ordered)
{
	builder_thread(b, main_thread, 0);
	read_good();
	built();
	ck_assert(order_before(order, 2, 0, 3, 0));
	ck_assert(!order_before(order, 0, 0, 3, UINT32_MAX));
	ck_assert(!order_before(order, 0, 0, 2, UINT32_MAX));
}
END_TEST

/* Nodes: spans of main against one worker created at the end of epoch 0 and joined at epoch 2. */
static uint32_t lock, worker;

static uint32_t take(uint32_t thread, uint32_t first, uint32_t last)
{
	uint32_t node = builder_node(b, thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);

	builder_newest(b, node, first, last);
	return node;
}

static void setup_worker(void)
{
	reading_setup();
	lock = builder_lock(b, 0x100, 0);
	worker = builder_thread(b, main_thread, 0);
	builder_join(b, worker, main_thread, 2);
}

START_TEST(nodes_against_a_worker)
{
	uint32_t gap;

	take(worker, 0, 0);	       /* 0 */
	take(main_thread, 0, 0);       /* 1: before its creation */
	take(main_thread, 1, 1);       /* 2: while it runs */
	take(main_thread, 2, 4);       /* 3: after the join */
	gap = take(main_thread, 2, 3); /* 4: before and after, not between */
	builder_span(b, gap, 0, 0);
	take(main_thread, 0, 2);					  /* 5: all along */
	builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 0); /* 6: never */
	built();
	static const bool concurrent[] = {false, false, true, false, false, true, false};
	for (uint32_t i = 0; i < 7; i++) {
		ck_assert_msg(order_concurrent(order, 0, i) == concurrent[i], "node %u", i);
		ck_assert_msg(order_concurrent(order, i, 0) == concurrent[i], "node %u", i);
	}
	ck_assert(!order_concurrent(order, 1, 2)); /* one thread */
}
END_TEST

START_TEST(one_gap_is_enough)
{
	uint32_t node = take(main_thread, 5, 5);

	builder_span(b, node, 0, 0);
	builder_span(b, node, 1, 1);
	builder_span(b, node, 3, 3);
	take(worker, 0, 0);
	built();
	ck_assert(order_concurrent(order, 0, 1));
	ck_assert(order_concurrent(order, 1, 0));
}
END_TEST

/*
 * Random programs, and the definition: a graph whose vertices are single epochs of threads,
 * searched from scratch for every question.
 */
enum { THREADS = 9, EPOCHS = 12 };

static bool reaches[THREADS * EPOCHS][THREADS * EPOCHS];
static uint32_t now[THREADS];

static unsigned next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33);
}

static void edge(uint32_t a, uint32_t ea, uint32_t c, uint32_t ec)
{
	reaches[a * EPOCHS + ea][c * EPOCHS + ec] = true;
}

/* Threads create and join each other at random. */
static void run_random(uint64_t seed)
{
	uint32_t references[THREADS] = {main_thread};
	bool ended[THREADS] = {false};
	uint32_t count = 1;

	memset(reaches, 0, sizeof(reaches));
	memset(now, 0, sizeof(now));
	for (int step = 0; step < 40; step++) {
		uint32_t actor = next_random(&seed) % count, other = next_random(&seed) % count;

		if (ended[actor] || now[actor] + 1 >= EPOCHS)
			continue;
		if (next_random(&seed) % 2 && count < THREADS) {
			references[count] = builder_thread(b, references[actor], now[actor]);
			edge(actor, now[actor]++, count++, 0);
		} else if (other && other != actor && !ended[other]) {
			ended[other] = true;
			edge(other, now[other], actor, ++now[actor]);
			builder_join(b, references[other], references[actor], now[actor]);
		}
	}
	for (uint32_t t = 0; t < THREADS; t++) {
		for (uint32_t e = 0; e + 1 < EPOCHS; e++)
			edge(t, e, t, e + 1);
	}
}

static void close_transitively(void)
{
	const int all = THREADS * EPOCHS;

	for (int k = 0; k < all; k++) {
		for (int i = 0; i < all; i++) {
			for (int j = 0; reaches[i][k] && j < all; j++)
				reaches[i][j] |= reaches[k][j];
		}
	}
}

START_TEST(agrees_with_the_definition)
{
	unsigned yes = 0, no = 0;

	run_random((uint64_t)_i);
	built();
	close_transitively();
	for (uint32_t i = 0; i < model.thread_count * EPOCHS; i++) {
		for (uint32_t j = 0; j < model.thread_count * EPOCHS; j++) {
			uint32_t a = i / EPOCHS, c = j / EPOCHS;

			/* A thread has no epochs after its last. */
			if (a == c || i % EPOCHS > now[a])
				continue;
			bool expected = reaches[i][j];
			ck_assert_msg(order_before(order, a, i % EPOCHS, c, j % EPOCHS) == expected,
				      "thread %u epoch %u, thread %u epoch %u: expected %d", a,
				      i % EPOCHS, c, j % EPOCHS, expected);
			*(expected ? &yes : &no) += 1;
		}
	}
	ck_assert_msg(model.thread_count < 3 || (yes && no), "nothing was compared");
}
END_TEST

/* Every pair of 3000 threads: more than the cache keeps, in bounded time. */
START_TEST(many_threads)
{
	const uint32_t count = 3000;

	for (uint32_t i = 0; i < count; i++)
		builder_join(b, builder_thread(b, main_thread, 2 * i), main_thread, 2 * i + 2);
	built();
	for (uint32_t i = 1; i <= count; i++) {
		for (uint32_t j = 1; j <= count; j += i % 7 + 1) {
			if (i != j)
				ck_assert(order_before(order, i, 0, j, 0) == (i < j));
		}
	}
	ck_assert(order_before(order, 1, 0, count, 0));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("order");
	TCase *cases = tcase_create("before"), *nodes = tcase_create("nodes");

	tcase_set_timeout(cases, 60);
	tcase_add_checked_fixture(cases, reading_setup, teardown);
	tcase_add_test(cases, create_orders_what_came_before);
	tcase_add_test(cases, join_orders_what_comes_after);
	tcase_add_test(cases, siblings_run_at_the_same_time);
	tcase_add_test(cases, threads_in_turn);
	tcase_add_test(cases, through_third_threads);
	tcase_add_test(cases, foreign_and_failed_threads);
	tcase_add_test(cases, processes_are_not_ordered);
	tcase_add_loop_test(cases, agrees_with_the_definition, 0, 60);
	tcase_add_test(cases, many_threads);
	tcase_add_checked_fixture(nodes, setup_worker, teardown);
	tcase_add_test(nodes, nodes_against_a_worker);
	tcase_add_test(nodes, one_gap_is_enough);
	suite_add_tcase(suite, cases);
	suite_add_tcase(suite, nodes);
	return suite_run(suite);
}
