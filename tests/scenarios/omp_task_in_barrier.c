/*
 * A task that the other thread does when it is at a barrier, and the opposite order behind the
 * barrier: there the task is over (OpenMP 5.1, 2.19.2).
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

static void task(void)
{
	first(); /* @first */
	stage_reach(1);
}

int main(void)
{
	both_init();
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0) {
#pragma omp task
			task();
			stage_await(1);
		}
#pragma omp barrier
		if (omp_get_thread_num() == 0)
			second(); /* @second */
	}
	return 0;
}
