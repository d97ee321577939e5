/*
 * Joins of threads that announced their end, on a model made by hand: of two threads that main
 * joins at one place, with code of this very program, as its compiler made it.
 */
#include "announce.h"
#include "code_asks.h"
#include "intern.h"
#include "model.h"
#include <check.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER, other = PTHREAD_COND_INITIALIZER;
static volatile bool done;
static pthread_t thread;

/* Has the code that is asked about; it is never called. */
void join_when_done(void);
void join_when_done(void)
{
	pthread_mutex_lock(&lock);
	while (!done)
		pthread_cond_wait(&changed, &lock);
	pthread_join(thread, NULL);
	pthread_mutex_unlock(&lock);
	done = false;
}

/* The program's base address, as the linker tells. */
extern const char __ehdr_start[];

static uint64_t address_of(const volatile void *object)
{
	return (uint64_t)(uintptr_t)object;
}

enum { MAIN, ONE, TWO, THREADS };
enum { LOCK, CHANGED, OTHER, END_OF_ONE, END_OF_TWO, LOCKS };
enum { HOLD, JOIN, STACKS };
enum {
	HOLDS,
	JOINS_ONE,
	JOINS_TWO,
	ONE_TAKES,
	ONE_SIGNALS,
	TWO_TAKES,
	TWO_SIGNALS,
	NODES,
};

static char own[PATH_MAX], none[] = "", gone[] = "/nowhere/program", another[] = "0123abcd";
static struct process process;
static struct module module;
static struct thread threads[THREADS];
static struct stack stacks[STACKS];
static struct lock locks[LOCKS];
static struct node nodes[NODES];
static uint64_t pcs[STACKS];
static struct event woken;
static struct model model;

static struct node node(uint32_t by, uint32_t parent, uint32_t of, uint32_t stack, uint16_t op)
{
	return (struct node){.thread = by,
			     .parent = parent,
			     .lock = of,
			     .taken = of,
			     .stack = stack,
			     .wait = NO_INDEX,
			     .op = op,
			     .count = 1};
}

/* The address behind the call of that import in the function above. */
static uint64_t find_return(const char *import)
{
	struct intern *pool = intern_new();
	struct object_file object;
	uint64_t found = 0;
	object_open(&object, own, "", UINT64_MAX, pool);
	struct asks *asks = asks_new(&object);
	ck_assert_ptr_nonnull(asks);
	const struct code_function *function = asks_function(
		asks, address_of((const void *)(uintptr_t)join_when_done) - module.bias);
	ck_assert_ptr_nonnull(function);
	for (uint32_t i = 0; i < function->count; i++) {
		const struct code_instruction *at = &function->steps[i].instruction;
		if (at->import && strcmp(at->import, import) == 0)
			found = module.bias + at->address + at->length;
	}
	asks_free(asks);
	object_close(&object);
	intern_free(pool);
	ck_assert_uint_ne(found, 0);
	return found;
}

static void setup(void)
{
	ssize_t length = readlink("/proc/self/exe", own, sizeof(own) - 1);
	ck_assert_int_gt(length, 0);
	own[length] = '\0';
	process = (struct process){.start_realtime_ns = UINT64_MAX};
	module = (struct module){.path = own,
				 .build_id = none,
				 .start = address_of(__ehdr_start),
				 .end = address_of(&done) + 4096,
				 .bias = address_of(__ehdr_start),
				 .unloaded = UINT32_MAX};
	pcs[HOLD] = find_return("pthread_mutex_lock");
	pcs[JOIN] = find_return("pthread_join");
	for (uint32_t i = 0; i < STACKS; i++)
		stacks[i] = (struct stack){.count = 1, .first_pc = i, .calls = NO_INDEX};
	const void *const addresses[] = {&lock, &changed, &other};
	for (uint32_t i = 0; i < LOCKS; i++)
		locks[i] = (struct lock){.kind = i == LOCK    ? TRACE_LOCK_mutex
						 : i <= OTHER ? TRACE_LOCK_condition
							      : TRACE_LOCK_thread,
					 .address = i <= OTHER ? address_of(addresses[i]) : 0,
					 .thread = i <= OTHER ? NO_INDEX : i - END_OF_ONE + ONE,
					 .lives = 1};
	nodes[HOLDS] = node(MAIN, NO_INDEX, LOCK, HOLD, TRACE_OP_mutex_lock);
	nodes[JOINS_ONE] = node(MAIN, HOLDS, END_OF_ONE, JOIN, TRACE_OP_join);
	nodes[JOINS_TWO] = node(MAIN, HOLDS, END_OF_TWO, JOIN, TRACE_OP_join);
	nodes[ONE_TAKES] = node(ONE, NO_INDEX, LOCK, NO_INDEX, TRACE_OP_mutex_lock);
	nodes[ONE_SIGNALS] = node(ONE, ONE_TAKES, CHANGED, NO_INDEX, TRACE_OP_cond_signal);
	nodes[TWO_TAKES] = node(TWO, NO_INDEX, LOCK, NO_INDEX, TRACE_OP_mutex_lock);
	nodes[TWO_SIGNALS] = node(TWO, TWO_TAKES, CHANGED, NO_INDEX, TRACE_OP_cond_signal);
	woken = (struct event){.thread = MAIN, .lock = CHANGED, .kind = TRACE_EVENT_woken};
	model = (struct model){.processes = &process,
			       .modules = &module,
			       .threads = threads,
			       .stacks = stacks,
			       .locks = locks,
			       .nodes = nodes,
			       .pcs = pcs,
			       .events = &woken,
			       .process_count = 1,
			       .module_count = 1,
			       .thread_count = THREADS,
			       .stack_count = STACKS,
			       .lock_count = LOCKS,
			       .node_count = NODES,
			       .pc_count = STACKS};
}

static bool one_is_announced(void)
{
	struct announcements *announcements = announcements_new(&model);
	bool answer = announced_to(announcements, ONE_TAKES, HOLDS, JOINS_ONE);
	ck_assert(announced_to(announcements, ONE_TAKES, HOLDS, JOINS_ONE) == answer);
	announcements_free(announcements);
	return answer;
}

START_TEST(code_that_asks)
{
	struct announcements *announcements = announcements_new(&model);
	ck_assert(announced_to(announcements, ONE_TAKES, HOLDS, JOINS_ONE));
	ck_assert(announced_to(announcements, TWO_TAKES, HOLDS, JOINS_TWO));
	ck_assert_uint_eq(announcing_signal(announcements, ONE_TAKES), ONE_SIGNALS);
	announcements_free(announcements);
}
END_TEST

START_TEST(another_condition)
{
	nodes[ONE_SIGNALS].lock = nodes[TWO_SIGNALS].lock = OTHER;
	ck_assert(!one_is_announced());
}
END_TEST

START_TEST(not_each_time)
{
	nodes[ONE_TAKES].count = 2;
	ck_assert(!one_is_announced());
}
END_TEST

/* Who asks for one of them does not know of the other. */
START_TEST(another_thread_does_not)
{
	nodes[TWO_SIGNALS].count = 0;
	ck_assert(!one_is_announced());
}
END_TEST

START_TEST(another_thread_signals_another)
{
	nodes[TWO_SIGNALS].lock = OTHER;
	ck_assert(!one_is_announced());
}
END_TEST

START_TEST(file_is_gone)
{
	module.path = gone;
	ck_assert(!one_is_announced());
}
END_TEST

START_TEST(file_is_another)
{
	module.build_id = another;
	ck_assert(!one_is_announced());
}
END_TEST

START_TEST(stack_is_cut)
{
	stacks[JOIN].flags = TRACE_STACK_CUT;
	ck_assert(!one_is_announced());
}
END_TEST

START_TEST(lock_from_the_wait)
{
	module.path = gone;
	nodes[HOLDS].op = TRACE_OP_cond_wait;
	ck_assert(!one_is_announced());
	model.event_count = 1;
	ck_assert(one_is_announced());
	woken.lock = OTHER;
	ck_assert(!one_is_announced());
}
END_TEST

/* It was woken from that condition, too, but before: it has the lock from another wait. */
START_TEST(lock_from_another_wait)
{
	module.path = gone;
	nodes[HOLDS].op = TRACE_OP_cond_wait;
	model.event_count = 1;
	woken.stack = JOIN;
	ck_assert(!one_is_announced());
}
END_TEST

int main(void)
{
	Suite *suite = suite_create("announce");
	TCase *tests = tcase_create("announce");
	tcase_add_checked_fixture(tests, setup, NULL);
	tcase_add_test(tests, code_that_asks);
	tcase_add_test(tests, another_condition);
	tcase_add_test(tests, not_each_time);
	tcase_add_test(tests, another_thread_does_not);
	tcase_add_test(tests, another_thread_signals_another);
	tcase_add_test(tests, file_is_gone);
	tcase_add_test(tests, file_is_another);
	tcase_add_test(tests, stack_is_cut);
	tcase_add_test(tests, lock_from_the_wait);
	tcase_add_test(tests, lock_from_another_wait);
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
