/*
 * The near miss of omp_task_once.c: the task comes back from it, too.
 */
/* NEEDS openmp */
/* EXPECT lock-order discharged sync-order first second */
#include "omp_tasks.h"

#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void initialise(void)
{
	second(); /* @second */
}

static void program(void)
{
#pragma omp task
	{
		pthread_once(&once, initialise);
		first(); /* @first */
	}
	stage_await(1);
#pragma omp taskwait
}

int main(void)
{
	both_init();
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0) {
			program();
			stage_reach(2);
		} else {
			pthread_once(&once, initialise);
			stage_reach(1);
			stage_await(2);
		}
	}
	return 0;
}
