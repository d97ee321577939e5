/*
 * The near miss of llvm_ordered_gate.c: the ordered regions are those of two loops, and nobody
 * waits between them. The thread of the first iteration comes to the second loop while the other
 * one is still in the first: the deadlock can happen.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 8 */
#include "llvm_openmp.h"
#include "llvm_openmp_tool.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int loops[2];

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
	tool_barrier(thread);
}

static void take_turn(int loop, int thread)
{
	__kmpc_ordered(&loops[loop], thread);
	if (loop == 0 && thread == 1) {
		first();
		stage_reach(1);
	}
	if (loop == 1 && thread == 0) {
		stage_await(1);
		second();
	}
	__kmpc_end_ordered(&loops[loop], thread);
	tool_loop_ends(thread);
}

static void two(int thread)
{
	tool_barrier(thread);
	for (int loop = 0; loop < 2; loop++)
		take_turn(loop, thread);
}

int main(void)
{
	tool_run(one, two);
	return 0;
}
