/*
 * Two locks are taken in opposite orders in ordered regions of one loop, in different iterations,
 * as clang compiles it. One thread at a time is in them (OpenMP 5.1, 2.19.9), so they cannot meet.
 */
/* EXPECT lock-order discharged gate-lock first second */
/* ACQUISITIONS 6 */
/* LOCK ordered */
#include "llvm_openmp.h"
#include "llvm_openmp_tool.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static int loops[2];

__attribute__((noinline)) static void first(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void second(void)
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
	__kmpc_ordered(&loops[0], thread);
	if (thread == 0)
		first();
	else
		second();
	__kmpc_end_ordered(&loops[0], thread);
	tool_loop_ends(thread);
}

int main(void)
{
	tool_run(one, two);
	return 0;
}
