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
/* Whether `fd` is the same open file as `its_fd` of that process: 1, 0, or negative where it cannot
 * be asked. */
int sys_same_open_file(int pid, int its_fd, int fd);
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
/* Sends the calling thread a signal with this siginfo_t; NULL, or one that the kernel does not
 * take: with one that says who sent it. */
bool sys_signal_self(int number, void *info);
/* Sets the handler of a signal that has none, and leaves flags, mask and restorer as they are.
 * False: it has one, or that is forbidden. */
bool sys_handle_signal(int number, uintptr_t handler);

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

/* Whether 8 bytes can be read there, as far as may be asked (confined.h). */
int sys_readable(const void *address);

/*
 * A lock for the recorder itself, which must not use the locks it records. Its free state is one of
 * several, so that it can be taken from a certain one (slow.h): 0, or without the lowest two bits.
 */
struct own_lock {
	uint32_t
		word; /* 1 taken, 2 taken and waited for (Drepper, "Futexes are tricky"), or free */
	uint32_t free; /* what that is when it is free; changed by whoever has it */
};
void own_lock_take(struct own_lock *lock);
void own_lock_drop(struct own_lock *lock);

static inline bool own_lock_try(struct own_lock *lock, uint32_t free)
{
	return __atomic_compare_exchange_n(&lock->word, &free, 1, false, __ATOMIC_ACQUIRE,
					   __ATOMIC_RELAXED);
}

/* Waits for as long as what is done under it mostly takes. True: it was free just now. */
bool own_lock_await(const struct own_lock *lock);

static inline uint32_t own_lock_free(const struct own_lock *lock)
{
	return __atomic_load_n(&lock->free, __ATOMIC_RELAXED);
}

static inline void own_lock_set_free(struct own_lock *lock, uint32_t free)
{
	__atomic_store_n(&lock->free, free, __ATOMIC_RELAXED);
}

/*
 * Calls function(argument) on the stack that ends at `top` (16-byte aligned), because the thread's
 * own may be 16 KiB, or a signal stack of less.
 */
void call_on_stack(void *top, void (*function)(void *), void *argument);

#endif
