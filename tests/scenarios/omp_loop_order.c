/*
 * Opposite orders in two loops whose iterations are handed out as threads come: a loop ends with a
 * barrier (OpenMP 5.1, 2.11.4).
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

/* Each loop in both threads; the locks in one of them each, by the thread's number. */
static void take_turn(int i)
{
	int thread = omp_get_thread_num();

	stage_advance();
	stage_await(i / 2 * 2 + 2);
	if (i < 2 && thread == 0)
		first();
	if (i >= 2 && thread == 1)
		second();
}

int main(void)
{
	omp_init_lock(&a);
	omp_init_lock(&b);
#pragma omp parallel num_threads(2)
	{
#pragma omp for schedule(dynamic)
		for (int i = 0; i < 2; i++)
			take_turn(i);
#pragma omp for schedule(dynamic)
		for (int i = 2; i < 4; i++)
			take_turn(i);
	}
	return 0;
}
