/*
 * The near miss of omp_barrier_order.c: there are barriers, before both and after both. So the
 * deadlock can happen.
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
#pragma omp parallel num_threads(2)
	{
#pragma omp barrier
		if (omp_get_thread_num() == 0) {
			first();
			stage_reach(1);
		} else {
			stage_await(1);
			second();
		}
#pragma omp barrier
	}
	return 0;
}
