/*
 * A near miss of cxx_async_post_later.cc: the call that posts is made first, before main has to
 * wait for any that takes m.
 */
// EXPECT none
#include "scenario.h"
#include <future>
#include <mutex>
#include <semaphore.h>

enum { CALLS = 8, POSTING = 0 };

static std::mutex m;
static sem_t semaphore;

static void work(bool posts)
{
	if (posts) {
		stage_await(1);
		sem_post(&semaphore);
		return;
	}
	m.lock();
	m.unlock();
}

static void *waiter(void *argument)
{
	stage_await(1);
	m.lock();
	sem_wait(&semaphore);
	m.unlock();
	return argument;
}

int main()
{
	std::future<void> posting;
	pthread_t waiting;

	sem_init(&semaphore, 0, 0);
	m.lock();
	m.unlock();
	waiting = start(waiter, NULL);
	for (int i = 0; i < CALLS; i++) {
		auto call = std::async(std::launch::async, work, i == POSTING);

		if (i == POSTING)
			posting = std::move(call);
		else
			call.get();
	}
	stage_advance();
	posting.get();
	finish(waiting);
	return 0;
}
