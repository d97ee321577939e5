/*
 * A near miss of cxx_async_creator_joined.cc: main waits for the caller with another mutex held,
 * which no call takes. The only one who takes it is a thread that the caller detaches, which holds
 * nothing then; and one that it makes and joins between two calls holds m, but waits for nobody
 * with it.
 */
// EXPECT none
// THREADS 44
#include "scenario.h"
#include <future>
#include <mutex>

enum { CALLS = 40 };

static std::mutex m, inner, other;

static void *holder(void *argument)
{
	m.lock();
	inner.lock();
	inner.unlock();
	m.unlock();
	return argument;
}

static void *taker(void *argument)
{
	other.lock();
	other.unlock();
	return argument;
}

static void *caller(void *argument)
{
	for (int i = 0; i < CALLS; i++) {
		if (i == CALLS / 2) {
			pthread_detach(start(taker, NULL));
			finish(start(holder, NULL));
		}
		std::async(std::launch::async, [] {
			m.lock();
			m.unlock();
		}).get();
	}
	stage_reach(1);
	return argument;
}

int main()
{
	pthread_t thread = start(caller, NULL);

	stage_await(1);
	other.lock();
	finish(thread);
	other.unlock();
	return 0;
}
