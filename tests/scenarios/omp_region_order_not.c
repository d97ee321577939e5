/*
 * The near miss of omp_region_order.c: the second order is in the region that the first one is in,
 * by a thread that comes to it when the other one is done with the region. Nothing but chance sees
 * to that: the deadlock can happen.
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

int main(void)
{
	omp_init_lock(&a);
	omp_init_lock(&b);
#pragma omp parallel num_threads(3)
	{
		/* The threads are there. */
	}
#pragma omp parallel num_threads(3)
	{
		if (omp_get_thread_num() == 1)
			first();
		if (omp_get_thread_num() == 2) {
			usleep(100000);
			second();
		}
	}
	return 0;
}
