/*
 * The near miss of omp_ordered_gate.c: the ordered regions are those of a loop and of the same loop
 * once more, and nobody waits at its end. The thread of the first iteration comes to the second
 * loop while the other one is still in the first: the deadlock can happen.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 8 */
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

static void work(int loop, int i)
{
	if (loop == 0 && i == 1) {
		first();
		stage_reach(1);
	}
	if (loop == 1 && i == 0) {
		stage_await(1);
		second();
	}
}

int main(void)
{
	omp_init_lock(&a);
	omp_init_lock(&b);
#pragma omp parallel num_threads(2)
	for (int loop = 0; loop < 2; loop++) {
#pragma omp for ordered schedule(static, 1) nowait
		for (int i = 0; i < 2; i++) {
#pragma omp ordered
			work(loop, i);
		}
	}
	return 0;
}
