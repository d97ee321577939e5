/*
 * The second iteration holds a lock while it waits for its turn, which comes after the ordered
 * region of the first one, and there the lock is taken. The deadlock can happen.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include <omp.h>

static omp_lock_t a;

__attribute__((noinline)) static void take_turn(int i)
{
#pragma omp ordered
	if (i == 0) {
		omp_set_lock(&a); /* @first */
		omp_unset_lock(&a);
	}
}

int main(void)
{
	omp_init_lock(&a);
#pragma omp parallel for ordered schedule(static, 1) num_threads(2)
	for (int i = 0; i < 2; i++) {
		if (i == 1) {
			stage_await(1);
			omp_set_lock(&a); /* @second */
		}
		take_turn(i);
		if (i == 1)
			omp_unset_lock(&a);
		stage_reach(1);
	}
	return 0;
}
