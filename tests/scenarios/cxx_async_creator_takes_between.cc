/*
 * A thread makes asynchronous calls in turn, each of which takes c inside b, and waits for each.
 * Main waits for that thread with c held: it can wait for a call, and that for c. Between two calls
 * the thread takes b itself: no call has b then, and waits for c.
 */
// EXPECT join-order potential hold join get take
// ALLOW discharged
#include "scenario.h"
#include <future>
#include <mutex>

enum { CALLS = 40 };

static std::mutex b, c;

static void *caller(void *argument)
{
	for (int i = 0; i < CALLS; i++) {
		if (i == CALLS / 2) {
			b.lock();
			b.unlock();
		}
		std::async(std::launch::async, [] {
			b.lock();
			c.lock(); // @take
			c.unlock();
			b.unlock();
		}).get(); // @get
	}
	stage_reach(1);
	return argument;
}

int main()
{
	pthread_t thread = start(caller, NULL);

	stage_await(1);
	c.lock();	// @hold
	finish(thread); // @join
	c.unlock();
	return 0;
}
