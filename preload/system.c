/* Owns the way to the kernel: raw system calls, the recorder's own lock, its stack switch. */
#include "system.h"

#include "confined.h"
#include "real.h"
#include "recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <linux/kcmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

/* The program may define open or mmap itself, and syscall() is interposed: neither is asked. */
#define RAW_(number, a, b, c, d, e, f, ...) \
	own_call(number, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define RAW(...) RAW_(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)

long sys_raw(long number, long a, long b, long c, long d, long e, long f)
{
#if defined(__x86_64__)
	register long fourth __asm__("r10") = d;
	register long fifth __asm__("r8") = e;
	register long sixth __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth), "r"(sixth)
			 : "rcx", "r11", "memory");
	return result;
#else
	int saved = errno;
	long result = syscall(number, a, b, c, d, e, f);

	result = result == -1 ? -errno : result;
	errno = saved;
	return result;
#endif
}

/* What a filter forbids is not tried. */
static long own_call(long number, long a, long b, long c, long d, long e, long f)
{
	if (unlikely(confined) && !confined_allows(number))
		return -EPERM;
	return sys_raw(number, a, b, c, d, e, f);
}

int sys_open(const char *path, int flags, int mode)
{
	return RAW(SYS_openat, AT_FDCWD, path, flags | O_CLOEXEC, mode);
}

void sys_close(int fd)
{
	RAW(SYS_close, fd);
}

long sys_read(int fd, void *buffer, size_t size)
{
	return RAW(SYS_read, fd, buffer, size);
}

long sys_write(int fd, const void *buffer, size_t size)
{
	return RAW(SYS_write, fd, buffer, size);
}

int sys_ftruncate(int fd, uint64_t size)
{
	return RAW(SYS_ftruncate, fd, size);
}

int sys_truncate(const char *path, uint64_t size)
{
	return RAW(SYS_truncate, path, size);
}

int sys_fallocate(int fd, uint64_t offset, uint64_t size)
{
	return RAW(SYS_fallocate, fd, 0, offset, size);
}

int sys_fstat(int fd, struct stat *file)
{
	return RAW(SYS_fstat, fd, file);
}

int64_t sys_offset(int fd)
{
	return RAW(SYS_lseek, fd, 0, SEEK_CUR);
}

int sys_same_open_file(int pid, int its_fd, int fd)
{
	long order = RAW(SYS_kcmp, sys_getpid(), pid, KCMP_FILE, fd, its_fd);

	return order < 0 ? (int)order : order == 0;
}

int sys_mkdir(const char *path, int mode)
{
	return RAW(SYS_mkdirat, AT_FDCWD, path, mode);
}

long sys_readlink(const char *path, char *buffer, size_t size)
{
	return RAW(SYS_readlinkat, AT_FDCWD, path, buffer, size);
}

int sys_madvise(void *address, size_t size, int advice)
{
	return RAW(SYS_madvise, address, size, advice);
}

void *sys_mmap(size_t size, int fd)
{
	int flags = fd < 0 ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED;
	long address = RAW(SYS_mmap, 0, size, PROT_READ | PROT_WRITE, flags | MAP_NORESERVE, fd, 0);

	return address < 0 && address > -4096 ? NULL : (void *)address;
}

void sys_munmap(void *address, size_t size)
{
	RAW(SYS_munmap, address, size);
}

int sys_getpid(void)
{
	long pid = RAW(SYS_getpid);

	/* Its own trace knows. A child of a fork has none when it may not ask (confined.h). */
	return pid < 0 && trace_header ? (int)trace_header->pid : (int)pid;
}

int sys_gettid(void)
{
	return RAW(SYS_gettid);
}

int sys_thread_alive(int pid, int tid)
{
	return RAW(SYS_tgkill, pid, tid, 0) != -ESRCH;
}

uint64_t sys_clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

void sys_block_signals(uint64_t *saved)
{
	uint64_t all = ~UINT64_C(0);

	*saved = 0;
	RAW(SYS_rt_sigprocmask, SIG_SETMASK, &all, saved, sizeof(all));
}

void sys_restore_signals(const uint64_t *saved)
{
	RAW(SYS_rt_sigprocmask, SIG_SETMASK, saved, NULL, sizeof(*saved));
}

uint64_t sys_blocked_signals(void)
{
	uint64_t blocked = 0;

	RAW(SYS_rt_sigprocmask, SIG_BLOCK, 0, &blocked, sizeof(blocked));
	return blocked;
}

bool sys_signal_self(int number, void *info)
{
	int pid = sys_getpid(), tid = sys_gettid();

	return (info && RAW(SYS_rt_tgsigqueueinfo, pid, tid, number, info) == 0) ||
	       RAW(SYS_tgkill, pid, tid, number) == 0;
}

bool sys_handle_signal(int number, uintptr_t handler)
{
	/* As the kernel has it, with its mask. */
	struct {
		uintptr_t handler;
		unsigned long flags;
		void *restorer;
		uint64_t mask;
	} action;

	if (RAW(SYS_rt_sigaction, number, NULL, &action, sizeof(action.mask)) ||
	    action.handler != (uintptr_t)SIG_DFL)
		return false;
	action.handler = handler;
	return RAW(SYS_rt_sigaction, number, &action, NULL, sizeof(action.mask)) == 0;
}

/* The kernel copies the set in before it looks at the unknown `how`: EFAULT or EINVAL, and no
 * effect. */
int sys_readable(const void *address)
{
	long result = RAW(SYS_rt_sigprocmask, ~0, address, NULL, 8);

	return result != -EFAULT && result != -EPERM;
}

uint64_t ticks_nominal_hz(void)
{
#if defined(__x86_64__)
	/* Intel SDM 18.7.3: leaf 15H gives crystal clock and ratio, leaf 16H the base frequency in
	 * MHz. */
	unsigned a = 0, b = 0, c = 0, d = 0;

	if (__get_cpuid(0x15, &a, &b, &c, &d) && a && b && c)
		return (uint64_t)c * b / a;
	if (__get_cpuid(0x16, &a, &b, &c, &d) && (a & 0xffff))
		return (uint64_t)(a & 0xffff) * 1000000u;
	return 0;
#elif defined(__aarch64__)
	uint64_t hz;
	__asm__("mrs %0, cntfrq_el0" : "=r"(hz));
	return hz;
#else
	return 1000000000u;
#endif
}

void own_lock_take(struct own_lock *lock)
{
	if (likely(own_lock_try(lock, own_lock_free(lock))))
		return;
	while (__atomic_exchange_n(&lock->word, 2, __ATOMIC_ACQUIRE) & 3)
		RAW(SYS_futex, &lock->word, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
}

enum { SPINS = 64 }; /* one or two microseconds */

bool own_lock_await(const struct own_lock *lock)
{
	for (unsigned i = 0; i < SPINS; i++) {
		if (!(__atomic_load_n(&lock->word, __ATOMIC_RELAXED) & 3))
			return true;
#if defined(__x86_64__) || defined(__i386__)
		__builtin_ia32_pause();
#elif defined(__aarch64__)
		__asm__ volatile("yield");
#endif
	}
	return false;
}

void own_lock_drop(struct own_lock *lock)
{
	if (__atomic_exchange_n(&lock->word, own_lock_free(lock), __ATOMIC_RELEASE) == 2)
		RAW(SYS_futex, &lock->word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}

void call_on_stack(void *top, void (*function)(void *), void *argument)
{
#if defined(__x86_64__)
	__asm__ volatile("movq %%rsp, %%rbx\n\t"
			 "movq %[top], %%rsp\n\t"
			 "call *%[function]\n\t"
			 "movq %%rbx, %%rsp"
			 : "+D"(argument), [function] "+a"(function), [top] "+c"(top)
			 :
			 : "rbx", "rdx", "rsi", "r8", "r9", "r10", "r11", "xmm0", "xmm1", "xmm2",
			   "xmm3", "xmm4", "xmm5", "xmm6", "xmm7", "xmm8", "xmm9", "xmm10", "xmm11",
			   "xmm12", "xmm13", "xmm14", "xmm15", "memory", "cc");
#else
	(void)top;
	function(argument);
#endif
}
