/* std::mutex::try_lock, and lock when that fails, with another mutex held: a wait all the same. */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::lock_guard<std::mutex> outer(a);

		if (!b.try_lock()) // @first
			b.lock();
		b.unlock();
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
