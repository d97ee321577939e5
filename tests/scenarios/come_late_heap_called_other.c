/*
 * As come_late_heap.c. Main looks at a pair of flags with a function of the C library that it calls
 * through a pointer, out of a table. The near miss is come_late_heap_called.c.
 */
/* EXPECT lock-order discharged sync-order first second */
#include <string.h>

#define JOB_MEMBERS \
	struct pair { \
		bool told, done; \
	} pair;
#define DONE pair.done
#include "late_job.h"

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

typedef void *with_bytes(void *bytes, int byte, size_t count);

static with_bytes *const ways[] = {(with_bytes *)memchr, (with_bytes *)memrchr};
static volatile size_t way = 1;

int main(void)
{
	struct job *job = job_new(7);

	CHECK(ways[way](&job->pair, true, sizeof(job->pair)) == NULL);
	run_job(job);
	return 0;
}
