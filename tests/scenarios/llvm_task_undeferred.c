/*
 * The near miss of llvm_task_order.c: both tasks are done at once, by who creates them.
 */
/* EXPECT lock-order discharged single-thread first second */
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
	tool_create(&tool_tasks[0], &tasks[0], TOOL_EXPLICIT | TOOL_UNDEFERRED);
	tool_do(&tool_tasks[0], &tasks[0], first);
	tool_create(&tool_tasks[0], &tasks[1], TOOL_EXPLICIT | TOOL_UNDEFERRED);
	tool_do(&tool_tasks[0], &tasks[1], second);
}
