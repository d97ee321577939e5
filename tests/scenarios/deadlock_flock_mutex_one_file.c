/*
 * The near miss of deadlock_flock_mutex.c: both lock by one open file. "Subsequent flock() calls on
 * an already locked file will convert an existing lock to the new lock mode" (flock(2)): main never
 * waits for the file.
 */
/* EXPECT none */
/* THREADS 2 */
#include "file_scenario.h"
#include "hang.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int fd;

static void *worker(void *argument)
{
	CHECK(flock(fd, LOCK_EX) == 0);
	meet(2);
	pthread_mutex_lock(&mutex);
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	pthread_t thread;

	fd = open_file("data");
	thread = start(worker, NULL);
	pthread_mutex_lock(&mutex);
	meet(2);
	CHECK(flock(fd, LOCK_EX) == 0);
	CHECK(flock(fd, LOCK_UN) == 0);
	pthread_mutex_unlock(&mutex);
	finish(thread);
	return 0;
}
