/*
 * Opposite orders in two parallel regions, by threads that are used for both: all of a region is
 * done before its creator goes on (OpenMP 5.1, 2.6).
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
#pragma omp parallel num_threads(3)
	{
		if (omp_get_thread_num() == 1)
			first();
	}
#pragma omp parallel for num_threads(3) schedule(static, 1)
	for (int i = 0; i < 3; i++)
		if (i == 2)
			second();
	return 0;
}
