/*
 * Two threads create regions, of threads of their own. That one region ended first orders nothing:
 * the deadlock can happen.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS >=4 */
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

static void *one(void *argument)
{
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 1)
			first();
	}
	stage_reach(1);
	return argument;
}

static void *two(void *argument)
{
	stage_await(1);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 1)
			second();
	}
	return argument;
}

int main(void)
{
	omp_init_lock(&a);
	omp_init_lock(&b);
	run_two(one, two);
	return 0;
}
