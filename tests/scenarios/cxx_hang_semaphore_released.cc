/* The near miss of cxx_hang_semaphore.cc: the semaphore is released before the mutex is wanted. */
/* EXPECT none */
/* THREADS 2 */
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
	jobs.acquire();
}

int main()
{
	std::thread worker(work);

	meet(2);
	jobs.release();
	m.lock();
	m.unlock();
	worker.join();
	return 0;
}
