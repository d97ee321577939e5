/*
 * Unit tests: a trace that grows while it is read. The reader's preads are counted, and between
 * them the file is committed further, step by step, as a recorder would: whatever the moment, what
 * is read must be whole.
 *
 * Linked with --wrap for pread.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "suite.h"
#include "trace_builder.h"

ssize_t __real_pread64(int fd, void *into, size_t size, off_t offset);
ssize_t __wrap_pread64(int fd, void *into, size_t size, off_t offset);

enum { FIRST_CHUNK = TRACE_HEADER_SIZE / 8, SECOND_CHUNK = 2 * FIRST_CHUNK, MOST_READS = 40 };

static struct trace_builder *b;
static char path[32];
static int file;
static unsigned reads, grow_from, per_read;

/* What is committed step by step: records of the first chunk and of the second refer to each other.
 */
static uint32_t thread, lock, stack, node, child, signalled;
static size_t steps_done;

static void add_stack(void)
{
	static const uint64_t pcs[] = {0x1000};

	builder_into(b, FIRST_CHUNK);
	stack = builder_stack(b, 1, pcs);
}

static void add_lock(void)
{
	lock = builder_lock(b, 0x200, stack);
}

static void add_node(void)
{
	builder_into(b, SECOND_CHUNK);
	node = builder_node(b, thread, 0, lock, stack, TRACE_OP_mutex_lock, 1);
}

static void add_child(void)
{
	child = builder_node(b, thread, node, lock, stack, TRACE_OP_mutex_lock, 1);
}

/* It said so of another node before. */
static void move_signal(void)
{
	((struct trace_signal *)builder_at(b, signalled))->node = child;
}

/* Behind both chunks, while the reader may be in the middle of them. */
static void add_wait(void)
{
	builder_chunk(b);
	builder_wait(b, child, stack, 1, 100);
}

static void add_holds(void)
{
	builder_into(b, FIRST_CHUNK);
	builder_holds(b, lock, 1, 100);
}

static void end_process(void)
{
	builder_header(b)->end = TRACE_END_exit;
}

static void (*const steps[])(void) = {
	add_stack, add_lock, add_node, add_child, move_signal, add_wait, add_holds, end_process,
};

enum { STEPS = sizeof(steps) / sizeof(*steps) };

static void store(void)
{
	const size_t size = builder_header(b)->allocated;

	ck_assert_int_eq(pwrite(file, builder_image(b), size, 0), (ssize_t)size);
}

ssize_t __wrap_pread64(int fd, void *into, size_t size, off_t offset)
{
	if (reads++ >= grow_from) {
		for (unsigned i = 0; i < per_read && steps_done < STEPS; i++)
			steps[steps_done++]();
		store();
	}
	return __real_pread64(fd, into, size, offset);
}

/* One chunk of threads and locks, one of nodes, of a process that runs. */
static void setup(void)
{
	b = builder_new();
	strcpy(path, "/tmp/test_growth.XXXXXX");
	file = mkstemp(path);
	builder_header(b)->end = TRACE_END_running;
	thread = builder_main(b);
	uint32_t old_lock = builder_lock(b, 0x100, 0);
	signalled = builder_record(b, TRACE_TYPE_signal, 0);
	builder_chunk(b);
	((struct trace_signal *)builder_at(b, signalled))->node =
		builder_node(b, thread, 0, old_lock, 0, TRACE_OP_mutex_lock, 1);
	reads = 0;
	steps_done = 0;
	store();
}

static void teardown(void)
{
	builder_free(b);
	close(file);
	unlink(path);
}

/* Whether the model is a moment in the file's life: every record has what it refers to. */
static void check_moment(const struct model *model)
{
	ck_assert_uint_ge(model->node_count, 1);
	ck_assert_uint_le(model->node_count, 3);
	ck_assert_uint_ge(model->lock_count, model->node_count > 1 ? 2 : 1);
	if (model->node_count > 1) {
		ck_assert_uint_eq(model->nodes[1].lock, 1);
		ck_assert_uint_eq(model->nodes[1].stack, 0);
	}
	if (model->node_count > 2)
		ck_assert_uint_eq(model->nodes[2].parent, 1);
	if (model->signal_count)
		ck_assert_uint_lt(model->signals[0].node, model->node_count);
	if (model->wait_count)
		ck_assert_uint_eq(model->waits[0].node, 2);
	if (model->lock_count > 1)
		ck_assert_uint_eq(model->locks[1].created_stack, 0);
}

static void read_growing(unsigned from, unsigned each)
{
	struct reader_error error;
	struct model model;

	grow_from = from;
	per_read = each;
	model_init(&model);
	bool good = reader_add_file(&model, path, &error);
	ck_assert_msg(good, "growing from read %u by %u: %s", from, each, error.text);
	check_moment(&model);
	model_free(&model);
}

START_TEST(grows_between_any_two_reads)
{
	read_growing((unsigned)_i, 1);
}
END_TEST

START_TEST(grows_at_once)
{
	read_growing((unsigned)_i, STEPS);
}
END_TEST

START_TEST(grows_in_leaps)
{
	read_growing((unsigned)_i, 3);
}
END_TEST

/* When nothing changed any more before the first read, all of it is there. */
START_TEST(is_complete_afterwards)
{
	struct reader_error error;
	struct model model;

	grow_from = MOST_READS;
	while (steps_done < STEPS)
		steps[steps_done++]();
	store();
	model_init(&model);
	ck_assert_msg(reader_add_file(&model, path, &error), "%s", error.text);
	ck_assert_uint_le(reads, MOST_READS);
	ck_assert_uint_gt(reads, 5);
	ck_assert_uint_eq(model.node_count, 3);
	ck_assert_uint_eq(model.wait_count, 1);
	ck_assert_uint_eq(model.signals[0].node, 2);
	ck_assert_uint_eq(model.nodes[2].wait, 0);
	ck_assert_uint_ne(model.locks[1].hold_buckets, NO_INDEX);
	check_moment(&model);
	model_free(&model);
}
END_TEST

/* Growth is no excuse for what refers to nothing in the part that was there before. */
START_TEST(damage_is_found_all_the_same)
{
	struct reader_error error;
	struct model model;
	struct trace_node *old = builder_at(b, SECOND_CHUNK + sizeof(struct trace_chunk) / 8);

	old->lock = SECOND_CHUNK * 3;
	store();
	grow_from = (unsigned)_i;
	per_read = 1;
	model_init(&model);
	ck_assert(!reader_add_file(&model, path, &error));
	ck_assert_ptr_nonnull(strstr(error.text, "refer to a lock"));
	model_free(&model);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reader_growth");
	TCase *cases = tcase_create("growth");

	tcase_add_checked_fixture(cases, setup, teardown);
	tcase_add_loop_test(cases, grows_between_any_two_reads, 0, 14);
	tcase_add_loop_test(cases, grows_at_once, 0, 14);
	tcase_add_loop_test(cases, grows_in_leaps, 0, 14);
	tcase_add_test(cases, is_complete_afterwards);
	tcase_add_loop_test(cases, damage_is_found_all_the_same, 0, 14);
	suite_add_tcase(suite, cases);
	return suite_run(suite);
}
