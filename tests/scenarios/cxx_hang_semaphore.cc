/*
 * A worker acquires a std::counting_semaphore that nobody releases, with a mutex that the main
 * thread wants: acquire() blocks until the counter is above 0 (C++20, 33.9.1).
 */
/* HANGS */
/* EXPECT hang observed acquire lock */
/* THREADS 2 */
/* LOCK m */
#include "hang.h"
#include <mutex>
#include <semaphore>
#include <thread>

static std::mutex m;
static std::counting_semaphore<8> jobs(0);

static void work()
{
	std::scoped_lock guard(m);

	meet(2);
	jobs.acquire(); /* @acquire */
}

int main()
{
	std::thread worker(work);

	meet(2);
	m.lock(); /* @lock */
	jobs.release();
	worker.join();
	return 0;
}
