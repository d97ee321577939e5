/*
 * Two tasks with opposite orders in two regions, one after the other.
 */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 4 */
#define SECOND_REGION
#include "llvm_tasks.h"

static void first(void)
{
	take_both(&a, &b); /* @first */
}

static void second(void)
{
	take_both(&b, &a); /* @second */
}

static void create_and_do(void)
{
	tool_create(&tool_tasks[0], &tasks[0], TOOL_EXPLICIT);
	tool_do(&tool_tasks[0], &tasks[0], first);
}

static void two(int thread)
{
	if (thread == 0) {
		tool_create(&tool_tasks[0], &tasks[1], TOOL_EXPLICIT);
		tool_do(&tool_tasks[0], &tasks[1], second);
	}
	tool_barrier(thread);
}
