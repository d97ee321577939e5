/*
 * A thread takes a spin lock that it holds, and spins for ever. Another one ends the program when
 * it sees that (on x86 the lock call of glibc decrements a spin lock, which is 0 while it is
 * held); elsewhere it gives it a while.
 */
/* EXPECT relock misuse cause act */
/* EXPECT self-deadlock observed cause act */
/* EXIT 3 */
#include "scenario.h"

static pthread_spinlock_t lock;

static void *watcher(void *argument)
{
#if defined(__x86_64__) || defined(__i386__)
	while (__atomic_load_n(&lock, __ATOMIC_RELAXED) >= 0)
		usleep(1000);
#else
	stage_await(1);
#endif
	_exit(3);
	return argument;
}

int main(void)
{
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	start(watcher, NULL);
	pthread_spin_lock(&lock); /* @cause */
	pthread_spin_lock(&lock); /* @act */
	return 0;
}
