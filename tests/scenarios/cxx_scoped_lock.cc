/*
 * std::scoped_lock takes several locks by an algorithm that avoids deadlock (C++17,
 * [thread.lock.algorithm]): it waits for one with nothing held, and tries the others. The order in
 * which they are named does not matter.
 */
/* EXPECT lock-order discharged try-lock first second */
/* ACQUISITIONS 4 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::scoped_lock both(a, b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::scoped_lock both(b, a); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
