/* Unit tests: what several traces say together. */
#include <signal.h>

#include "model_link.h"
#include "order.h"
#include "suite.h"
#include "trace_builder.h"

static struct model model;

static void setup(void)
{
	model_init(&model);
}

static void teardown(void)
{
	model_free(&model);
}

/* A trace with one lock of that identity, taken `count` times by its first thread. */
static struct trace_builder *one_lock(uint64_t offset, uint64_t count)
{
	struct trace_builder *b = builder_new();
	uint32_t thread = builder_main(b), lock = builder_lock(b, 0x600000, 0);

	builder_identity(b, lock, offset);
	builder_node(b, thread, 0, lock, 0, TRACE_OP_mutex_lock, count);
	return b;
}

static void add(struct trace_builder *b)
{
	struct reader_error error;

	ck_assert_msg(builder_read(b, &model, &error), "%s", error.text);
	builder_free(b);
}

START_TEST(one_identity_is_one_lock)
{
	add(one_lock(64, 3));
	add(one_lock(64, 5));
	model_link(&model);
	ck_assert_uint_eq(model.nodes[0].lock, model.nodes[1].lock);
	ck_assert_uint_eq(model.locks[model.nodes[0].lock].acquisitions, 8);
	ck_assert_uint_eq(model.locks[model.nodes[0].lock].threads, 2);
	ck_assert_uint_eq(model.locks[0].acquisitions + model.locks[1].acquisitions, 8);
}
END_TEST

/* A process has one record for each open file, and counts one lock. */
START_TEST(open_files_have_one_lock)
{
	struct trace_builder *b = builder_new();
	uint32_t thread = builder_main(b);
	uint32_t one = builder_lock(b, 0x600000, 0), other = builder_lock(b, 0x600040, 0);

	builder_identity(b, one, 64);
	builder_identity(b, other, 64);
	builder_open_file(b, one, 7);
	builder_open_file(b, other, 8);
	builder_node(b, thread, 0, one, 0, TRACE_OP_flock, 3);
	builder_node(b, thread, 0, other, 0, TRACE_OP_flock, 5);
	add(b);
	ck_assert_uint_eq(model.processes[0].lock_count, 2);
	model_link(&model);
	ck_assert_uint_eq(model.processes[0].lock_count, 1);
	ck_assert_uint_eq(model.nodes[0].lock, model.nodes[1].lock);
	ck_assert_uint_eq(model.locks[model.nodes[0].taken].open_file, 7);
	ck_assert_uint_eq(model.locks[model.nodes[1].taken].open_file, 8);
}
END_TEST

START_TEST(two_identities_are_two_locks)
{
	add(one_lock(64, 3));
	add(one_lock(128, 5));
	model_link(&model);
	ck_assert_uint_eq(model.nodes[0].lock, 0);
	ck_assert_uint_eq(model.nodes[1].lock, 1);
	ck_assert_uint_eq(model.locks[0].acquisitions, 3);
}
END_TEST

/* Initialised again: which of the two the other process took is not known. */
START_TEST(two_lives_are_left_apart)
{
	struct trace_builder *b = one_lock(64, 3);
	uint32_t again = builder_lock(b, 0x600000, 0);

	builder_identity(b, again, 64);
	add(b);
	add(one_lock(64, 5));
	model_link(&model);
	ck_assert_uint_eq(model.nodes[0].lock, 0);
	ck_assert_uint_eq(model.nodes[1].lock, 2);
}
END_TEST

static void set_start(struct trace_builder *b, uint32_t pid, uint64_t start)
{
	builder_header(b)->pid = pid;
	builder_header(b)->start_realtime_ns = start;
}

static void add_family(uint64_t parent_start, uint64_t child_start)
{
	struct trace_builder *parent = builder_new(), *child = builder_new();

	builder_main(parent);
	set_start(parent, 10, parent_start);
	builder_forked(child, builder_main(child), 10, parent_start);
	set_start(child, 11, child_start);
	add(parent);
	add(child);
	model_link(&model);
}

START_TEST(a_fork_has_a_creator)
{
	add_family(1000, 2000);
	ck_assert_uint_eq(model.threads[1].creator, 0);
	ck_assert_uint_eq(model.threads[1].create_epoch, 2);
}
END_TEST

START_TEST(no_parent_is_younger)
{
	add_family(3000, 2000);
	ck_assert_uint_eq(model.threads[1].creator, NO_INDEX);
}
END_TEST

/* A child of `parent` begins after 20 ns; process 10 sees a child 11 killed after `seen`. */
static const struct process *add_killed(uint32_t parent, enum trace_end end, uint64_t seen)
{
	struct trace_builder *reaper = builder_new(), *child = builder_new();

	builder_main(reaper);
	set_start(reaper, 10, 1000);
	builder_reaped(reaper, 11, SIGKILL, seen);
	builder_main(child);
	set_start(child, 11, 1020);
	builder_header(child)->parent_pid = parent;
	builder_header(child)->mono_ns[0] += 20;
	builder_header(child)->end = end;
	add(reaper);
	add(child);
	model_link(&model);
	return &model.processes[1];
}

START_TEST(killed_child)
{
	const struct process *child = add_killed(10, TRACE_END_running, 30);

	ck_assert_int_eq(child->end, TRACE_END_signal);
	ck_assert_int_eq(child->end_value, SIGKILL);
	ck_assert_uint_eq(child->reaped_by, 0);
	ck_assert_uint_eq(model.processes[0].reaped_by, NO_INDEX);
}
END_TEST

static void expect_running(const struct process *child)
{
	ck_assert_int_eq(child->end, TRACE_END_running);
	ck_assert_uint_eq(child->reaped_by, NO_INDEX);
}

START_TEST(earlier_child_of_that_number)
{
	expect_running(add_killed(10, TRACE_END_running, 10));
}
END_TEST

START_TEST(child_of_somebody_else)
{
	expect_running(add_killed(12, TRACE_END_running, 30));
}
END_TEST

START_TEST(recorded_end_wins)
{
	const struct process *child = add_killed(10, TRACE_END_exec, 30);

	ck_assert_int_eq(child->end, TRACE_END_exec);
	ck_assert_uint_eq(child->reaped_by, NO_INDEX);
}
END_TEST

/* Threads 0, 1, …: of process 10, which waits at `seen` for process 11, into its epoch 4. */
static void add_waiting(uint64_t seen)
{
	struct trace_builder *b = builder_new();

	builder_awaited(b, 11, builder_main(b), 4, 0, seen);
	set_start(b, 10, 1000);
	add(b);
}

/* An image of process 11 with two threads, the first of them forked, from `first` to `last`. */
static void add_image(uint64_t first, uint64_t last, enum trace_end end, bool forked)
{
	struct trace_builder *b = builder_new();
	uint32_t thread = builder_main(b);

	builder_thread(b, thread, 0);
	if (forked)
		builder_forked(b, thread, 10, 1000);
	set_start(b, 11, 1000 + first);
	builder_header(b)->parent_pid = 10;
	builder_header(b)->mono_ns[0] += first;
	builder_header(b)->end_mono_ns = builder_header(b)->mono_ns[0] + last - first;
	builder_header(b)->end = end;
	add(b);
}

/* Whether the image of these two threads comes before what process 10 does after its wait, only. */
static bool is_over(uint32_t thread)
{
	struct order *order = order_new(&model);
	bool over =
		order_before(order, thread, 9, 0, 4) && order_before(order, thread + 1, 9, 0, 4);

	ck_assert(!order_before(order, thread, 0, 0, 3));
	order_free(order);
	return over;
}

START_TEST(a_wait_orders_all_images)
{
	struct order *order;

	add_waiting(90);
	add_image(20, 30, TRACE_END_exec, true);
	add_image(40, 50, TRACE_END_exit, false);
	model_link(&model);
	ck_assert_uint_eq(model.processes[2].before, 1);
	ck_assert_uint_eq(model.awaited[0].process, 2);
	ck_assert(is_over(1));
	ck_assert(is_over(3));
	order = order_new(&model);
	ck_assert(order_before(order, 2, 9, 3, 0));
	ck_assert(!order_before(order, 3, 0, 1, UINT32_MAX));
	order_free(order);
}
END_TEST

START_TEST(a_wait_is_for_the_last_of_that_number)
{
	add_waiting(90);
	add_image(20, 30, TRACE_END_exit, true);
	add_image(40, 50, TRACE_END_exit, true);
	add_image(100, 110, TRACE_END_exit, true);
	model_link(&model);
	ck_assert_uint_eq(model.awaited[0].process, 2);
	ck_assert(!is_over(1));
	ck_assert(is_over(3));
	ck_assert(!is_over(5));
}
END_TEST

START_TEST(a_fork_was_no_image_before)
{
	add_waiting(90);
	add_image(20, 30, TRACE_END_exec, true);
	add_image(40, 50, TRACE_END_exit, true);
	model_link(&model);
	ck_assert_uint_eq(model.processes[2].before, NO_INDEX);
	ck_assert(!is_over(1));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("model_link");
	TCase *tests = tcase_create("link");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, one_identity_is_one_lock);
	tcase_add_test(tests, open_files_have_one_lock);
	tcase_add_test(tests, two_identities_are_two_locks);
	tcase_add_test(tests, two_lives_are_left_apart);
	tcase_add_test(tests, a_fork_has_a_creator);
	tcase_add_test(tests, no_parent_is_younger);
	tcase_add_test(tests, killed_child);
	tcase_add_test(tests, earlier_child_of_that_number);
	tcase_add_test(tests, child_of_somebody_else);
	tcase_add_test(tests, recorded_end_wins);
	tcase_add_test(tests, a_wait_orders_all_images);
	tcase_add_test(tests, a_wait_is_for_the_last_of_that_number);
	tcase_add_test(tests, a_fork_was_no_image_before);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
