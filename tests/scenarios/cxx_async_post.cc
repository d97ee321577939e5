/*
 * Main makes asynchronous calls in turn, each of which takes m, and waits for each; before it waits
 * for the last one, it posts the semaphore that another thread, made in the midst, waits for with m
 * held. If that one has m before a call that main waits for before the post, nobody posts.
 */
// EXPECT wait-holding potential hold wait take
#include "scenario.h"
#include <future>
#include <mutex>
#include <semaphore.h>

enum { CALLS = 6 };

static std::mutex m;
static sem_t semaphore;

static void *waiter(void *argument)
{
	stage_await(CALLS + 1);
	m.lock();	      // @hold
	sem_wait(&semaphore); // @wait
	m.unlock();
	return argument;
}

int main()
{
	pthread_t waiting = 0;

	sem_init(&semaphore, 0, 0);
	for (int i = 0; i < CALLS; i++) {
		if (i == CALLS / 2)
			waiting = start(waiter, NULL);
		auto call = std::async(std::launch::async, [] {
			m.lock(); // @take
			m.unlock();
			stage_advance();
		});
		if (i == CALLS - 1) {
			stage_await(CALLS);
			sem_post(&semaphore);
			stage_advance();
		}
		call.get();
	}
	finish(waiting);
	return 0;
}
