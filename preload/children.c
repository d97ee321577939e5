/*
 * Calls that wait for a child process. Only a process can end itself: until then the wait is
 * published, with the child's id, as a wait for a lock that the child has. Who waits for any child
 * publishes the id 0.
 */
#include "acquire.h"
#include "blocking.h"
#include "cancel.h"
#include "reaped.h"
#include "unwound.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

struct child_wait {
	struct thread *self; /* NULL: nothing is published */
	struct outer_wait outer;
};

/* Which child; 0: any. */
static inline pid_t by_pid(pid_t pid)
{
	return pid > 0 ? pid : 0;
}

static inline pid_t by_id(idtype_t type, id_t id)
{
	return type == P_PID ? (pid_t)id : 0;
}

static void publish(struct child_wait *wait, pid_t child, uint16_t op,
		    const struct reaping *reaping)
{
	struct wanted wanted = {.object = TRACE_CHILD_ADDRESS((uint32_t)child), .op = op};
	struct thread *self = wait->self;
	struct slow slow;

	cancel_note(self);
	slow_begin(&slow, self);
	wanted.stack = stacks_ref(stacks_at(self, reaping->site, reaping->frame));
	slow_end(&slow);
	wait_enter(self, reaping->frame, &wait->outer);
	wait_publish(self, &wanted, reaping->site, reaping->frame);
}

/* Where the thread has nothing recorded yet, in the trace of this very process, there is nowhere to
 * publish it. */
static void child_wait_begin(struct child_wait *wait, pid_t child, int options, uint16_t op,
			     const struct reaping *reaping)
{
	struct thread *self = current_thread;

	wait->self = NULL;
	if (!self || self->busy || options & WNOHANG || recorder_in_vfork_child() ||
	    recorder_in_forked_child())
		return;
	wait->self = self;
	publish(wait, child, op, reaping);
}

static void child_wait_end(void *argument)
{
	struct child_wait *wait = argument;

	if (!wait->self)
		return;
	wait->self->held->want_since = 0;
	wait_leave(wait->self, &wait->outer);
}

/* told: of `result`, what the call came to. */
#define CHILD_WAIT(op_, child, options, call, told) \
	do { \
		const struct blocking blocking = blocking_begin(current_thread); \
		struct child_wait wait; \
		struct unwound cleanup; \
		child_wait_begin(&wait, child, options, TRACE_OP_##op_, REAPING_HERE); \
		UNWOUND_BEGIN(&cleanup, child_wait_end, &wait); \
		__auto_type result = call; \
		unwound_end(&cleanup); \
		result = told; \
		blocking_end(&blocking, TRACE_ACT_block_##op_, CALL_SITE, CALL_FRAME); \
		return result; \
	} while (0)

/* Who does not ask how a child ended is given what tells, for us. */
INTERPOSE(wait)
pid_t wait(int *status)
{
	int own, *end = status ? status : &own;

	CHILD_WAIT(wait, 0, 0, REAL(wait)(end), reaped(result, end, REAPING_HERE));
}

pid_t __wait(int *status);
INTERPOSE(__wait)
pid_t __wait(int *status)
{
	int own, *end = status ? status : &own;

	CHILD_WAIT(wait, 0, 0, REAL(__wait)(end), reaped(result, end, REAPING_HERE));
}

INTERPOSE(waitpid)
pid_t waitpid(pid_t pid, int *status, int options)
{
	int own, *end = status ? status : &own;

	CHILD_WAIT(waitpid, by_pid(pid), options, REAL(waitpid)(pid, end, options),
		   reaped(result, end, REAPING_HERE));
}

pid_t __waitpid(pid_t pid, int *status, int options);
INTERPOSE(__waitpid)
pid_t __waitpid(pid_t pid, int *status, int options)
{
	int own, *end = status ? status : &own;

	CHILD_WAIT(waitpid, by_pid(pid), options, REAL(__waitpid)(pid, end, options),
		   reaped(result, end, REAPING_HERE));
}

/* The result of waitid. */
static inline int reaped_by_id(int result, const siginfo_t *info, const struct reaping *reaping)
{
	bool killed;

	if (result || info->si_pid <= 0)
		return result;
	killed = info->si_code == CLD_KILLED || info->si_code == CLD_DUMPED;
	if (killed || info->si_code == CLD_EXITED)
		reaped_note(info->si_pid, killed ? info->si_status : 0, reaping);
	return result;
}

INTERPOSE(waitid)
int waitid(idtype_t type, id_t id, siginfo_t *info, int options)
{
	siginfo_t own, *end = info ? info : &own;

	CHILD_WAIT(waitid, by_id(type, id), options, REAL(waitid)(type, id, end, options),
		   reaped_by_id(result, end, REAPING_HERE));
}

INTERPOSE(wait3)
pid_t wait3(int *status, int options, struct rusage *usage)
{
	int own, *end = status ? status : &own;

	CHILD_WAIT(wait3, 0, options, REAL(wait3)(end, options, usage),
		   reaped(result, end, REAPING_HERE));
}

INTERPOSE(wait4)
pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
	int own, *end = status ? status : &own;

	CHILD_WAIT(wait4, by_pid(pid), options, REAL(wait4)(pid, end, options, usage),
		   reaped(result, end, REAPING_HERE));
}

INTERPOSE(system)
int system(const char *command)
{
	CHILD_WAIT(system, 0, 0, REAL(system)(command), result);
}
