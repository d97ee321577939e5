/*
 * Opposite orders in two parallel regions of LLVM's runtime: all of the first one is done before
 * the second one begins.
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
	tool_barrier(thread);
	if (thread == 1)
		first();
}

static void two(int thread)
{
	if (thread == 0)
		second();
	tool_barrier(thread);
}

int main(void)
{
	tool_run(one, two);
	return 0;
}
