/*
 * A limit of the address space that a program sets for itself. The window of the trace is mapped at
 * once, and would take what the program counts on: a thread's stack could not be had any more.
 */
/* setrlimit and setrlimit64 are two functions here, and so are prlimit and prlimit64. */
#undef _FILE_OFFSET_BITS
#include "confined.h"
#include "families.h"
#include "recorder.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A limit that was set; the kernel has read it. */
static void note(int resource)
{
	/* It is asked for by the same call. */
	if (resource == RLIMIT_AS && (!confined || confined_allows(SYS_prlimit64)))
		recorder_limited();
}

static bool is_this(pid_t pid)
{
	return !pid || pid == getpid();
}

INTERPOSE(setrlimit)
int setrlimit(__rlimit_resource_t resource, const struct rlimit *limits)
{
	int result = REAL(setrlimit)(resource, limits);

	if (!result)
		note((int)resource);
	return result;
}

INTERPOSE(setrlimit64)
int setrlimit64(__rlimit_resource_t resource, const struct rlimit64 *limits)
{
	int result = REAL(setrlimit64)(resource, limits);

	if (!result)
		note((int)resource);
	return result;
}

INTERPOSE(prlimit)
int prlimit(pid_t pid, enum __rlimit_resource resource, const struct rlimit *limits,
	    struct rlimit *before)
{
	int result = REAL(prlimit)(pid, resource, limits, before);

	if (!result && limits && is_this(pid))
		note((int)resource);
	return result;
}

INTERPOSE(prlimit64)
int prlimit64(pid_t pid, enum __rlimit_resource resource, const struct rlimit64 *limits,
	      struct rlimit64 *before)
{
	int result = REAL(prlimit64)(pid, resource, limits, before);

	if (!result && limits && is_this(pid))
		note((int)resource);
	return result;
}
