/*
 * Opposite orders on both sides of a barrier of OpenMP: all threads of the region have come to it
 * before any goes on (OpenMP 5.1, 2.19.2), so they cannot meet.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
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
		if (omp_get_thread_num() == 0)
			first();
#pragma omp barrier
		if (omp_get_thread_num() == 1)
			second();
	}
	return 0;
}
