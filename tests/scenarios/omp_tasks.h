/*
 * Two orders of two locks, and a team of two of which one thread does all that the program says,
 * its tasks too, while the other one is busy: that it does them is chance. Which of a team's
 * threads does a task, and when, is not said (OpenMP 5.1, 2.12.1).
 */
#ifndef OMP_TASKS_H
#define OMP_TASKS_H

#include "scenario.h"

#include <omp.h>

static omp_lock_t a, b;

static void both_init(void)
{
	static bool done;

	if (done)
		return;
	omp_init_lock(&a);
	omp_init_lock(&b);
	done = true;
}

static APART void first(void)
{
	omp_set_lock(&a);
	omp_set_lock(&b);
	omp_unset_lock(&b);
	omp_unset_lock(&a);
}

static APART void second(void)
{
	omp_set_lock(&b);
	omp_set_lock(&a);
	omp_unset_lock(&a);
	omp_unset_lock(&b);
}

/* Of threads that come together at the end of the region. */
static inline void in_a_team(void (*program)(void))
{
	both_init();
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0) {
			program();
			stage_reach(1);
		} else {
			stage_await(1);
		}
	}
}

#endif
