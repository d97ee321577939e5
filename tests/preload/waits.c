/*
 * One thread blocked in each kind of wait; prints what each waits for, and is killed. The addresses
 * go with the operation's code: "OP ADDRESS MUTEX", where MUTEX is 0 or the mutex of a condition.
 */

#include "gordian/trace_format.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t taken = PTHREAD_MUTEX_INITIALIZER, interrupted = PTHREAD_MUTEX_INITIALIZER,
		       in_between = PTHREAD_MUTEX_INITIALIZER, for_once = PTHREAD_MUTEX_INITIALIZER,
		       tried = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t readable = PTHREAD_RWLOCK_INITIALIZER;
static int handling, handled;
static pthread_mutex_t mine[3] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
				  PTHREAD_MUTEX_INITIALIZER};
static pthread_cond_t never = PTHREAD_COND_INITIALIZER, late = PTHREAD_COND_INITIALIZER,
		      later = PTHREAD_COND_INITIALIZER;
static mtx_t c_mutex, c_mutex_timed;
static cnd_t c_never, c_late;
static pthread_barrier_t barrier;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static once_flag flag = ONCE_FLAG_INIT;

static struct timespec in_an_hour(clockid_t clock)
{
	struct timespec until;

	clock_gettime(clock, &until);
	until.tv_sec += 3600;
	return until;
}

static void stay(void)
{
	for (;;)
		sleep(3600);
}

static void wait_mutex(void)
{
	pthread_mutex_lock(&taken);
}

static void wait_interrupted(void)
{
	pthread_mutex_lock(&interrupted);
}

/* Takes what is free, in every shape of call, and waits for what is not. */
static void handle(int number)
{
	(void)number;
	pthread_mutex_trylock(&tried);
	pthread_mutex_unlock(&tried);
	pthread_mutex_lock(&for_once);
	pthread_mutex_unlock(&for_once);
	pthread_rwlock_rdlock(&readable);
	pthread_rwlock_unlock(&readable);
	__atomic_store_n(&handling, gettid(), __ATOMIC_RELEASE);
	pthread_mutex_lock(&in_between);
	pthread_mutex_unlock(&in_between);
	__atomic_store_n(&handled, gettid(), __ATOMIC_RELEASE);
}

static void wait_cond(void)
{
	pthread_mutex_lock(&mine[0]);
	pthread_cond_wait(&never, &mine[0]);
}

static void wait_cond_timed(void)
{
	struct timespec until = in_an_hour(CLOCK_REALTIME);

	pthread_mutex_lock(&mine[1]);
	pthread_cond_timedwait(&late, &mine[1], &until);
}

static void wait_cond_clock(void)
{
	struct timespec until = in_an_hour(CLOCK_MONOTONIC);

	pthread_mutex_lock(&mine[2]);
	pthread_cond_clockwait(&later, &mine[2], CLOCK_MONOTONIC, &until);
}

static void wait_cnd(void)
{
	mtx_lock(&c_mutex);
	cnd_wait(&c_never, &c_mutex);
}

static void wait_cnd_timed(void)
{
	struct timespec until = in_an_hour(CLOCK_REALTIME);

	mtx_lock(&c_mutex_timed);
	cnd_timedwait(&c_late, &c_mutex_timed, &until);
}

static void wait_barrier(void)
{
	pthread_barrier_wait(&barrier);
}

static void initialise_once(void)
{
	pthread_once(&once, stay);
}

static void initialise_flag(void)
{
	call_once(&flag, stay);
}

/* The order matters: the second to come to a once waits for the first. */
static const struct wait {
	void (*wait)(void);
	int op; /* 0: not in a wait of ours */
	const void *want, *mutex;
} waits[] = {
	{initialise_once, 0, NULL, NULL},
	{initialise_flag, 0, NULL, NULL},
	{initialise_once, TRACE_OP_once_done, &once, NULL},
	{initialise_flag, TRACE_OP_call_once_done, &flag, NULL},
	{wait_mutex, TRACE_OP_mutex_lock, &taken, NULL},
	{wait_interrupted, TRACE_OP_mutex_lock, &interrupted, NULL},
	{wait_cond, TRACE_OP_cond, &never, &mine[0]},
	{wait_cond_timed, TRACE_OP_cond_timed, &late, &mine[1]},
	{wait_cond_clock, TRACE_OP_cond_clock, &later, &mine[2]},
	{wait_cnd, TRACE_OP_cnd, &c_never, &c_mutex},
	{wait_cnd_timed, TRACE_OP_cnd_timed, &c_late, &c_mutex_timed},
	{wait_barrier, TRACE_OP_barrier_wait, &barrier, NULL},
};
enum { WAITS = sizeof(waits) / sizeof(waits[0]) };
static int tids[WAITS];

static void *run(void *argument)
{
	const struct wait *wait = argument;

	__atomic_store_n(&tids[wait - waits], gettid(), __ATOMIC_RELEASE);
	wait->wait();
	return NULL;
}

/* Until it sleeps in that call, and goes on doing so. */
static void await_call(int *tid, long call)
{
	char path[64], before[256] = "", now[256];
	int same = 0;

	while (!__atomic_load_n(tid, __ATOMIC_ACQUIRE))
		usleep(1000);
	snprintf(path, sizeof(path), "/proc/self/task/%d/syscall", *tid);
	while (same < 5) {
		FILE *file = fopen(path, "r");

		if (!file || !fgets(now, sizeof(now), file))
			abort();
		fclose(file);
		same = atol(now) == call && strcmp(now, before) == 0 ? same + 1 : 0;
		strcpy(before, now);
		usleep(1000);
	}
}

/* A handler waits on top of a wait, and is done: the thread is back where it was. */
static void interrupt(pthread_t thread)
{
	pthread_mutex_lock(&in_between);
	pthread_kill(thread, SIGUSR1);
	await_call(&handling, SYS_futex);
	pthread_mutex_unlock(&in_between);
	await_call(&handled, SYS_futex);
}

int main(void)
{
	struct sigaction action = {.sa_handler = handle, .sa_flags = SA_RESTART};

	sigaction(SIGUSR1, &action, NULL);
	pthread_mutex_lock(&taken);
	pthread_mutex_lock(&interrupted);
	mtx_init(&c_mutex, mtx_plain);
	mtx_init(&c_mutex_timed, mtx_plain);
	cnd_init(&c_never);
	cnd_init(&c_late);
	pthread_barrier_init(&barrier, NULL, 2);
	for (int i = 0; i < WAITS; i++) {
		pthread_t thread;

		if (pthread_create(&thread, NULL, run, (void *)&waits[i]))
			abort();
		await_call(&tids[i], waits[i].op ? SYS_futex : SYS_clock_nanosleep);
		if (waits[i].wait == wait_interrupted)
			interrupt(thread);
		if (waits[i].op)
			printf("%d %#lx %#lx\n", waits[i].op, (long)waits[i].want,
			       (long)waits[i].mutex);
	}
	fflush(stdout);
	raise(SIGKILL);
	return 1;
}
