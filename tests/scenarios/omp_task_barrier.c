/*
 * Opposite orders in two tasks, on both sides of a barrier: there all tasks are over (OpenMP 5.1,
 * 2.19.2).
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
/* ACQUISITIONS 4 */
#include "omp_tasks.h"

int main(void)
{
	both_init();
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0) {
#pragma omp task
			first(); /* @first */
#pragma omp taskwait
			stage_reach(1);
		} else {
			stage_await(1);
		}
#pragma omp barrier
		if (omp_get_thread_num() == 0) {
#pragma omp task
			second(); /* @second */
#pragma omp taskwait
			stage_reach(2);
		} else {
			stage_await(2);
		}
	}
	return 0;
}
