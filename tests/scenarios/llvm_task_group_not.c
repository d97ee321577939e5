/*
 * The near miss of llvm_task_group.c: the first task was created before the group began.
 */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
#include "llvm_openmp_tool.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void first(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

static void second(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void one(int thread)
{
	static union tool_data tasks[2];

	tool_barrier(thread);
	if (thread == 1)
		return;
	tool_create(&tool_tasks[0], &tasks[0], TOOL_EXPLICIT);
	tool_sync(TOOL_TASKGROUP, TOOL_BEGIN, 0);
	tool_do(&tool_tasks[0], &tasks[0], first);
	tool_sync(TOOL_TASKGROUP, TOOL_END, 0);
	tool_create(&tool_tasks[0], &tasks[1], TOOL_EXPLICIT);
	tool_sync(TOOL_TASKWAIT, TOOL_BEGIN, 0);
	tool_do(&tool_tasks[0], &tasks[1], second);
	tool_sync(TOOL_TASKWAIT, TOOL_END, 0);
}

static void two(int thread)
{
	(void)thread;
	tool_barrier(thread);
}

int main(void)
{
	tool_run(one, two);
	return 0;
}
