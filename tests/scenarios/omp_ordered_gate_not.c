/*
 * The near miss of omp_ordered_gate.c: the second iteration takes the locks before it comes to its
 * ordered region. So it can meet the first one in there: the deadlock can happen.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 6 */
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
	int done = 0;

	omp_init_lock(&a);
	omp_init_lock(&b);
#pragma omp parallel for ordered schedule(static, 1) num_threads(2)
	for (int i = 0; i < 2; i++) {
		if (i == 1) {
			stage_await(1);
			second();
		}
#pragma omp ordered
		{
			if (i == 0)
				first();
			done++;
		}
		stage_reach(1);
	}
	CHECK(done == 2);
	return 0;
}
