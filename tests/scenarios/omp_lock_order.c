/*
 * Two locks of OpenMP in opposite orders, by two threads of a parallel region. The deadlock can
 * happen. What else orders threads in OpenMP's runtime is made by futexes that nobody understands,
 * so it is no more than potential.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* SAYS but libgomp.so.1 has waits in futexes of its own */
/* LOCK lock_a */
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
	omp_set_lock(&lock_a); /* @second */
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
