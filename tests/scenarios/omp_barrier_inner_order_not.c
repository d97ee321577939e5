/*
 * One thread of a region waits at a barrier of it. The region's creator creates another one inside
 * of it, with a barrier of its own: leaving that one says nothing of who waits at the other. So the
 * first thread, before it came there, and one that is in the inner region could take the locks at
 * the same time: the deadlock can happen. (In this run the creator comes later: it sleeps.)
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
	{
#pragma omp barrier
		if (omp_get_thread_num() == 1)
			second();
	}
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
#pragma omp barrier
	}
	return 0;
}
