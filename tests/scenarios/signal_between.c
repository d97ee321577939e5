/*
 * A thread takes and gives one mutex over and over; another sends it signals all the while, whose
 * handler takes and gives a second one (that glibc lets it do so is a fact, not a promise of
 * POSIX). So the handler comes between any two instructions of a lock call sooner or later. Nobody
 * else takes the two. Some of the handler's operations may not be recorded, which is counted.
 *
 * The handler is also entered while the first mutex is held: that is one order, never the other.
 */
/* EXPECT none */
/* ALLOW incomplete */
/* ACQUISITIONS >=2000 */
#include "scenario.h"
#include <sched.h>
#include <signal.h>

enum { CALLS = 2000 };

static pthread_mutex_t interrupted = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t handled = PTHREAD_MUTEX_INITIALIZER;
static pthread_t target;
static int done;
static volatile int handler_calls;

static void on_signal(int number)
{
	(void)number;
	pthread_mutex_lock(&handled);
	handler_calls++;
	pthread_mutex_unlock(&handled);
}

static void *send(void *unused)
{
	while (!__atomic_load_n(&done, __ATOMIC_ACQUIRE))
		CHECK(pthread_kill(target, SIGUSR1) == 0 && sched_yield() == 0);
	return unused;
}

int main(void)
{
	struct sigaction action = {.sa_handler = on_signal};
	pthread_t sender;

	target = pthread_self();
	CHECK(sigaction(SIGUSR1, &action, NULL) == 0);
	CHECK(pthread_create(&sender, NULL, send, NULL) == 0);
	while (handler_calls < CALLS) {
		CHECK(pthread_mutex_lock(&interrupted) == 0);
		CHECK(pthread_mutex_unlock(&interrupted) == 0);
	}
	__atomic_store_n(&done, 1, __ATOMIC_RELEASE);
	CHECK(pthread_join(sender, NULL) == 0);
	return 0;
}
