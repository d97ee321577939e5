/*
 * The near miss of llvm_task_group.c: the first task was created before the group began.
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
	tool_sync(TOOL_TASKGROUP, TOOL_BEGIN, 0);
	tool_do(&tool_tasks[0], &tasks[0], first);
	tool_sync(TOOL_TASKGROUP, TOOL_END, 0);
	tool_create(&tool_tasks[0], &tasks[1], TOOL_EXPLICIT);
	tool_sync(TOOL_TASKWAIT, TOOL_BEGIN, 0);
	tool_do(&tool_tasks[0], &tasks[1], second);
	tool_sync(TOOL_TASKWAIT, TOOL_END, 0);
}
