/* Knows functions by their names. */
#include "code_releases.h"
#include "code_outward.h"
#include "one_of.h"

/* Whether a function of the C library may let others go on that wait: for a lock, or for what they
 * were told to wait for. */
static bool may_release(const char *import)
{
	static const char *const names[] = {
		"close",	"dlclose",  "dlopen",	   "dup2",    "dup3",
		"fclose",	"fcntl",    "fcntl64",	   "flock",   "fork",
		"freopen",	"kill",	    "lockf",	   "lockf64", "pthread_barrier_wait",
		"pthread_kill", "raise",    "sem_post",	   "semop",   "semtimedop",
		"setcontext",	"sigqueue", "swapcontext", "syscall", "system",
		"tgkill",	"vfork"};
	return ONE_OF(import, names) || strstr(import, "unlock") || strstr(import, "cond_") ||
	       strstr(import, "cnd_") || strstr(import, "_destroy") || strstr(import, "_cleanup");
}

bool code_import_keeps_locks(const struct object_code *code, const char *import)
{
	static const char *const others[] = {"_ZNSt6chrono3_V212steady_clock3nowEv",
					     "_ZNSt6chrono3_V212system_clock3nowEv",
					     "g_get_monotonic_time", "g_thread_yield", "g_usleep"};
	return ONE_OF(import, others) ||
	       (!code_import_throws(code, import) && !object_code_is_foreign(code, import) &&
		!may_release(import));
}
