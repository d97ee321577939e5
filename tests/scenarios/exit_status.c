/*
 * The program has an exit status of its own, which is that of a recording without findings; with a
 * finding it is the gate's.
 */
/* EXPECT none */
/* EXIT 3 */
#include "scenario.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&a);
	pthread_mutex_lock(&b);
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

int main(void)
{
	run_two(one, two);
	return 3;
}
