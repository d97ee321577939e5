/*
 * The near miss of omp_nest_order.c: who has a nestable lock may take it again, also when it has
 * got another one since; and the second thread has given b back as often as it took it.
 */
/* NEEDS openmp */
/* EXPECT none */
/* ACQUISITIONS 4 */
#include "scenario.h"

#include <omp.h>

static omp_nest_lock_t a, b;

static void first(void)
{
	omp_set_nest_lock(&a);
	omp_set_nest_lock(&b);
	omp_set_nest_lock(&a);
	CHECK(omp_test_nest_lock(&a) == 3);
	omp_unset_nest_lock(&a);
	omp_unset_nest_lock(&a);
	omp_unset_nest_lock(&b);
	omp_unset_nest_lock(&a);
	stage_reach(1);
}

static void second(void)
{
	stage_await(1);
	CHECK(omp_test_nest_lock(&b) == 1);
	omp_set_nest_lock(&b);
	omp_unset_nest_lock(&b);
	omp_unset_nest_lock(&b);
	omp_set_nest_lock(&a);
	omp_unset_nest_lock(&a);
}

int main(void)
{
	omp_init_nest_lock(&a);
	omp_init_nest_lock(&b);
#pragma omp parallel num_threads(2)
	{
		if (omp_get_thread_num() == 0)
			first();
		else
			second();
	}
	omp_destroy_nest_lock(&a);
	omp_destroy_nest_lock(&b);
	return 0;
}
