/*
 * As come_late_heap.c. Main writes another pair of flags as a whole, through its address and by its
 * number.
 */
/* EXPECT lock-order discharged sync-order first second */
#define JOB_MEMBERS \
	bool done; \
	struct pair { \
		bool told, read; \
	} pair;
#define DONE done
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

static struct pair pairs[4];

APART static void pair_set(struct pair *pair, struct pair value)
{
	*pair = value;
}

APART static void pair_set_one(int which, struct pair value)
{
	pairs[which] = value;
}

int main(void)
{
	struct job *job = job_new(7);

	pair_set_one(1, (struct pair){false, true});
	pair_set(&job->pair, (struct pair){false, true});
	run_job(job);
	return 0;
}
