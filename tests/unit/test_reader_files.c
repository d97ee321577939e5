/* Unit tests: several files, in directories; files that are long, or hard to read quickly. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reading.h"
#include "suite.h"
#include "xalloc.h"

/* Traces follow each other: the indices of the second are its own. */
START_TEST(second_trace_is_appended)
{
	struct trace_builder *rich = builder_rich();

	ck_assert_msg(builder_read(rich, &model, &reader_error), "%s", reader_error.text);
	size_t nodes = model.node_count, locks = model.lock_count, threads = model.thread_count;
	ck_assert_msg(builder_read(rich, &model, &reader_error), "%s", reader_error.text);
	ck_assert_uint_eq(model.process_count, 2);
	ck_assert_uint_eq(model.node_count, 2 * nodes);
	for (size_t i = 0; i < nodes; i++) {
		const struct node *one = &model.nodes[i], *two = &model.nodes[nodes + i];

		ck_assert_uint_eq(two->lock, one->lock + locks);
		ck_assert_uint_eq(two->thread, one->thread + threads);
		ck_assert_uint_eq(two->span_count, one->span_count);
		ck_assert_uint_eq(model.spans[two->first_span].last,
				  model.spans[one->first_span].last);
	}
	for (size_t i = 0; i < locks; i++) {
		const struct lock *one = &model.locks[i], *two = &model.locks[locks + i];

		ck_assert_uint_eq(two->acquisitions, one->acquisitions);
		ck_assert_uint_eq(two->wait_total_ns, one->wait_total_ns);
		ck_assert_uint_eq(two->process, 1);
	}
	ck_assert_uint_eq(model.threads[threads + 1].held, model.threads[1].held + 1);
	builder_free(rich);
}
END_TEST

static char *in_directory(const char *directory, const char *name)
{
	return xasprintf("%s/%s", directory, name);
}

START_TEST(directory_is_read_oldest_first)
{
	static const struct {
		const char *name;
		uint64_t start;
		uint32_t pid;
	} files[] = {{"b.gordian", 30, 1}, {"a.gordian", 10, 2}, {"c.gordian", 20, 1}};
	char directory[] = "/tmp/test_reader.XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(directory));
	ck_assert(!reader_add(&model, directory, &reader_error));
	ck_assert_ptr_nonnull(strstr(reader_error.text, "expected traces"));
	for (size_t i = 0; i < 3; i++) {
		char *path = in_directory(directory, files[i].name);

		builder_header(b)->start_realtime_ns = files[i].start;
		builder_header(b)->pid = files[i].pid;
		builder_write(b, path);
		free(path);
	}
	char *other = in_directory(directory, "notes.txt");
	ck_assert_int_eq(symlink("/dev/null", other), 0);
	ck_assert_msg(reader_add(&model, directory, &reader_error), "%s", reader_error.text);
	ck_assert_uint_eq(model.process_count, 3);
	ck_assert_uint_eq(model.processes[0].start_realtime_ns, 10);
	ck_assert_uint_eq(model.processes[1].start_realtime_ns, 20);
	ck_assert_uint_eq(model.processes[2].start_realtime_ns, 30);
	ck_assert_uint_eq(model.processes[2].pid, 1);
	unlink(other);
	free(other);
	for (size_t i = 0; i < 3; i++) {
		char *path = in_directory(directory, files[i].name);

		unlink(path);
		free(path);
	}
	rmdir(directory);
}
END_TEST

/* A killed program leaves a long file of which little is in use. */
START_TEST(sparse_file_is_read_quickly)
{
	char path[] = "/tmp/test_reader.XXXXXX";

	close(mkstemp(path));
	builder_write(b, path);
	ck_assert_int_eq(truncate(path, (off_t)1 << 40), 0);
	bool good = reader_add(&model, path, &reader_error);
	unlink(path);
	ck_assert_msg(good, "%s", reader_error.text);
}
END_TEST

/* As deep as it gets, children before their parents; must not take quadratic time. */
START_TEST(long_chain_of_parents)
{
	const uint32_t depth = 300000;
	uint32_t lock = builder_lock(b, 0x100, 0);
	uint32_t *nodes = xcalloc(depth, sizeof(*nodes));

	for (uint32_t i = 0; i < depth; i++)
		nodes[i] = builder_node(b, main_thread, 0, lock, 0, TRACE_OP_mutex_lock, 1);
	for (uint32_t i = 0; i + 1 < depth; i++)
		((struct trace_node *)builder_at(b, nodes[i]))->parent = nodes[i + 1];
	read_good();
	ck_assert_uint_eq(model.nodes[0].parent, 1);
	free(nodes);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("reader_files");
	TCase *files = tcase_create("files");

	tcase_set_timeout(files, 60);
	tcase_add_checked_fixture(files, reading_setup, reading_teardown);
	tcase_add_test(files, second_trace_is_appended);
	tcase_add_test(files, directory_is_read_oldest_first);
	tcase_add_test(files, sparse_file_is_read_quickly);
	tcase_add_test(files, long_chain_of_parents);
	suite_add_tcase(suite, files);
	return suite_run(suite);
}
