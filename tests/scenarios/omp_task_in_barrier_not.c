/*
 * The near miss of omp_task_in_barrier.c: the opposite order is before the barrier, where the other
 * thread is by then.
 */
/* NEEDS openmp */
/* EXPECT lock-order potential first second */
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
			second(); /* @second */
		}
#pragma omp barrier
		if (omp_get_thread_num() == 0)
			omp_get_thread_num();
	}
	return 0;
}
