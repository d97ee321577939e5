/*
 * Two threads wait for each other, and three more wait for them: one for a lock of the circle, one
 * for that one, and the main thread for its end. These are stuck as well, but in no circle: the
 * finding has two steps.
 */
/* HANGS */
/* EXPECT deadlock-cycle observed one two */
/* STEPS 2 */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t c = PTHREAD_MUTEX_INITIALIZER;

static void *one(void *argument)
{
	pthread_mutex_lock(&a);
	meet(4);
	pthread_mutex_lock(&b); /* @one */
	pthread_mutex_unlock(&b);
	pthread_mutex_unlock(&a);
	return argument;
}

static void *two(void *argument)
{
	pthread_mutex_lock(&b);
	meet(4);
	pthread_mutex_lock(&a); /* @two */
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&b);
	return argument;
}

static void *behind(void *argument)
{
	pthread_mutex_lock(&c);
	meet(4);
	pthread_mutex_lock(&a);
	pthread_mutex_unlock(&a);
	pthread_mutex_unlock(&c);
	return argument;
}

static void *last(void *argument)
{
	meet(4);
	pthread_mutex_lock(&c);
	pthread_mutex_unlock(&c);
	return argument;
}

int main(void)
{
	pthread_t thread = start(last, NULL);

	start(behind, NULL);
	start(one, NULL);
	start(two, NULL);
	finish(thread);
	return 0;
}
