/*
 * What LLVM's runtime tells of two tasks with opposite orders that one thread does while it waits
 * for them: another thread of the region can do one of them at the same time (OpenMP 5.1, 2.12.1).
 */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
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
	tool_create(&tool_tasks[0], &tasks[1], TOOL_EXPLICIT);
	tool_sync(TOOL_TASKWAIT, TOOL_BEGIN, 0);
	tool_do(&tool_tasks[0], &tasks[0], first);
	tool_do(&tool_tasks[0], &tasks[1], second);
	tool_sync(TOOL_TASKWAIT, TOOL_END, 0);
}
