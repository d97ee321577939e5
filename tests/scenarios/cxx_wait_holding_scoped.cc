/*
 * The parent waits for a semaphore while it holds m, which the worker takes before it posts, as the
 * second of a scoped_lock: it is tried, and waited for if it is not to be had
 * ([thread.lock.algorithm]).
 */
/* EXPECT wait-holding potential hold wait need */
#include "scenario.h"
#include <mutex>
#include <semaphore.h>
#include <thread>

static std::mutex a, m;
static sem_t done;

static void worker()
{
	{
		std::scoped_lock both(a, m); // @need
	}
	stage_reach(1);
	sem_post(&done);
}

int main()
{
	sem_init(&done, 0, 0);
	std::thread thread(worker);

	stage_await(1);
	{
		std::lock_guard<std::mutex> guard(m); // @hold
		sem_wait(&done);		      // @wait
	}
	thread.join();
}
