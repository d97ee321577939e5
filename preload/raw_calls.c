/*
 * syscall(): what goes around the C library. Three kinds of call matter.
 *
 * futex: who waits there waits for something that the recorder does not know, unless it is GLib,
 * whose locks are interposed. Such calls are counted by place, so that a report can say what it
 * does not rest on. A wait without a limit is published, too: on memory that no other process has,
 * only threads of this one can end it, and when all of them wait, they wait for ever.
 *
 * fork, and clone without CLONE_VM on the same stack: a fork that runs no handlers, like _Fork.
 *
 * exit_group: the end of the image, like _exit. seccomp: confined.h.
 *
 * Everything else, and a clone whose child shares the memory or has a stack of its own, must not
 * find another frame on the stack: it is passed on by a jump, with all registers as they were.
 */
#include "raw_calls.h"

#include "acquire.h"
#include "confined.h"
#include "locks.h"
#include "modules.h"
#include "recorder.h"
#include "system.h"
#include "unwound.h"

#include <errno.h>
#include <linux/futex.h>
#include <linux/seccomp.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

struct raw_call {
	const void *word; /* of the futex */
	const void *site, *frame;
};

enum { PLACE_BITS = 7, PLACES = 1 << PLACE_BITS, MOST_PLACES = PLACES / 2 };

/* By where it is called; written under the recorder's lock, `site` last. */
static struct place {
	const void *site;
	struct trace_futex *record; /* NULL: it is understood */
} places[PLACES];
static uint32_t place_count;
static struct trace_futex *rest; /* of the places beyond those that are kept apart */

static struct place *place_of(const void *site)
{
	uint32_t at =
		(uint32_t)((uintptr_t)site * UINT64_C(0x9e3779b97f4a7c15) >> (64 - PLACE_BITS));

	while (__atomic_load_n(&places[at].site, __ATOMIC_ACQUIRE) && places[at].site != site)
		at = (at + 1) % PLACES;
	return &places[at];
}

/*
 * Whether what waits there is seen all the same: GLib's locks are recorded where they are called. A
 * tail call of GLib's seems to come from its caller; then it is known by its lock.
 */
static bool is_understood(const struct raw_call *call)
{
	const char *path = modules_path(call->site), *name = path ? strrchr(path, '/') : NULL;

	return locks_find(call->word) || (name && strncmp(name, "/libglib-2.0.so", 15) == 0);
}

static struct trace_futex *write_record(uint32_t stack)
{
	struct trace_futex *record;

	record = trace_alloc(&recorder_cursor, TRACE_TYPE_futex, sizeof(*record));
	if (!record)
		return NULL;
	record->stack = stack;
	trace_commit(&recorder_cursor, record);
	return record;
}

/* Under the recorder's lock. */
static struct place *add_place(struct thread *self, const struct raw_call *call)
{
	struct place *place = place_of(call->site);

	if (place->site)
		return place;
	if (place_count == MOST_PLACES) {
		rest = rest ? rest : write_record(0);
		return place;
	}
	modules_note(call->site);
	if (!is_understood(call))
		place->record = write_record(stacks_ref(stacks_at(self, call->site, call->frame)));
	__atomic_store_n(&place->site, call->site, __ATOMIC_RELEASE);
	place_count++;
	return place;
}

/* True: it is not understood. */
static bool count_futex(const struct raw_call *call)
{
	struct place *place = place_of(call->site);
	struct trace_futex *record;
	struct thread *self;
	struct slow slow;

	if (unlikely(!place->site)) {
		self = thread_self();
		if (!self || self->busy)
			return false;
		slow_begin(&slow, self);
		place = add_place(self, call);
		slow_end(&slow);
	}
	record = place->site ? place->record : rest;
	if (record)
		__atomic_fetch_add(&record->count, 1, __ATOMIC_RELAXED);
	return record;
}

static bool waits(long operation, long limit)
{
	long command = operation & FUTEX_CMD_MASK;

	return (command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET) && !limit;
}

/* A wait on its way. */
struct futex_wait {
	struct thread *self; /* NULL: nothing to record */
	struct outer_wait outer;
};

static void begin_wait(struct futex_wait *wait, const struct raw_call *call)
{
	struct wanted wanted = {.object = (uintptr_t)call->word, .op = TRACE_OP_futex};
	struct thread *self = thread_self();
	struct slow slow;

	/* What the program says that it waits for tells more. */
	wait->self = self && !self->busy && !(self->held->want & TRACE_ANNOTATED) ? self : NULL;
	if (!wait->self)
		return;
	slow_begin(&slow, self);
	wanted.stack = stacks_ref(stacks_at(self, call->site, call->frame));
	slow_end(&slow);
	wait_enter(self, call->frame, &wait->outer);
	wait_publish(self, &wanted, call->site, call->frame);
}

static void end_wait(void *argument)
{
	struct futex_wait *wait = argument;

	if (!wait->self)
		return;
	wait->self->held->want_since = 0;
	wait_leave(wait->self, &wait->outer);
}

void raw_calls_reset(void)
{
	memset(places, 0, sizeof(places));
	place_count = 0;
	rest = NULL;
}

#if defined(__x86_64__)

INTERPOSE(syscall)
/* The assembler below reads it. */
static __typeof__(syscall) *real_syscall __attribute__((used));

static long answer(long result)
{
	if (result >= 0 || result < -4095)
		return result;
	errno = (int)-result;
	return -1;
}

/* What the assembler below has pushed: of the call, all but its sixth argument. */
struct registers {
	long e, d, c, b, a, number;
	const void *site; /* the return address */
};

static void see_seccomp(const struct registers *call)
{
	if (call->a == SECCOMP_SET_MODE_STRICT || call->a == SECCOMP_SET_MODE_FILTER)
		confined_begin(call->a == SECCOMP_SET_MODE_STRICT, (const void *)call->c);
}

/* Calls from the assembler below. */
__attribute__((used)) static void raw_seen(const struct registers *call)
{
	if (call->number == SYS_exit_group)
		recorder_end(TRACE_END_quick_exit, (int)call->a);
	else if (call->number == SYS_seccomp)
		see_seccomp(call);
	else
		count_futex(&(struct raw_call){(const void *)call->a, call->site, &call->number});
}

static __attribute__((noinline)) long wait_futex(const struct raw_call *call, long operation,
						 long value, long second, long third)
{
	struct unwound cleanup;
	struct futex_wait wait;
	long result;

	begin_wait(&wait, call);
	UNWOUND_BEGIN(&cleanup, end_wait, &wait);
	result = real_syscall(SYS_futex, call->word, operation, value, NULL, second, third);
	unwound_end(&cleanup);
	return result;
}

/* In place of syscall(), with what that was given. */
__attribute__((used)) static long raw_futex(long number, long word, long operation, long value,
					    long limit, long second, long third)
{
	const struct raw_call call = {(const void *)word, CALL_SITE, CALL_FRAME};

	if (!count_futex(&call) || !waits(operation, limit))
		return real_syscall(number, word, operation, value, limit, second, third);
	return wait_futex(&call, operation, value, second, third);
}

__attribute__((used)) static long raw_fork(long number, long flags, long stack, long parent,
					   long child, long tls)
{
	long result;

	recorder_before_fork();
	result = sys_raw(number, flags, stack, parent, child, tls, 0);
	recorder_after_fork(result == 0);
	return answer(result);
}

/* Before the real function could be looked up. */
__attribute__((used)) static long raw_first(long number, long a, long b, long c, long d, long e,
					    long f)
{
	return answer(sys_raw(number, a, b, c, d, e, f));
}

/*
 * As the C library's takes them: the number in rdi, five arguments in registers, the sixth on the
 * stack. 0x100 is CLONE_VM. The frame is as CALL_FRAME would tell it.
 */
__asm__(".text\n"
	".p2align 4\n"
	".globl syscall\n"
	".type syscall, @function\n"
	"syscall:\n"
	"	.cfi_startproc\n"
	"	cmpq $202, %rdi\n" /* futex */
	"	je 5f\n"
	"	cmpq $449, %rdi\n" /* futex_waitv */
	"	je 2f\n"
	"	cmpq $231, %rdi\n" /* exit_group */
	"	je 2f\n"
	"	cmpq $317, %rdi\n" /* seccomp */
	"	je 2f\n"
	"	cmpq $57, %rdi\n" /* fork */
	"	je raw_fork\n"
	"	cmpq $56, %rdi\n" /* clone */
	"	je 3f\n"
	"1:	movq real_syscall(%rip), %rax\n"
	"	testq %rax, %rax\n"
	"	jz raw_first\n"
	"	jmp *%rax\n"
	"2:	pushq %rdi\n"
	"	pushq %rsi\n"
	"	pushq %rdx\n"
	"	pushq %rcx\n"
	"	pushq %r8\n"
	"	pushq %r9\n"
	"	movq %rsp, %rdi\n"
	"	subq $8, %rsp\n"
	"	.cfi_adjust_cfa_offset 56\n"
	"	call raw_seen\n"
	"	addq $8, %rsp\n"
	"	popq %r9\n"
	"	popq %r8\n"
	"	popq %rcx\n"
	"	popq %rdx\n"
	"	popq %rsi\n"
	"	popq %rdi\n"
	"	.cfi_adjust_cfa_offset -56\n"
	"	jmp 1b\n"
	"3:	testq $0x100, %rsi\n"
	"	jnz 1b\n"
	"	testq %rdx, %rdx\n"
	"	jnz 1b\n"
	"	jmp raw_fork\n"
	"5:	cmpq $0, real_syscall(%rip)\n"
	"	jz raw_first\n"
	"	jmp raw_futex\n"
	"	.cfi_endproc\n"
	".size syscall, .-syscall\n");

#endif
