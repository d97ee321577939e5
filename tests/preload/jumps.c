/*
 * Jumps out of a signal handler, from each instruction of an unlock out of order and of a lock.
 *
 *	jumps LIBRARY OPTIONS
 *
 * runs itself under the recorder, step by step as a debugger does, and sends it the signal: in the
 * first round after one step, in the second after two, until the two calls are over before. After
 * each jump the program gives back what it really holds, and takes one lock that it takes inside
 * nothing. Prints where that lock is, and how many rounds there were.
 */
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CANNOT = 77 };

#if defined(__x86_64__)

#define MARK() __asm__ volatile("int3" ::: "memory")

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER, b = PTHREAD_MUTEX_INITIALIZER,
		       c = PTHREAD_MUTEX_INITIALIZER, d = PTHREAD_MUTEX_INITIALIZER,
		       alone = PTHREAD_MUTEX_INITIALIZER;
static sigjmp_buf out;
static volatile sig_atomic_t over;

static void jump(int number)
{
	(void)number;
	siglongjmp(out, 1);
}

static void finish(int number)
{
	(void)number;
	over = 1;
}

/* Between its lock and its owner is a moment that glibc itself cannot be left in. */
static void give_back(pthread_mutex_t *mutex)
{
	if (mutex->__data.__owner == gettid())
		pthread_mutex_unlock(mutex);
	else if (mutex->__data.__lock)
		*mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
}

static int subject(void)
{
	volatile int rounds = 0;

	signal(SIGUSR1, jump);
	signal(SIGUSR2, finish);
	while (!over) {
		pthread_mutex_lock(&a);
		pthread_mutex_lock(&b);
		pthread_mutex_lock(&c);
		if (sigsetjmp(out, 1) == 0) {
			MARK();
			pthread_mutex_unlock(&a);
			pthread_mutex_lock(&d);
			MARK();
		}
		give_back(rounds % 2 ? &c : &b);
		give_back(&d);
		give_back(&a);
		give_back(rounds % 2 ? &b : &c);
		pthread_mutex_lock(&alone);
		pthread_mutex_unlock(&alone);
		rounds++;
	}
	printf("%p %d\n", (void *)&alone, rounds);
	return 0;
}

/* The signal that it stops for; 0: a mark; below: it has ended. */
static int stopped(pid_t child)
{
	siginfo_t info;
	int status;

	if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
		exit(WIFEXITED(status) ? WEXITSTATUS(status) : 1);
	if (WSTOPSIG(status) != SIGTRAP)
		return WSTOPSIG(status);
	if (ptrace(PTRACE_GETSIGINFO, child, NULL, &info))
		exit(1);
	return info.si_code == SI_KERNEL ? 0 : SIGTRAP;
}

static void run_to_mark(pid_t child, int number)
{
	do {
		ptrace(PTRACE_CONT, child, NULL, (void *)(long)number);
		number = stopped(child);
	} while (number);
}

static void follow(pid_t child)
{
	/* That of the exec. */
	if (stopped(child) != SIGTRAP)
		exit(1);
	run_to_mark(child, 0);
	for (int steps = 1;; steps++) {
		int number = SIGTRAP;

		for (int i = 0; i < steps && number; i++) {
			ptrace(PTRACE_SINGLESTEP, child, NULL, NULL);
			number = stopped(child);
		}
		/* The last one ends it, which `stopped` sees. */
		run_to_mark(child, number ? SIGUSR1 : SIGUSR2);
	}
}

int main(int count, char **arguments)
{
	pid_t child;

	if (count == 1)
		return subject();
	child = fork();
	if (child > 0)
		follow(child);
	setenv("LD_PRELOAD", arguments[1], 1);
	setenv("GORDIAN_OPTIONS", arguments[2], 1);
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0)
		execl("/proc/self/exe", arguments[0], (char *)NULL);
	return CANNOT;
}

#else

int main(void)
{
	return CANNOT;
}

#endif
