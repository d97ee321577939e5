/*
 * Two threads of a forked child wait for each other; the parent waits for the child, in waitpid.
 */
/* HANGS 3 */
/* EXPECT deadlock-cycle observed one two */
/* PROCESSES 2 */
#include "hang.h"

static pthread_mutex_t a = PTHREAD_MUTEX_INITIALIZER;
static pthread_mutex_t b = PTHREAD_MUTEX_INITIALIZER;

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
	pid_t child = fork();

	if (child == 0) {
		run_two(one, two);
		exit(0);
	}
	return await_child(child);
}
