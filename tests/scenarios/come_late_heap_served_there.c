/*
 * The near miss of come_late_heap_served.c: what main asks the system for it has it write into the
 * job, to a place that it works out: it is done then.
 */
/* EXPECT lock-order potential first second */
#include <stddef.h>
#include <sys/socket.h>

#define JOB_MEMBERS int done;
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

static volatile size_t place = offsetof(struct job, done);

int main(void)
{
	struct job *job = job_new(7);
	socklen_t size = sizeof(job->done);
	int sockets[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, sockets) == 0);
	CHECK(getsockopt(sockets[0], SOL_SOCKET, SO_TYPE, (char *)job + place, &size) == 0);
	run_job(job);
	return 0;
}
