/*
 * The parent takes a, b after pthread_tryjoin_np has said that the thread, which took b, a, has
 * ended. A successful join orders, whichever function made it.
 */
/* EXPECT lock-order discharged thread-order first second */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

__attribute__((noinline)) static void take_ab(void)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b); /* @first */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
}

__attribute__((noinline)) static void take_ba(void)
{
	pthread_mutex_lock(&b);
	pthread_mutex_lock(&a); /* @second */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
}

static void *run_ba(void *argument)
{
	take_ba();
	return argument;
}

int main(void)
{
	pthread_t thread = start(run_ba, NULL);

	while (pthread_tryjoin_np(thread, NULL) != 0)
		usleep(1000);
	take_ab();
	return 0;
}
