/*
 * An initialiser forks. In the child the same call goes on: the initialiser ends and the once is
 * complete there too (glibc: the child of the thread that runs it goes on running it).
 */
/* EXPECT none */
/* PROCESSES 2 */
/* OUTPUT child 1 */
/* OUTPUT parent 1 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pid_t child;
static int runs;

static void initialise(void)
{
	runs++;
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
	child = fork();
	CHECK(child >= 0);
	pthread_mutex_lock(&m);
	pthread_mutex_unlock(&m);
}

int main(void)
{
	pthread_once(&once, initialise);
	pthread_once(&once, initialise);
	pthread_mutex_lock(&m);
	pthread_once(&once, initialise);
	pthread_mutex_unlock(&m);
	if (child == 0) {
		printf("child %d\n", runs);
		return 0;
	}
	CHECK(reap(child) == 0);
	printf("parent %d\n", runs);
	return 0;
}
