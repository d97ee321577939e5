/*
 * At a fork another thread holds more mutexes than the recorder keeps in mind for the child. Nobody
 * uses them there; but that it could not tell if somebody did is counted.
 */
/* EXPECT none */
/* ALLOW incomplete */
/* DROPPED =1 */
#include "scenario.h"

enum { MANY = 5000 };

static pthread_mutex_t mutexes[MANY];

static void *hold(void *argument)
{
	for (int i = 0; i < MANY; i++)
		CHECK(pthread_mutex_lock(&mutexes[i]) == 0);
	turn_pass(1);
	turn_await(2);
	for (int i = MANY; i-- > 0;)
		CHECK(pthread_mutex_unlock(&mutexes[i]) == 0);
	return argument;
}

int main(void)
{
	pthread_t thread;
	pid_t child;

	for (int i = 0; i < MANY; i++)
		CHECK(pthread_mutex_init(&mutexes[i], NULL) == 0);
	thread = start(hold, NULL);
	turn_await(1);
	child = fork();
	CHECK(child >= 0);
	if (child == 0)
		_exit(0);
	turn_pass(2);
	finish(thread);
	return reap(child);
}
