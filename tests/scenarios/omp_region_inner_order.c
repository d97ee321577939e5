/*
 * Beside omp_region_inner_order_not.c: the creator creates inner regions one after another, each of
 * them over before the next begins, and an outer one after all of that. Whoever takes the locks in
 * these does it at another time (OpenMP 5.0, 2.6).
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 12 */
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

static void inner(void (*work)(void))
{
#pragma omp parallel num_threads(2)
	if (omp_get_thread_num() == 1)
		work();
}

int main(void)
{
	omp_init_lock(&a);
	omp_init_lock(&b);
	omp_set_max_active_levels(2);
	for (int i = 0; i < 2; i++) {
#pragma omp parallel num_threads(2)
		if (omp_get_thread_num() == 0) {
			inner(first);
			second();
		}
		inner(first);
	}
	return 0;
}
