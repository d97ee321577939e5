/*
 * Unit tests: symbols and names, on this very program: its functions are the program counters, its
 * variables the locks.
 */
#include <limits.h>
#include <link.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "names.h"
#include "suite.h"

static struct {
	int padding;
	struct {
		long before;
		pthread_mutex_t lock;
	} rows[4][3];
} table;
static pthread_mutex_t alone;

static __attribute__((noinline)) int called(int value)
{
	__asm__ volatile("" : "+r"(value));
	return value + 1; /* the line that the test looks for: CALLED_LINE */
}
enum { CALLED_LINE = __LINE__ - 2 };

/* This process as a recording of it would have it. */
struct fixture {
	struct model model;
	struct process process;
	struct module module;
	struct lock locks[3];
	struct stack stacks[2];
	struct thread thread;
	uint64_t pcs[2];
	char path[PATH_MAX];
	struct symbols *symbols;
	struct names *names;
};

static struct fixture fixture;

static int find_program(struct dl_phdr_info *info, size_t size, void *context)
{
	struct module *module = context;

	(void)size;
	module->bias = info->dlpi_addr;
	module->start = UINT64_MAX;
	for (unsigned i = 0; i < info->dlpi_phnum; i++) {
		const ElfW(Phdr) *phdr = &info->dlpi_phdr[i];
		uint64_t start = info->dlpi_addr + phdr->p_vaddr;

		if (phdr->p_type != PT_LOAD)
			continue;
		module->start = start < module->start ? start : module->start;
		module->end = start + phdr->p_memsz;
	}
	return 1; /* the program is the first */
}

static void set_up(void)
{
	struct fixture *f = &fixture;
	ssize_t length = readlink("/proc/self/exe", f->path, sizeof(f->path) - 1);

	memset(&f->model, 0, sizeof(f->model));
	ck_assert(length > 0);
	f->path[length] = '\0';
	f->process = (struct process){.path = f->path, .exe = f->path, .ns_per_tick = 1};
	f->process.start_realtime_ns = UINT64_MAX; /* later than the file: it is the one recorded */
	f->module = (struct module){.path = f->path, .build_id = "", .unloaded = UINT32_MAX};
	dl_iterate_phdr(find_program, &f->module);
	f->pcs[0] = (uintptr_t)&called + 2; /* inside of it */
	f->pcs[1] = 16;			    /* in nothing */
	f->stacks[0] = (struct stack){.calls = NO_INDEX, .count = 1, .first_pc = 0};
	f->stacks[1] = (struct stack){.calls = NO_INDEX, .count = 1, .first_pc = 1};
	f->locks[0].address = (uintptr_t)&table.rows[2][1].lock;
	f->locks[1].address = (uintptr_t)&alone;
	f->locks[2].address = 4096; /* on a heap */
	f->locks[2].flags = TRACE_LOCK_INIT_SEEN;
	for (unsigned i = 0; i < 3; i++) {
		f->locks[i].kind = TRACE_LOCK_mutex;
		f->locks[i].created_stack = 0;
	}
	f->thread = (struct thread){.number = 1, .creator = NO_INDEX, .created_stack = NO_INDEX};
	f->model.processes = &f->process;
	f->model.modules = &f->module;
	f->model.threads = &f->thread;
	f->model.stacks = f->stacks;
	f->model.locks = f->locks;
	f->model.pcs = f->pcs;
	f->model.process_count = f->model.module_count = f->model.thread_count = 1;
	f->model.stack_count = f->model.pc_count = 2;
	f->model.lock_count = 3;
	f->symbols = symbols_new(&f->model);
	f->names = names_new(&f->model, f->symbols);
}

static void tear_down(void)
{
	names_free(fixture.names);
	symbols_free(fixture.symbols);
}

START_TEST(function_and_line)
{
	size_t count;
	const struct frame *frames = symbols_stack(fixture.symbols, 0, &count);

	ck_assert_uint_eq(count, 1);
	ck_assert_str_eq(frames[0].function, "called");
	ck_assert_str_eq(strrchr(frames[0].file, '/'), "/test_symbols.c");
	ck_assert_int_ge(frames[0].line, CALLED_LINE - 4);
	ck_assert_int_le(frames[0].line, CALLED_LINE);
	ck_assert_uint_eq(frames[0].offset, fixture.pcs[0] - fixture.module.bias);
}
END_TEST

START_TEST(address_in_nothing)
{
	size_t count;
	const struct frame *frames = symbols_stack(fixture.symbols, 1, &count);

	ck_assert_uint_eq(count, 1);
	ck_assert_ptr_null(frames[0].function);
	ck_assert_ptr_null(frames[0].module);
	ck_assert_uint_eq(frames[0].offset, 16);
	symbols_stack(fixture.symbols, NO_INDEX, &count);
	ck_assert_uint_eq(count, 0);
}
END_TEST

START_TEST(another_build)
{
	size_t count;
	const struct frame *frames;

	tear_down();
	fixture.module.build_id = "00112233445566778899";
	fixture.symbols = symbols_new(&fixture.model);
	fixture.names = names_new(&fixture.model, fixture.symbols);
	frames = symbols_stack(fixture.symbols, 0, &count);
	ck_assert_uint_eq(count, 1);
	ck_assert_ptr_null(frames[0].function);
	ck_assert_str_eq(frames[0].module, fixture.path);
}
END_TEST

START_TEST(lock_names)
{
	ck_assert_str_eq(names_lock(fixture.names, 0), "table.rows[2][1].lock");
	ck_assert_str_eq(strchr(names_lock_class(fixture.names, 0), ':'), ":table.rows[][].lock");
	ck_assert_str_eq(names_lock(fixture.names, 1), "alone");
	/* The class of a lock on the heap has its function and no line. */
	ck_assert_ptr_nonnull(strstr(names_lock(fixture.names, 2), "called at test_symbols.c:"));
	ck_assert_ptr_nonnull(strstr(names_lock_class(fixture.names, 2), "called"));
	ck_assert_ptr_null(strstr(names_lock_class(fixture.names, 2), "test_symbols.c"));
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("symbols");
	TCase *tests = tcase_create("symbols");

	/* The variables must be the ones the program uses. */
	pthread_mutex_init(&table.rows[0][0].lock, NULL);
	pthread_mutex_init(&alone, NULL);
	if (called(1) != 2)
		return EXIT_FAILURE;
	tcase_add_checked_fixture(tests, set_up, tear_down);
	tcase_add_test(tests, function_and_line);
	tcase_add_test(tests, address_in_nothing);
	tcase_add_test(tests, another_build);
	tcase_add_test(tests, lock_names);
	suite_add_tcase(suite, tests);
	return suite_run(suite);
}
