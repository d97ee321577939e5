/*
 * A thread makes asynchronous calls in turn, each of which takes m, and waits for each; main waits
 * for that thread with m held. If main has m before the last call takes it, main waits for the
 * thread, the thread for the call, and the call for m. In this run main comes later.
 */
// EXPECT join-order potential hold join get take
// THREADS 42
#include "scenario.h"
#include <future>
#include <mutex>

enum { CALLS = 40 };

static std::mutex m;

static void *caller(void *argument)
{
	for (int i = 0; i < CALLS; i++)
		std::async(std::launch::async, [] {
			m.lock(); // @take
			m.unlock();
		}).get(); // @get
	stage_reach(1);
	return argument;
}

int main()
{
	pthread_t thread = start(caller, NULL);

	stage_await(1);
	m.lock();	// @hold
	finish(thread); // @join
	m.unlock();
	return 0;
}
