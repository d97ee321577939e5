/*
 * One thread of a region has done its part and waits for the region's end. The region's creator
 * creates another one inside of it, which ends, and goes on: that the inner region has begun and
 * ended says nothing of the outer one's other threads (OpenMP 5.0, 2.6: the barrier at the end of a
 * region is for its own team). So they could do their parts at the same time: the deadlock can
 * happen. (In this run the creator comes later: it sleeps.)
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

static void inner(void)
{
	usleep(100000);
#pragma omp parallel num_threads(2)
	usleep(1);
	second();
}

int main(void)
{
	omp_init_lock(&a);
	omp_init_lock(&b);
	omp_set_max_active_levels(2);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0)
			inner();
		else
			first();
	}
	return 0;
}
