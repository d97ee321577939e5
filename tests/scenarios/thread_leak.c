/* Threads are created, end, and are neither joined nor detached. */
/* EXPECT thread-leak misuse act */
/* INSTANCES =3 */
#include "scenario.h"

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
static int ended;

static void *worker(void *argument)
{
	pthread_mutex_lock(&m);
	ended++;
	pthread_mutex_unlock(&m);
	return argument;
}

/* Whether the kernel has no thread left but this one. */
static bool alone(void)
{
	char text[4096];
	FILE *file = fopen("/proc/self/status", "r");
	size_t length = fread(text, 1, sizeof(text) - 1, file);

	fclose(file);
	text[length] = '\0';
	return strstr(text, "\nThreads:\t1\n") != NULL;
}

int main(void)
{
	pthread_t thread;

	for (int i = 0; i < 3; i++)
		CHECK(pthread_create(&thread, NULL, worker, NULL) == 0); /* @act */
	for (int ms = 0; !alone() && ms < STAGE_LIMIT_MS; ms++)
		usleep(1000);
	CHECK(alone());
	return 0;
}
