/* Owns what is known of alarms. A child of fork has none (alarm(2)). */
#include "alarms.h"

#include "recorder.h"
#include "slow.h"
#include "system.h"

#include <signal.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static uint64_t asked; /* bit N - 1: for signal N */
static int asked_by;   /* process id */
static struct trace_alarms *written;

void alarms_begin(void)
{
	struct itimerval left;

	if (sys_raw(SYS_getitimer, ITIMER_REAL, (long)&left, 0, 0, 0, 0) ||
	    !(left.it_value.tv_sec || left.it_value.tv_usec))
		return;
	asked = UINT64_C(1) << (SIGALRM - 1);
	asked_by = sys_getpid();
}

void alarms_write(void)
{
	if (written || !asked || asked_by != sys_getpid())
		return;
	written = trace_alloc(&recorder_cursor, TRACE_TYPE_alarms, sizeof(*written));
	if (!written)
		return;
	written->signals = asked;
	trace_commit(&recorder_cursor, written);
}

void alarms_unwritten(void)
{
	written = NULL;
}

static __attribute__((noinline)) void note(void)
{
	struct thread *self = current_thread;
	struct slow slow;

	if (recorder_in_vfork_child())
		return;
	asked = UINT64_C(1) << (SIGALRM - 1);
	asked_by = sys_getpid();
	/* A child that has no trace yet writes it with the first thing that is recorded. */
	if (!self || self->busy || written || recorder_in_forked_child())
		return;
	slow_begin(&slow, self);
	alarms_write();
	slow_end(&slow);
}

INTERPOSE(alarm)
unsigned alarm(unsigned seconds)
{
	if (seconds)
		note();
	return REAL(alarm)(seconds);
}

INTERPOSE(ualarm)
useconds_t ualarm(useconds_t first, useconds_t interval)
{
	if (first)
		note();
	return REAL(ualarm)(first, interval);
}

INTERPOSE(setitimer)
int setitimer(__itimer_which_t which, const struct itimerval *value, struct itimerval *old)
{
	if (value && which == ITIMER_REAL)
		note();
	return REAL(setitimer)(which, value, old);
}

/* Which signal it is for, timer_create was told. */
INTERPOSE(timer_settime)
int timer_settime(timer_t timer, int flags, const struct itimerspec *value, struct itimerspec *old)
{
	note();
	return REAL(timer_settime)(timer, flags, value, old);
}
