/*
 * What the recorder needs of the machine: system calls that bypass any wrapper the program may have
 * put in front of them, the cycle counter, its own lock, and a stack of its own.
 */
#ifndef GORDIAN_SYSTEM_H
#define GORDIAN_SYSTEM_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

/* A system call; -errno on failure; errno is untouched. */
long sys_raw(long number, long a, long b, long c, long d, long e, long f);

/* Like the functions of those names, but straight to the kernel; -errno on failure; errno is
 * untouched. */
int sys_open(const char *path, int flags, int mode);
void sys_close(int fd);
long sys_read(int fd, void *buffer, size_t size);
long sys_write(int fd, const void *buffer, size_t size);
int sys_ftruncate(int fd, uint64_t size);
int sys_truncate(const char *path, uint64_t size);
int sys_fallocate(int fd, uint64_t offset, uint64_t size);
int sys_fstat(int fd, struct stat *file);
/* Where the next byte is read or written; negative: it cannot be asked. */
int64_t sys_offset(int fd);
/* Whether a descriptor is the same open file as that of the same number in another process: 1, 0,
 * or negative where it cannot be asked. */
int sys_same_open_file(int pid, int fd);
int sys_mkdir(const char *path, int mode);
long sys_readlink(const char *path, char *buffer, size_t size);
int sys_madvise(void *address, size_t size, int advice);
/* NULL on failure. fd < 0: anonymous and private; else shared. */
void *sys_mmap(size_t size, int fd);
void sys_munmap(void *address, size_t size);
int sys_getpid(void);
int sys_gettid(void);
/* Whether the process still has that thread. */
int sys_thread_alive(int pid, int tid);
uint64_t sys_clock_ns(clockid_t clock);

/* Blocks every signal, the C library's internal ones too, and restores. */
void sys_block_signals(uint64_t *saved);
void sys_restore_signals(const uint64_t *saved);
uint64_t sys_blocked_signals(void);

/* The cycle counter: constant rate, comparable between cores. Nanoseconds where there is none. */
static inline uint64_t ticks_now(void)
{
#if defined(__x86_64__) || defined(__i386__)
	return __builtin_ia32_rdtsc();
#elif defined(__aarch64__)
	uint64_t value;
	__asm__ volatile("mrs %0, cntvct_el0" : "=r"(value));
	return value;
#else
	return sys_clock_ns(CLOCK_MONOTONIC);
#endif
}
/* Its rate, as far as it can be known without measuring; 0: unknown. */
uint64_t ticks_nominal_hz(void);

/* Whether 8 bytes can be read there. */
int sys_readable(const void *address);

/*
 * A lock for the recorder itself, which must not use the locks it records. Signals are blocked by
 * whoever takes it, so a handler cannot find it taken by its own thread; they need not be by
 * own_lock_try_unguarded, which fails for ever once the lock was guarded.
 */
struct own_lock {
	/* OWN_LOCK_TAKEN, OWN_LOCK_AWAITED (Drepper, "Futexes are tricky"), else free: */
	uint32_t word;
	uint32_t free; /* as that was, or will be, when it is free; under the lock */
};
enum { OWN_LOCK_TAKEN = 1, OWN_LOCK_AWAITED = 2, OWN_LOCK_GUARDED = 4 };

void own_lock_take(struct own_lock *lock);
void own_lock_drop(struct own_lock *lock);

static inline bool own_lock_try_unguarded(struct own_lock *lock)
{
	uint32_t seen = 0;

	return __atomic_compare_exchange_n(&lock->word, &seen, OWN_LOCK_TAKEN, false,
					   __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);
}

/* By whoever has it: no other will have it unguarded. */
static inline void own_lock_guard(struct own_lock *lock)
{
	__atomic_store_n(&lock->free, OWN_LOCK_GUARDED, __ATOMIC_RELAXED);
}

/* True: nobody has it unguarded any more. */
static inline bool own_lock_guarded(const struct own_lock *lock)
{
	return __atomic_load_n(&lock->free, __ATOMIC_RELAXED);
}

/*
 * Calls function(argument) on the stack that ends at `top` (16-byte aligned), because the thread's
 * own may be 16 KiB, or a signal stack of less.
 */
void call_on_stack(void *top, void (*function)(void *), void *argument);

#endif
