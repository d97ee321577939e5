/* Owns what is known of the program's seccomp filters; sees how it installs them. */
#include "confined.h"

#include "modules.h"
#include "real.h"
#include "recorder.h"
#include "slow.h"
#include "system.h"
#include "trace.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define OWN_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OWN_ARCH AUDIT_ARCH_AARCH64
#else
#define OWN_ARCH 0
#endif

enum { NUMBERS = 512, WORD = 64 };

bool confined;
static uint64_t forbidden[NUMBERS / WORD]; /* by number */

bool confined_allows(long number)
{
	return number >= 0 && number < NUMBERS &&
	       !(__atomic_load_n(&forbidden[number / WORD], __ATOMIC_RELAXED) >> number % WORD & 1);
}

bool confined_may_open(void)
{
	static const short needed[] = {
		SYS_openat,    SYS_mkdirat,    SYS_close,     SYS_ftruncate, SYS_mmap,
		SYS_prlimit64, SYS_getcwd,     SYS_getpid,    SYS_getppid,   SYS_madvise,
		SYS_read,      SYS_readlinkat, SYS_fallocate, SYS_munmap,    SYS_prctl,
	};

	for (size_t i = 0; confined && i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (!confined_allows(needed[i]))
			return false;
	}
	return true;
}

/* The registers of classic BPF. */
struct machine {
	uint32_t a, x, memory[BPF_MEMWORDS];
	uint32_t number; /* of the system call that is judged */
};

/* False: it depends on what is not known. */
static bool load(struct machine *machine, const struct sock_filter *step, uint32_t *to)
{
	switch (BPF_MODE(step->code)) {
	case BPF_IMM:
		*to = step->k;
		return true;
	case BPF_MEM:
		*to = machine->memory[step->k % BPF_MEMWORDS];
		return true;
	case BPF_LEN:
		*to = sizeof(struct seccomp_data);
		return true;
	case BPF_ABS:
		*to = step->k == offsetof(struct seccomp_data, nr) ? machine->number : OWN_ARCH;
		return step->k <= offsetof(struct seccomp_data, arch);
	default:
		return false;
	}
}

static bool compute(struct machine *machine, uint16_t op, uint32_t by)
{
	switch (op) {
	case BPF_ADD:
		machine->a += by;
		return true;
	case BPF_SUB:
		machine->a -= by;
		return true;
	case BPF_AND:
		machine->a &= by;
		return true;
	case BPF_OR:
		machine->a |= by;
		return true;
	case BPF_XOR:
		machine->a ^= by;
		return true;
	case BPF_LSH:
		machine->a = by < 32 ? machine->a << by : 0;
		return true;
	case BPF_RSH:
		machine->a = by < 32 ? machine->a >> by : 0;
		return true;
	default:
		return false;
	}
}

static uint32_t jump(const struct machine *machine, const struct sock_filter *step, uint32_t with)
{
	uint32_t a = machine->a;
	bool is;

	switch (BPF_OP(step->code)) {
	case BPF_JEQ:
		is = a == with;
		break;
	case BPF_JGT:
		is = a > with;
		break;
	case BPF_JGE:
		is = a >= with;
		break;
	case BPF_JSET:
		is = a & with;
		break;
	default: /* BPF_JA */
		return step->k;
	}
	return is ? step->jt : step->jf;
}

static bool lets_through(uint32_t answer)
{
	uint32_t action = answer & SECCOMP_RET_ACTION_FULL;

	return action == SECCOMP_RET_ALLOW || action == SECCOMP_RET_LOG;
}

/* Whether the filter allows the call, whatever its arguments. */
static bool judge(const struct sock_fprog *filter, uint32_t number)
{
	struct machine m = {.number = number};
	bool known = true;

	/* It goes forward only; the kernel refuses one that would come round again. */
	for (uint64_t at = 0; known && at < filter->len; at++) {
		const struct sock_filter *step = &filter->filter[at];
		uint32_t other = BPF_SRC(step->code) == BPF_X ? m.x : step->k;

		switch (BPF_CLASS(step->code)) {
		case BPF_LD:
			known = load(&m, step, &m.a);
			break;
		case BPF_LDX:
			known = load(&m, step, &m.x);
			break;
		case BPF_ST:
			m.memory[step->k % BPF_MEMWORDS] = m.a;
			break;
		case BPF_STX:
			m.memory[step->k % BPF_MEMWORDS] = m.x;
			break;
		case BPF_ALU:
			known = compute(&m, BPF_OP(step->code), other);
			break;
		case BPF_JMP:
			at += jump(&m, step, other);
			break;
		case BPF_RET:
			return lets_through(BPF_RVAL(step->code) == BPF_A ? m.a : step->k);
		default:
			if (BPF_MISCOP(step->code) == BPF_TAX)
				m.x = m.a;
			else
				m.a = m.x;
		}
	}
	return false;
}

/* NULL: strict mode, which allows read, write and the end. */
static void forbid(const struct sock_fprog *filter)
{
	for (uint32_t number = 0; number < NUMBERS; number++) {
		bool allowed =
			filter ? judge(filter, number) : number == SYS_read || number == SYS_write;

		if (!allowed)
			__atomic_fetch_or(&forbidden[number / WORD], UINT64_C(1) << number % WORD,
					  __ATOMIC_RELAXED);
	}
	__atomic_store_n(&confined, true, __ATOMIC_RELEASE);
}

/* The trace gets room while it can. */
static void make_room(void)
{
	struct thread *self = thread_self();
	struct slow slow;

	if (!self || self->busy)
		return;
	slow_begin(&slow, self);
	modules_note((const void *)(uintptr_t)&make_room); /* asks where we are, perhaps */
	trace_reserve();
	slow_end(&slow);
}

/* Strict mode takes the clock, too (prctl(2), PR_SET_TSC): nothing of the thread can be recorded.
 */
static void give_up(void)
{
	if (current_thread)
		current_thread->busy = THREAD_RECORDER;
	trace_drop(TRACE_DROP_thread);
	if (recorder_state == RECORDER_ON)
		recorder_state = RECORDER_OFF;
}

void confined_begin(bool strict, const void *filter)
{
	const struct sock_fprog *program = filter;

	if (recorder_in_vfork_child())
		return;
	/* The kernel will refuse what cannot be read. */
	if (!strict &&
	    (!program || !sys_readable(program) || !sys_readable(&program->filter) ||
	     !program->len || program->len > BPF_MAXINSNS || !sys_readable(program->filter) ||
	     !sys_readable((const char *)(program->filter + program->len) - 8)))
		return;
	make_room();
	if (strict)
		give_up();
	forbid(strict ? NULL : program);
}

/* As the C library's wrapper does, all arguments are passed on. */
INTERPOSE(prctl)
int prctl(int option, ...)
{
	unsigned long arguments[4], before[NUMBERS / WORD];
	bool confines = option == PR_SET_SECCOMP, was = confined;
	va_list list;
	int result;

	va_start(list, option);
	for (unsigned i = 0; i < 4; i++)
		arguments[i] = va_arg(list, unsigned long);
	va_end(list);
	if (unlikely(confines)) {
		memcpy(before, forbidden, sizeof(before));
		confined_begin(arguments[0] == SECCOMP_MODE_STRICT, (const void *)arguments[1]);
	}
	result = REAL(prctl)(option, arguments[0], arguments[1], arguments[2], arguments[3]);
	if (unlikely(confines) && result) {
		memcpy(forbidden, before, sizeof(before));
		confined = was;
	}
	return result;
}
