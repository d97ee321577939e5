/*
 * Two locks are taken in opposite orders in ordered regions of one loop, in different iterations.
 * One thread at a time is in them (OpenMP 5.1, 2.19.9), so they cannot meet.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged gate-lock first second */
/* ACQUISITIONS 6 */
/* LOCK ordered */
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
#pragma omp parallel for ordered schedule(static, 1) num_threads(2)
	for (int i = 0; i < 2; i++) {
#pragma omp ordered
		if (i == 0)
			first();
		else
			second();
	}
	return 0;
}
