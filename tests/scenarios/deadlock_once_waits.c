/*
 * The near miss of deadlock_once_mutex.c: the second thread waits for the initialisation with
 * nothing held, and locks afterwards.
 */
/* EXPECT none */
#include "hang.h"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int tid_of_two;

static void load(void)
{
	meet(2);
	await_asleep(&tid_of_two);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
}

static void *one(void *argument)
{
	pthread_once(&once, load);
	return argument;
}

static void *two(void *argument)
{
	meet(2);
	tell_tid(&tid_of_two);
	pthread_once(&once, load);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 0;
}
