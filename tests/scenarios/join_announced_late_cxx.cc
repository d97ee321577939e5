// join_announced_late.c in C++: the wait is the library's, and takes a predicate.
// EXPECT join-order discharged sync-order taken join
#include "scenario.h"
#include <condition_variable>
#include <mutex>
#include <thread>

static std::mutex lock;
static std::condition_variable changed;
static bool done;

static void work()
{
	{
		std::lock_guard<std::mutex> guard(lock); // @taken
		done = true;
		changed.notify_one();
	}
	stage_reach(1);
}

int main()
{
	std::thread worker(work);

	stage_await(1);
	std::unique_lock<std::mutex> guard(lock);
	changed.wait(guard, [] { return done; });
	worker.join(); // @join
	return 0;
}
