/*
 * Two regions of two threads, as LLVM's runtime tells of them, in the first of which thread 0 does
 * what a scenario says of tasks: create_and_do. The tasks take the locks in opposite orders: first,
 * second.
 */
#ifndef LLVM_TASKS_H
#define LLVM_TASKS_H

#include "llvm_openmp_tool.h"
#include "pair.h"

static union tool_data tasks[2];

static void create_and_do(void);

static void one(int thread)
{
	tool_barrier(thread);
	if (thread == 0)
		create_and_do();
}

#ifndef SECOND_REGION
static void two(int thread)
{
	tool_barrier(thread);
}
#else
static void two(int thread);
#endif

int main(void)
{
	tool_run(one, two);
	return 0;
}

#endif
