/* The near miss of omp_lock_order.c: the second thread only tries, and goes on without the lock. */
/* NEEDS openmp */
/* EXPECT lock-order discharged try-lock first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include <omp.h>

static omp_lock_t lock_a, lock_b;

static void first(void)
{
	omp_set_lock(&lock_a);
	omp_set_lock(&lock_b); /* @first */
	omp_unset_lock(&lock_b);
	omp_unset_lock(&lock_a);
	stage_reach(1);
}

static void second(void)
{
	stage_await(1);
	omp_set_lock(&lock_b);
	if (omp_test_lock(&lock_a)) /* @second */
		omp_unset_lock(&lock_a);
	omp_unset_lock(&lock_b);
}

int main(void)
{
	omp_init_lock(&lock_a);
	omp_init_lock(&lock_b);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0)
			first();
		else
			second();
	}
	omp_destroy_lock(&lock_a);
	omp_destroy_lock(&lock_b);
	return 0;
}
