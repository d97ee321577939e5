/* Unit tests: the records of locks, and of what threads do with them, through a file into the
 * model. */
#include <string.h>

#include "reading.h"
#include "suite.h"

START_TEST(lock_comes_through)
{
	static const uint64_t pcs[] = {1};
	uint32_t stack = builder_stack(b, 1, pcs);
	uint32_t lock = builder_lock(b, 0xabc0, stack);
	struct trace_lock *raw = builder_at(b, lock);

	raw->kind = TRACE_LOCK_rwlock;
	raw->flags = TRACE_LOCK_INIT_SEEN;
	raw->created_by = main_thread;
	raw->generation = 3;
	builder_holds(b, lock, 7, 1000);
	builder_header(b)->ticks[1] = 500001000; /* two ns per tick */
	read_good();
	ck_assert_uint_eq(model.lock_count, 1);
	const struct lock *l = &model.locks[0];
	ck_assert_uint_eq(l->address, 0xabc0);
	ck_assert_int_eq(l->kind, TRACE_LOCK_rwlock);
	ck_assert_uint_eq(l->flags, TRACE_LOCK_INIT_SEEN);
	ck_assert_uint_eq(l->created_stack, 0);
	ck_assert_uint_eq(l->created_by, 0);
	ck_assert_uint_eq(l->generation, 3);
	ck_assert_uint_eq(l->hold_samples, 7);
	ck_assert_uint_eq(l->hold_total_ns, 14000);
	ck_assert_uint_eq(l->hold_max_ns, 2000);
	ck_assert_uint_eq(model.histograms[l->hold_buckets].buckets[9], 7);
	ck_assert_uint_eq(l->wait_buckets, NO_INDEX);
	ck_assert_uint_eq(model.processes[0].lock_count, 1);
}
END_TEST

/* The second lock is in the file behind what refers to it, in another chunk. */
START_TEST(nodes_and_sums_come_through)
{
	uint32_t first = builder_lock(b, 0x100, 0), second;
	uint32_t worker = builder_thread(b, main_thread, 0);
	uint32_t outer = builder_node(b, worker, 0, first, 0, TRACE_OP_mutex_lock, 10);
	uint32_t inner = builder_node(b, worker, outer, first, 0, TRACE_OP_mutex_trylock, 3);
	uint32_t mine = builder_node(b, main_thread, 0, first, 0, TRACE_OP_cond_wait, 5);

	/* A second node of the same thread, and one of a thread that never took the lock. */
	builder_node(b, main_thread, 0, first, 0, TRACE_OP_mutex_lock, 2);
	builder_node(b, builder_thread(b, main_thread, 1), 0, first, 0, TRACE_OP_mutex_lock, 0);
	builder_chunk(b);
	second = builder_lock(b, 0x200, 0);
	((struct trace_node *)builder_at(b, inner))->lock = second;
	builder_wait(b, outer, 0, 4, 100);
	builder_wait(b, mine, 0, 1, 900);
	read_good();
	ck_assert_uint_eq(model.node_count, 5);
	const struct node *n = &model.nodes[1];
	ck_assert_uint_eq(n->thread, 1);
	ck_assert_uint_eq(n->parent, 0);
	ck_assert_uint_eq(n->lock, 1);
	ck_assert_uint_eq(n->stack, NO_INDEX);
	ck_assert_uint_eq(n->wait, NO_INDEX);
	ck_assert_uint_eq(n->op, TRACE_OP_mutex_trylock);
	ck_assert_uint_eq(n->count, 3);
	ck_assert_uint_eq(n->span_count, 1);
	ck_assert_uint_eq(model.nodes[0].parent, NO_INDEX);
	ck_assert_uint_eq(model.nodes[0].wait, 0);
	ck_assert_uint_eq(model.nodes[4].span_count, 0);
	ck_assert_uint_eq(model.waits[1].node, 2);
	ck_assert_uint_eq(model.waits[1].max_ns, 900);
	const struct lock *l = &model.locks[0];
	ck_assert_uint_eq(l->acquisitions, 17);
	ck_assert_uint_eq(l->contended, 5);
	ck_assert_uint_eq(l->threads, 2);
	ck_assert_uint_eq(l->wait_total_ns, 1300);
	ck_assert_uint_eq(l->wait_max_ns, 900);
	ck_assert_uint_eq(model.histograms[l->wait_buckets].buckets[6], 4);
	ck_assert_uint_eq(model.histograms[l->wait_buckets].buckets[9], 1);
	ck_assert_uint_eq(model.locks[1].threads, 1);
	ck_assert_uint_eq(model.processes[0].acquisitions, 20);
	ck_assert(model_complete(&model));
}
END_TEST

START_TEST(spans_are_sorted)
{
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t node = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 10);
	uint32_t other = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);

	builder_newest(b, node, 9, 7); /* seen between two stores */
	builder_newest(b, other, 1, 2);
	builder_span(b, node, 4, 5);
	builder_span(b, node, 0, 2);
	read_good();
	ck_assert_uint_eq(model.span_count, 4);
	ck_assert_uint_eq(model.nodes[0].span_count, 3);
	const struct span *s = &model.spans[model.nodes[0].first_span];
	ck_assert_uint_eq(s[0].first, 0);
	ck_assert_uint_eq(s[0].last, 2);
	ck_assert_uint_eq(s[1].first, 4);
	ck_assert_uint_eq(s[2].first, 7);
	ck_assert_uint_eq(s[2].last, 9);
	ck_assert_uint_eq(model.spans[model.nodes[1].first_span].last, 2);
}
END_TEST

START_TEST(held_comes_through)
{
	uint32_t ended = builder_thread(b, main_thread, 0);
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t node = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);
	struct trace_held *raw;
	uint32_t held;

	((struct trace_thread *)builder_at(b, ended))->state |= TRACE_THREAD_ENDED;
	builder_held(b, ended, 1);
	builder_held(b, 0, 1);
	held = builder_held(b, main_thread, 4);
	builder_hold(b, held, node);
	builder_hold(b, held, node);
	builder_hold(b, held, node);
	raw = builder_at(b, held);
	struct trace_held_entry *entries = (struct trace_held_entry *)(raw + 1);
	entries[1].node = 0;
	entries[2].lock = 0; /* on its way in or out */
	raw->want = 0x500;
	raw->want_op = TRACE_OP_mutex_timedlock;
	raw->want_since = builder_header(b)->ticks[0] + 77;
	read_good();
	ck_assert_uint_eq(model.held_count, 1);
	ck_assert_uint_eq(model.threads[0].held, 0);
	ck_assert_uint_eq(model.threads[1].held, NO_INDEX);
	const struct held *h = &model.helds[0];
	ck_assert_uint_eq(h->thread, 0);
	ck_assert_uint_eq(h->depth, 2);
	ck_assert_uint_eq(h->nodes[0], 0);
	ck_assert_uint_eq(h->nodes[1], NO_INDEX);
	ck_assert_uint_eq(h->want, 0x500);
	ck_assert_uint_eq(h->want_op, TRACE_OP_mutex_timedlock);
	ck_assert_uint_eq(h->want_since_ns, 77);
	ck_assert_uint_eq(model.locks[h->want_lock].address, 0x500);
}
END_TEST

START_TEST(counts_are_added)
{
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t node = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);
	uint32_t other = builder_node(b, main_thread, node, lock, 0, TRACE_OP_mutex_lock, 2);
	uint32_t counts = builder_counts(b, main_thread, 8), retired = builder_counts(b, 0, 8);

	builder_count(b, counts, 0, node, 100);
	builder_count(b, counts, 7, node, 1000);
	builder_count(b, counts, 3, other, 5);
	builder_count(b, retired, 1, node, 10000);
	((struct trace_counts *)builder_at(b, retired))->slots = 0;
	read_good();
	ck_assert_uint_eq(model.nodes[0].count, 1101);
	ck_assert_uint_eq(model.nodes[1].count, 7);
	ck_assert_uint_eq(model.locks[0].acquisitions, 1108);
	ck_assert_uint_eq(model.processes[0].acquisitions, 1108);
}
END_TEST

START_TEST(labels_come_through)
{
	uint32_t named = builder_lock(b, 0x10, 0), classed = builder_lock(b, 0x20, 0);

	builder_lock(b, 0x30, 0);
	builder_label(b, named, "an older name", "an older class", 1);
	builder_label(b, named, "a name\n\x1b[31m", NULL, 0);
	builder_label(b, classed, "", "a class", -7);
	read_good();
	ck_assert_str_eq(model.locks[0].given_name, "a name  [31m");
	ck_assert_ptr_null(model.locks[0].given_class);
	ck_assert_ptr_null(model.locks[1].given_name);
	ck_assert_str_eq(model.locks[1].given_class, "a class");
	ck_assert_int_eq(model.locks[1].level, -7);
	ck_assert_ptr_null(model.locks[2].given_name);
	ck_assert_ptr_null(model.locks[2].given_class);
}
END_TEST

START_TEST(scripts_come_through)
{
	static const uint64_t pcs[] = {0x1000};
	uint32_t plain = builder_stack(b, 1, pcs), inside = builder_stack(b, 1, pcs);
	uint32_t outer = builder_script(b, 0, UINT32_MAX, "", "<module>");

	(void)plain;
	builder_calls(b, inside, builder_script(b, outer, 12, "/x/a\nb.py", "K.f"));
	read_good();
	ck_assert_uint_eq(model.stacks[0].calls, NO_INDEX);
	ck_assert_uint_eq(model.stacks[1].calls, 1);
	ck_assert_uint_eq(model.scripts[1].caller, 0);
	ck_assert_int_eq(model.scripts[1].line, 12);
	ck_assert_str_eq(model.scripts[1].file, "/x/a b.py");
	ck_assert_str_eq(model.scripts[1].function, "K.f");
	ck_assert_uint_eq(model.scripts[0].caller, NO_INDEX);
	ck_assert_int_eq(model.scripts[0].line, 0);
	ck_assert_ptr_null(model.scripts[0].file);
}
END_TEST

START_TEST(ignored_acquisitions_are_added)
{
	builder_ignored(b, main_thread, 3);
	builder_ignored(b, builder_thread(b, main_thread, 0), 4);
	read_good();
	ck_assert_uint_eq(model.processes[0].ignored, 7);
	ck_assert_uint_eq(model.processes[0].acquisitions, 0);
	ck_assert(model.processes[0].complete);
}
END_TEST

START_TEST(deadlocks_come_through_whole)
{
	uint32_t lock = builder_lock(b, 0x100, 0), last;

	builder_deadlock(b, 1, 0, 2, main_thread, lock);
	last = builder_deadlock(b, 2, 0, 2, main_thread, lock);
	last = builder_deadlock(b, 2, 1, 2, main_thread, lock);
	((struct trace_deadlock *)builder_at(b, last))->op = TRACE_OP_join;
	builder_deadlock(b, 3, 0, 2, main_thread, lock);
	read_good();
	read_good();
	ck_assert_uint_eq(model.deadlock_count, 4);
	for (unsigned i = 0; i < 4; i++) {
		const struct deadlock *step = &model.deadlocks[i];

		ck_assert_uint_eq(step->walk, 2);
		ck_assert_uint_eq(step->step, i % 2);
		ck_assert_uint_eq(step->steps, 2);
		ck_assert_uint_eq(step->thread, i / 2);
		ck_assert_uint_eq(step->lock, i / 2);
		ck_assert_uint_eq(step->node, NO_INDEX);
		ck_assert_uint_eq(step->op, i % 2 ? TRACE_OP_join : TRACE_OP_mutex_lock);
	}
}
END_TEST

static void add_across(uint32_t node, uint32_t first, uint32_t last, uint32_t step)
{
	struct trace_across *across = builder_at(b, builder_record(b, TRACE_TYPE_across, 0));

	across->node = node;
	across->first_epoch = first;
	across->last_epoch = last;
	across->step = step;
}

static void expect_across(size_t index, uint32_t first, uint32_t last)
{
	ck_assert_uint_eq(model.across[index].first, first);
	ck_assert_uint_eq(model.across[index].last, last);
}

START_TEST(epochs_in_step_are_apart)
{
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t node = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 10);

	add_across(node, 3, 9, 3);
	add_across(node, 11, 13, 0);
	add_across(node, UINT32_MAX, UINT32_MAX, 2);
	add_across(node, 15, 15, 2); /* seen between two stores */
	read_good();
	ck_assert_uint_eq(model.across_count, 5);
	expect_across(0, 3, 3);
	expect_across(1, 11, 13);
	expect_across(2, 15, 15);
	expect_across(3, 6, 6);
	expect_across(4, 9, 9);
}
END_TEST

START_TEST(no_more_epochs_in_step_than_can_be)
{
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t node = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 10);

	add_across(node, 0, UINT32_MAX, 2);
	read_good();
	ck_assert_uint_eq(model.across_count, (1 << 18) + 1);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reader locks");
	TCase *records = tcase_create("records");

	tcase_set_timeout(records, 60);
	tcase_add_checked_fixture(records, reading_setup, reading_teardown);
	tcase_add_test(records, lock_comes_through);
	tcase_add_test(records, nodes_and_sums_come_through);
	tcase_add_test(records, spans_are_sorted);
	tcase_add_test(records, epochs_in_step_are_apart);
	tcase_add_test(records, no_more_epochs_in_step_than_can_be);
	tcase_add_test(records, held_comes_through);
	tcase_add_test(records, counts_are_added);
	tcase_add_test(records, labels_come_through);
	tcase_add_test(records, scripts_come_through);
	tcase_add_test(records, ignored_acquisitions_are_added);
	tcase_add_test(records, deadlocks_come_through_whole);
	suite_add_tcase(suite, records);
	return suite_run(suite);
}
