#include "watch_signals.h"
#include "xalloc.h"
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define BIT(number) (UINT64_C(1) << ((number)-1))

/* 32 and 33 are the C library's own: cancellation, and changes of user id (glibc 2.3 and later). */
static const uint64_t own = BIT(SIGSEGV) | BIT(SIGBUS) | BIT(SIGFPE) | BIT(SIGILL) | BIT(SIGTRAP) |
			    BIT(SIGABRT) | BIT(SIGSYS) | BIT(SIGPIPE) | BIT(32) | BIT(33);
static const uint64_t from_outside = BIT(SIGINT) | BIT(SIGTERM) | BIT(SIGHUP) | BIT(SIGQUIT);

bool process_awaits_signal(pid_t pid, uint64_t by_runtime, bool posts)
{
	char *path = xasprintf("/proc/%d/status", (int)pid);
	FILE *file = fopen(path, "re");
	uint64_t caught = 0;
	char line[256];

	free(path);
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "SigCgt: %" SCNx64, &caught) == 1)
			break;
	if (file)
		fclose(file);
	return caught & ~by_runtime & ~own & ~(posts ? 0 : from_outside);
}
