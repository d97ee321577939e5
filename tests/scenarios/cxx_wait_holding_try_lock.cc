/*
 * The near miss of cxx_wait_holding_scoped.cc: std::try_lock takes both or neither, and never
 * waits.
 */
/* EXPECT none */
#include "scenario.h"
#include <mutex>
#include <semaphore.h>
#include <thread>

static std::mutex a, m;
static sem_t done;

static void worker()
{
	if (std::try_lock(a, m) == -1) {
		a.unlock();
		m.unlock();
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
		std::lock_guard<std::mutex> guard(m);
		sem_wait(&done);
	}
	thread.join();
}
