/*
 * A hang as in hang_futex.c, in functions that keep their frame pointer, as code does that was not
 * optimised. The kernel does not tell it of a thread that sleeps.
 */
/* HANGS */
/* EXPECT hang observed wait inner middle outer lock */
/* THREADS 2 */
#include "futexes.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int word;

static void keep_frame(const void *frame)
{
	__asm__ volatile("" ::"r"(frame));
}

static __attribute__((noinline)) void wait_for_word(int bytes)
{
	char more[64];

	keep_frame(__builtin_frame_address(0));
	__asm__ volatile("" ::"r"(&more[bytes]) : "memory");
	while (__atomic_load_n(&word, __ATOMIC_ACQUIRE) == 0)
		futex(&word, FUTEX_WAIT_PRIVATE, 0, NULL); /* @wait */
}

static __attribute__((noinline)) void wait_further_in(int bytes)
{
	keep_frame(__builtin_frame_address(0));
	wait_for_word(bytes / 2); /* @inner */
	meet(bytes);
}

/* Keeps none. */
static __attribute__((noinline)) void wait_in_between(int bytes)
{
	wait_further_in(bytes + 1); /* @middle */
	meet(bytes);
}

static void *worker(void *argument)
{
	keep_frame(__builtin_frame_address(0));
	pthread_mutex_lock(&mutex);
	meet(2);
	wait_in_between(4); /* @outer */
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	pthread_t thread = start(worker, NULL);

	meet(2);
	pthread_mutex_lock(&mutex); /* @lock */
	change(&word, FUTEX_WAKE_PRIVATE);
	pthread_mutex_unlock(&mutex);
	finish(thread);
	return 0;
}
