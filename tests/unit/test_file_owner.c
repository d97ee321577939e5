/* Unit tests: whom locks on files keep out. */

#include "file_owner.h"
#include "suite.h"
#include "synthetic.h"

enum { PROCESS = -1 };

static struct synthetic *made;
static uint32_t file;

static void setup(void)
{
	made = synthetic_new();
	file = synthetic_lock(made, "file");
	made->model.locks[file].kind = TRACE_LOCK_file;
}

static void teardown(void)
{
	synthetic_free(made);
}

/* The file's lock as a process records it for an open file of that number. */
static uint32_t owned(uint32_t process, int number)
{
	uint32_t lock = synthetic_lock(made, "file");
	struct lock *owned = &made->model.locks[lock];

	owned->kind = TRACE_LOCK_file;
	owned->process = process;
	owned->of_open_file = number != PROCESS;
	owned->open_file = owned->of_open_file ? (uint64_t)number : 0;
	return lock;
}

static uint32_t node_of(uint32_t taken, uint16_t op)
{
	uint32_t node = synthetic_node(made, made->main, NO_INDEX, file, op, "f", 1);

	made->model.nodes[node].taken = taken;
	return node;
}

/* Whether what two owners hold around something else keeps them apart. */
static bool gates(uint32_t one, uint32_t other, uint16_t op)
{
	uint32_t m = synthetic_lock(made, "m");
	uint32_t x = synthetic_take(made, made->main, node_of(one, op), m);
	uint32_t y = synthetic_take(made, made->main, node_of(other, op), m);

	return nodes_file_gate(&made->model, x, y) == file;
}

static void expect(uint32_t one, uint32_t other, bool excludes, bool is_gate)
{
	ck_assert_int_eq(lock_excludes(&made->model, one, other), excludes);
	ck_assert_int_eq(lock_excludes(&made->model, other, one), excludes);
	ck_assert_int_eq(lock_may_exclude(&made->model, one, other), is_gate);
	ck_assert_int_eq(gates(one, other, TRACE_OP_flock), is_gate);
	ck_assert(!gates(one, other, TRACE_OP_flock_shared));
}

START_TEST(open_files_keep_out_each_other)
{
	uint32_t child = synthetic_process(made);

	expect(owned(0, 7), owned(0, 8), true, true);
	expect(owned(0, 7), owned(0, 7), false, false);
	expect(owned(0, 7), owned(child, 8), true, true);
	expect(owned(0, 7), owned(child, 7), false, false);
}
END_TEST

/* What the parent has, too, is another number there. */
START_TEST(inherited_open_files)
{
	uint32_t child = synthetic_process(made), inherited = owned(child, 8);

	made->model.locks[inherited].open_flags = TRACE_OPEN_FILE_INHERITED;
	expect(inherited, owned(0, 7), false, false);
	expect(inherited, owned(child, 9), true, true);
	expect(inherited, owned(child, 8), false, false);
	made->model.locks[inherited].open_flags = TRACE_OPEN_FILE_UNCERTAIN;
	expect(inherited, owned(0, 7), false, true);
	expect(inherited, owned(child, 9), true, true);
}
END_TEST

START_TEST(processes_keep_out_each_other)
{
	uint32_t child = synthetic_process(made);

	expect(owned(0, PROCESS), owned(0, PROCESS), false, false);
	expect(owned(0, PROCESS), owned(child, PROCESS), true, true);
	expect(owned(0, PROCESS), owned(0, 7), true, true);
}
END_TEST

/* Nobody in the process waits for it, for all that is known, but it may keep them apart. */
START_TEST(unknown_open_files)
{
	uint32_t child = synthetic_process(made);

	expect(owned(0, 0), owned(0, 0), false, true);
	expect(owned(0, 0), owned(0, 7), false, true);
	expect(owned(0, 0), owned(child, 7), true, true);
	expect(owned(0, 0), owned(0, PROCESS), true, true);
}
END_TEST

static uint64_t owner_of(uint32_t lock)
{
	return node_owner(&made->model, node_of(lock, TRACE_OP_flock));
}

START_TEST(owners_have_numbers)
{
	uint32_t child = synthetic_process(made);

	ck_assert_uint_eq(owner_of(owned(0, 7)), owner_of(owned(child, 7)));
	ck_assert_uint_ne(owner_of(owned(0, 7)), owner_of(owned(0, 9)));
	ck_assert_uint_ne(owner_of(owned(0, PROCESS)), owner_of(owned(child, PROCESS)));
	ck_assert_uint_ne(owner_of(owned(0, 0)), owner_of(owned(child, 0)));
	ck_assert_uint_ne(owner_of(owned(0, 0)), owner_of(owned(0, PROCESS)));
}
END_TEST

START_TEST(others_always_keep_out)
{
	uint32_t a = synthetic_lock(made, "a");

	ck_assert(lock_excludes(&made->model, a, a));
	ck_assert_uint_eq(node_owner(&made->model, synthetic_take(made, made->main, NO_INDEX, a)),
			  0);
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("file_owner");
	TCase *tests = tcase_create("owners");

	tcase_add_checked_fixture(tests, setup, teardown);
	tcase_add_test(tests, open_files_keep_out_each_other);
	tcase_add_test(tests, inherited_open_files);
	tcase_add_test(tests, processes_keep_out_each_other);
	tcase_add_test(tests, unknown_open_files);
	tcase_add_test(tests, owners_have_numbers);
	tcase_add_test(tests, others_always_keep_out);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
