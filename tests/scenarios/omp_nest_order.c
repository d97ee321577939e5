/*
 * Nestable locks in opposite orders: the second thread still has b, which it took twice and gave
 * back once, when it takes a.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include <omp.h>

static omp_nest_lock_t a, b;

static void first(void)
{
	omp_set_nest_lock(&a);
	omp_set_nest_lock(&b); /* @first */
	omp_unset_nest_lock(&b);
	omp_unset_nest_lock(&a);
	stage_reach(1);
}

static void second(void)
{
	stage_await(1);
	omp_set_nest_lock(&b);
	omp_set_nest_lock(&b);
	omp_unset_nest_lock(&b);
	omp_set_nest_lock(&a); /* @second */
	omp_unset_nest_lock(&a);
	omp_unset_nest_lock(&b);
}

int main(void)
{
	omp_init_nest_lock(&a);
	omp_init_nest_lock(&b);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0)
			first();
		else
			second();
	}
	omp_destroy_nest_lock(&a);
	omp_destroy_nest_lock(&b);
	return 0;
}
