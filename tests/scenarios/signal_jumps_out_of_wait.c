/*
 * A handler jumps out of a wait for a semaphore, and the thread ends by pthread_exit: nothing of
 * the wait is left that this could stumble over (glibc keeps clean-up handlers with the thread).
 */
/* EXPECT none */
/* OUTPUT ended by itself */
#include "scenario.h"
#include <semaphore.h>
#include <setjmp.h>

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static sem_t sem;
static sigjmp_buf out;

static void on_signal(int number)
{
	(void)number;
	siglongjmp(out, 1);
}

static __attribute__((noinline)) void write_over_stack(void)
{
	volatile char bytes[4096];

	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = 'Z';
}

/* Should the signal come just before the wait, the end is the same. */
static void *work(void *argument)
{
	CHECK(pthread_mutex_lock(&m) == 0);
	CHECK(pthread_mutex_unlock(&m) == 0);
	if (sigsetjmp(out, 1) == 0) {
		stage_reach(1);
		sem_wait(&sem);
	}
	write_over_stack();
	pthread_exit(argument);
}

int main(void)
{
	pthread_t thread;
	void *value;

	CHECK(sem_init(&sem, 0, 0) == 0);
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	thread = start(work, &m);
	stage_await(1);
	usleep(50000);
	CHECK(pthread_kill(thread, SIGUSR1) == 0);
	CHECK(pthread_join(thread, &value) == 0 && value == &m);
	puts("ended by itself");
	return 0;
}
