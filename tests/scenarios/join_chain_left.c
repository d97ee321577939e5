/*
 * The near miss of join_chain.c: middle does not wait for leaf but leaves it to main, which joins
 * it when it has given m back.
 */
/* EXPECT none */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

static void *leaf(void *argument)
{
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	return argument;
}

static void *middle(void *argument)
{
	*(pthread_t *)argument = start(leaf, NULL);
	return NULL;
}

int main(void)
{
	pthread_t last, thread = start(middle, &last);

	pthread_mutex_lock(&m);
	pthread_join(thread, NULL);
	pthread_mutex_unlock(&m);
	pthread_join(last, NULL);
	return 0;
}
