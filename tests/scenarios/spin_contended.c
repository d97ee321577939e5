/*
 * A thread has to spin for another one, who gives the lock back only when it sees that (on x86 the
 * lock call of glibc decrements a spin lock, which is 0 while it is held by one thread alone).
 */
/* EXPECT none */
/* CONTENDED hot >=1 */
/* CONTENDED cold =0 */
#include "scenario.h"

static pthread_spinlock_t hot;
static pthread_spinlock_t cold;

static void *holder(void *argument)
{
	pthread_spin_lock(&cold);
	pthread_spin_lock(&hot);
	stage_reach(1);
#if defined(__x86_64__) || defined(__i386__)
	while (__atomic_load_n(&hot, __ATOMIC_RELAXED) == 0)
		usleep(1000);
#else
	stage_await(2);
#endif
	pthread_spin_unlock(&hot);
	pthread_spin_unlock(&cold);
	return argument;
}

static void *spinner(void *argument)
{
	stage_await(1);
	pthread_spin_lock(&hot);
	pthread_spin_unlock(&hot);
	return argument;
}

int main(void)
{
	CHECK(pthread_spin_init(&hot, PTHREAD_PROCESS_PRIVATE) == 0);
	CHECK(pthread_spin_init(&cold, PTHREAD_PROCESS_PRIVATE) == 0);
	run_two(holder, spinner);
	return 0;
}
