/*
 * Main makes asynchronous calls in turn, each of which takes m, and waits for each; but one only
 * waits until the others are done, and then posts what another thread waits for with m held. If
 * that one has m before a call that main waits for before it makes the one, nobody posts.
 */
// EXPECT wait-holding potential hold wait take
#include "scenario.h"
#include <future>
#include <mutex>
#include <semaphore.h>

enum { CALLS = 8, POSTING = 4 };

static std::mutex m;
static sem_t semaphore;

static void work(bool posts)
{
	if (posts) {
		stage_await(1);
		sem_post(&semaphore);
		return;
	}
	m.lock(); // @take
	m.unlock();
}

static void *waiter(void *argument)
{
	stage_await(1);
	m.lock();	      // @hold
	sem_wait(&semaphore); // @wait
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
