/*
 * Two tasks with opposite orders in two regions, one after the other.
 */
/* EXPECT lock-order discharged sync-order first second */
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
	tool_do(&tool_tasks[0], &tasks[0], first);
}

static void two(int thread)
{
	static union tool_data task;

	if (thread == 0) {
		tool_create(&tool_tasks[0], &task, TOOL_EXPLICIT);
		tool_do(&tool_tasks[0], &task, second);
	}
	tool_barrier(thread);
}

int main(void)
{
	tool_run(one, two);
	return 0;
}
