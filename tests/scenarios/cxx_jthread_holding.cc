/*
 * A jthread that is declared after a lock_guard is destroyed before it, and its destructor joins
 * ([thread.jthread.cons]): with the mutex still locked. Its thread takes that mutex.
 */
/* EXPECT join-order feasible hold take */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex m;
static std::jthread early;

static void worker()
{
	{
		std::lock_guard<std::mutex> guard(m); // @take
	}
	stage_reach(1);
}

int main()
{
	early = std::jthread(worker);
	stage_await(1);
	std::lock_guard<std::mutex> guard(m); // @hold
	std::jthread mine = std::move(early);
}
