/* omp_lock_order.c with the functions that Fortran programs call. */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* LOCK lock_a */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include <omp.h>

void omp_init_lock_(omp_lock_t *lock);
void omp_set_lock_(omp_lock_t *lock);
void omp_unset_lock_(omp_lock_t *lock);
void omp_destroy_lock_(omp_lock_t *lock);

static omp_lock_t lock_a, lock_b;

static void first(void)
{
	omp_set_lock_(&lock_a);
	omp_set_lock_(&lock_b); /* @first */
	omp_unset_lock_(&lock_b);
	omp_unset_lock_(&lock_a);
	stage_reach(1);
}

static void second(void)
{
	stage_await(1);
	omp_set_lock_(&lock_b);
	omp_set_lock_(&lock_a); /* @second */
	omp_unset_lock_(&lock_a);
	omp_unset_lock_(&lock_b);
}

int main(void)
{
	omp_init_lock_(&lock_a);
	omp_init_lock_(&lock_b);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0)
			first();
		else
			second();
	}
	omp_destroy_lock_(&lock_a);
	omp_destroy_lock_(&lock_b);
	return 0;
}
