/*
 * A near miss of come_late_heap.c: main sets done with a function of the C library that it calls
 * through a pointer, out of a table. In come_late_heap_called_other.c all that are there only read.
 */
/* EXPECT lock-order potential first second */
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

static with_bytes *const ways[] = {(with_bytes *)memchr, memset};
static volatile size_t way = 1;

int main(void)
{
	struct job *job = job_new(7);

	ways[way](&job->pair, true, sizeof(job->pair));
	run_job(job);
	return 0;
}
