/*
 * join_announced_nested.c in C++: the library's wait is told by an object which lock to give back.
 * Main has two, and this gives back only the inner one: had the worker been held up, main would
 * wait with the outer lock, for which the worker would wait.
 *
 * Potential: that main never comes to the join then does not make it a way out.
 */
/* EXPECT join-order potential taken join */
#include "scenario.h"

#include <condition_variable>
#include <mutex>

static std::mutex lock, inner;
static std::condition_variable changed;
static bool done;

static void *work(void *unused)
{
	lock.lock(); // @taken
	inner.lock();
	done = true;
	changed.notify_one();
	inner.unlock();
	lock.unlock();
	stage_reach(1);
	return unused;
}

int main()
{
	pthread_t worker = start(work, nullptr);

	stage_await(1);
	std::unique_lock<std::mutex> outer(lock);
	{
		std::unique_lock<std::mutex> hold(inner);
		while (!done)
			changed.wait(hold);
	}
	CHECK(pthread_join(worker, nullptr) == 0); // @join
	return 0;
}
