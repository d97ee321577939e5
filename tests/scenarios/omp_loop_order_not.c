/*
 * The near miss of omp_loop_order.c: nobody waits at the end of the first loop (nowait). So the
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
#pragma omp for schedule(dynamic) nowait
		for (int i = 0; i < 2; i++)
			take_turn(i);
#pragma omp for schedule(dynamic)
		for (int i = 2; i < 4; i++)
			take_turn(i);
	}
	return 0;
}
