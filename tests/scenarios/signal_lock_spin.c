/* A spin lock: the handler spins while the thread that it interrupted cannot go on. */
/* EXPECT signal-lock misuse inside outside */
#include "scenario.h"

static pthread_spinlock_t lock;
static volatile int count;

static void on_signal(int number)
{
	(void)number;
	pthread_spin_lock(&lock); /* @inside */
	count++;
	pthread_spin_unlock(&lock);
}

int main(void)
{
	CHECK(pthread_spin_init(&lock, PTHREAD_PROCESS_PRIVATE) == 0);
	CHECK(signal(SIGUSR1, on_signal) == SIG_DFL);
	CHECK(raise(SIGUSR1) == 0);
	pthread_spin_lock(&lock); /* @outside */
	count++;
	pthread_spin_unlock(&lock);
	CHECK(count == 2);
	return 0;
}
