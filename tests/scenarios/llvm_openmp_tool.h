/*
 * What LLVM's runtime tells a tool of regions of two threads, one of which outlives them. It stands
 * in for that runtime, whose own waits nobody sees: turns.
 */
#ifndef LLVM_OPENMP_TOOL_H
#define LLVM_OPENMP_TOOL_H

#include "scenario.h"

union tool_data {
	uint64_t value;
	void *pointer;
};

struct tool {
	int (*initialize)(void (*(*lookup)(const char *name))(void), int device,
			  union tool_data *data);
	void (*finalize)(union tool_data *data);
	union tool_data data;
};

/* The numbers are those of omp-tools.h. */
enum { TOOL_BEGIN = 1, TOOL_END = 2 };
enum { TOOL_BARRIER = 3, TOOL_BARRIER_OF_REGION = 2, TOOL_LOOP = 1 };
enum { TOOL_TASKWAIT = 5, TOOL_TASKGROUP = 6 };
enum { TOOL_EXPLICIT = 4, TOOL_UNDEFERRED = 0x08000000 };
enum { TOOL_COMPLETE = 1, TOOL_SWITCH = 7 };
enum {
	ON_PARALLEL_BEGIN = 3,
	ON_PARALLEL_END = 4,
	ON_TASK_CREATE = 5,
	ON_TASK_SCHEDULE = 6,
	ON_IMPLICIT_TASK = 7,
	ON_WORK = 20,
	ON_SYNC_REGION = 23
};

extern struct tool *ompt_start_tool(unsigned version, const char *runtime) __attribute__((weak));

static void (*tool_callbacks[64])(void);
static union tool_data tool_region, tool_tasks[2];
static void (*tool_work)(int thread);
static int tool_turn;

static int tool_set(int event, void (*function)(void))
{
	tool_callbacks[event] = function;
	return 5;
}

static void (*tool_lookup(const char *name))(void)
{
	return strcmp(name, "ompt_set_callback") == 0 ? (void (*)(void))tool_set : NULL;
}

static void tool_begins(int thread)
{
	void (*tell)(int, union tool_data *, union tool_data *, unsigned, unsigned, int) =
		(void (*)(int, union tool_data *, union tool_data *, unsigned, unsigned,
			  int))tool_callbacks[ON_IMPLICIT_TASK];

	if (tell)
		tell(TOOL_BEGIN, &tool_region, &tool_tasks[thread], 2, (unsigned)thread, 0);
}

static void tool_sync(int kind, int scope, int thread)
{
	void (*tell)(int, int, union tool_data *, union tool_data *, const void *) =
		(void (*)(int, int, union tool_data *, union tool_data *,
			  const void *))tool_callbacks[ON_SYNC_REGION];

	if (tell)
		tell(kind, scope, &tool_region, &tool_tasks[thread], NULL);
}

static inline void tool_loop_ends(int thread)
{
	void (*tell)(int, int, union tool_data *, union tool_data *, uint64_t, const void *) =
		(void (*)(int, int, union tool_data *, union tool_data *, uint64_t,
			  const void *))tool_callbacks[ON_WORK];

	if (tell)
		tell(TOOL_LOOP, TOOL_END, &tool_region, &tool_tasks[thread], 2, NULL);
}

/* Tasks of thread 0, created by its own, or by another one. */
static inline void tool_create(union tool_data *creator, union tool_data *task, int flags)
{
	void (*tell)(union tool_data *, const void *, union tool_data *, int, int, const void *) =
		(void (*)(union tool_data *, const void *, union tool_data *, int, int,
			  const void *))tool_callbacks[ON_TASK_CREATE];

	task->value = 0;
	if (tell)
		tell(creator, NULL, task, flags, 0, NULL);
}

static inline void tool_do(union tool_data *outer, union tool_data *task, void (*work)(void))
{
	void (*tell)(union tool_data *, int, union tool_data *) = (void (*)(
		union tool_data *, int, union tool_data *))tool_callbacks[ON_TASK_SCHEDULE];

	if (tell)
		tell(outer, TOOL_SWITCH, task);
	work();
	if (tell)
		tell(task, TOOL_COMPLETE, outer);
}

/* The other one comes and waits for the turn; then it is his turn to wait. */
static void tool_wait(int turn)
{
	while (__atomic_load_n(&tool_turn, __ATOMIC_ACQUIRE) < turn)
		usleep(100);
}

static void tool_pass(void)
{
	__atomic_add_fetch(&tool_turn, 1, __ATOMIC_ACQ_REL);
}

/* Once in a region: each comes, both go on. */
static void tool_barrier(int thread)
{
	int turn = __atomic_load_n(&tool_turn, __ATOMIC_ACQUIRE) / 8 * 8 + 3;

	tool_sync(TOOL_BARRIER, TOOL_BEGIN, thread);
	tool_pass();
	tool_wait(turn);
	tool_sync(TOOL_BARRIER, TOOL_END, thread);
}

/* Turns of a region: 1: it has begun; 3: both have been at the barrier; 4: the thread is done; 8:
 * it is over. */
static void *tool_thread(void *argument)
{
	for (int region = 0; region < 2; region++) {
		tool_wait(8 * region + 1);
		tool_begins(1);
		tool_work(1);
		tool_sync(TOOL_BARRIER_OF_REGION, TOOL_BEGIN, 1);
		tool_pass();
	}
	return argument;
}

static void tool_parallel(void (*work)(int thread))
{
	int first = __atomic_load_n(&tool_turn, __ATOMIC_ACQUIRE);
	void (*begin)(union tool_data *, const void *, union tool_data *, unsigned, int,
		      const void *) =
		(void (*)(union tool_data *, const void *, union tool_data *, unsigned, int,
			  const void *))tool_callbacks[ON_PARALLEL_BEGIN];
	void (*end)(union tool_data *, union tool_data *, int, const void *) =
		(void (*)(union tool_data *, union tool_data *, int,
			  const void *))tool_callbacks[ON_PARALLEL_END];

	tool_region.value = 0;
	tool_work = work;
	if (begin)
		begin(NULL, NULL, &tool_region, 2, 0, NULL);
	tool_pass();
	tool_begins(0);
	work(0);
	tool_sync(TOOL_BARRIER_OF_REGION, TOOL_BEGIN, 0);
	tool_wait(first + 4);
	tool_sync(TOOL_BARRIER_OF_REGION, TOOL_END, 0);
	if (end)
		end(&tool_region, NULL, 0, NULL);
	__atomic_store_n(&tool_turn, first + 8, __ATOMIC_RELEASE);
}

/* Two regions, with a barrier in each. */
static void tool_run(void (*one)(int thread), void (*two)(int thread))
{
	struct tool *tool = ompt_start_tool ? ompt_start_tool(202011, "stands in") : NULL;
	pthread_t thread;

	if (tool)
		CHECK(tool->initialize(tool_lookup, 0, &tool->data));
	thread = start(tool_thread, NULL);
	tool_parallel(one);
	tool_parallel(two);
	finish(thread);
}

#endif
