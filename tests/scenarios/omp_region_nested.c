/*
 * Regions inside of a region, one in each thread of it, with a barrier in each. These are barriers
 * of two threads each, not of the outer region: the deadlock can happen.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include <omp.h>

static omp_lock_t a, b;

static void first(void)
{
	omp_set_lock(&a);
	omp_set_lock(&b); /* @first */
	omp_unset_lock(&b);
	omp_unset_lock(&a);
}

static void second(void)
{
	omp_set_lock(&b);
	omp_set_lock(&a); /* @second */
	omp_unset_lock(&a);
	omp_unset_lock(&b);
}

static void inner_first(void)
{
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 1)
			first();
#pragma omp barrier
	}
	stage_reach(1);
}

static void inner_second(void)
{
	stage_await(1);
#pragma omp parallel num_threads(2)
	{
#pragma omp barrier
		if (omp_get_thread_num() == 1)
			second();
	}
}

int main(void)
{
	omp_init_lock(&a);
	omp_init_lock(&b);
	omp_set_max_active_levels(2);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0)
			inner_first();
		else
			inner_second();
	}
	return 0;
}
