/*
 * std::thread::join under a lock_guard, of a thread that takes the same mutex.
 * [thread.thread.member]: join blocks until the thread has completed.
 */
/* EXPECT join-order feasible hold join take */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;

static void worker()
{
	{
		std::lock_guard<std::mutex> guard(m); // @take
	}
	stage_reach(1);
}

int main()
{
	std::thread thread(worker);

	stage_await(1);
	std::lock_guard<std::mutex> guard(m); // @hold
	thread.join();			      // @join
}
