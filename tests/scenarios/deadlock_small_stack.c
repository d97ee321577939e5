/*
 * The deadlock, in threads whose stack is the smallest there is: 16 KiB (PTHREAD_STACK_MIN), from
 * which the thread-local storage of all libraries goes off.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

static pthread_t start_small(void *(*routine)(void *))
{
	pthread_attr_t attributes;
	pthread_t thread;

	CHECK(pthread_attr_init(&attributes) == 0);
	CHECK(pthread_attr_setstacksize(&attributes, 16384) == 0);
	CHECK(pthread_create(&thread, &attributes, routine, NULL) == 0);
	pthread_attr_destroy(&attributes);
	return thread;
}

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	meet(2);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	meet(2);
	pthread_mutex_lock(&a); /* @two */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

int main(void)
{
	pthread_t first = start_small(one);
	pthread_t second = start_small(two);

	finish(first);
	finish(second);
	return 0;
}
