/*
 * The near miss of llvm_region_order.c: both orders are in one region, behind its barrier. The
 * second one comes later by chance: the deadlock can happen.
 */
/* EXPECT lock-order feasible first second */
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
	tool_barrier(thread);
}

static void two(int thread)
{
	tool_barrier(thread);
	if (thread == 1) {
		first();
		stage_reach(1);
	} else {
		stage_await(1);
		second();
	}
}

int main(void)
{
	tool_run(one, two);
	return 0;
}
