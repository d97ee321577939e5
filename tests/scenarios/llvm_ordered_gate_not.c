/*
 * The near miss of llvm_ordered_gate.c: the second iteration takes the locks before it comes to its
 * ordered region. So it can meet the first one in there: the deadlock can happen.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 6 */
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

static void two(int thread)
{
	tool_barrier(thread);
	if (thread == 1) {
		stage_await(1);
		second();
	}
	__kmpc_ordered(&loops[0], thread);
	if (thread == 0)
		first();
	__kmpc_end_ordered(&loops[0], thread);
	tool_loop_ends(thread);
	stage_reach(1);
}

int main(void)
{
	tool_run(one, two);
	return 0;
}
