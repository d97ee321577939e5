/*
 * A circle of two kinds that the kernel does not see: one process holds a mutex in shared memory
 * and waits for a file, the other has the file locked and waits for the mutex.
 */
/* EXPECT lock-order potential first second */
/* PROCESSES 2 */
#include "file_scenario.h"

static pthread_mutex_t *mutex;

static void one(void)
{
	int a = open_file("a");

	pthread_mutex_lock(mutex);
	CHECK(lock_byte(a, F_SETLKW, F_WRLCK, 0) == 0); /* @first */
	CHECK(lock_byte(a, F_SETLKW, F_UNLCK, 0) == 0);
	pthread_mutex_unlock(mutex);
	shared_reach(1);
}

static void two(void)
{
	int a = open_file("a");

	shared_await(1);
	CHECK(lock_byte(a, F_SETLKW, F_WRLCK, 0) == 0);
	pthread_mutex_lock(mutex); /* @second */
	pthread_mutex_unlock(mutex);
	CHECK(lock_byte(a, F_SETLKW, F_UNLCK, 0) == 0);
}

int main(void)
{
	pthread_mutexattr_t shared;

	mutex = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	CHECK(mutex != MAP_FAILED);
	pthread_mutexattr_init(&shared);
	pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
	pthread_mutex_init(mutex, &shared);
	return run_apart(one, two);
}
