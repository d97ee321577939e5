/*
 * A circle of a file's lock and a mutex in one process: the worker has the file locked and wants
 * the mutex, main has the mutex and wants the file's lock through an open file of its own: such are
 * "treated independently" (flock(2)). A third thread works on.
 */
/* HANGS 2 */
/* EXPECT deadlock-cycle observed file mutex */
/* THREADS 3 */
#include "file_scenario.h"
#include "hang.h"

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *busy(void *argument)
{
	for (;;)
		nap(1);
	return argument;
}

static void *worker(void *argument)
{
	CHECK(flock(open_file("data"), LOCK_EX) == 0);
	meet(2);
	pthread_mutex_lock(&mutex); /* @mutex */
	pthread_mutex_unlock(&mutex);
	return argument;
}

int main(void)
{
	int fd = open_file("data");

	start(busy, NULL);
	start(worker, NULL);
	pthread_mutex_lock(&mutex);
	meet(2);
	CHECK(flock(fd, LOCK_EX) == 0); /* @file */
	CHECK(flock(fd, LOCK_UN) == 0);
	pthread_mutex_unlock(&mutex);
	return 0;
}
