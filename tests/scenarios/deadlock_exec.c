/* The program replaces itself by exec, and in its second image two threads wait for each other. */
/* HANGS */
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

int main(int argc, char **argv)
{
	char *again[] = {argv[0], argv[0], NULL};

	if (argc > 1) {
		run_two(one, two);
		return 0;
	}
	pthread_mutex_lock(&a);
	execv("/proc/self/exe", again);
	return 1;
}
