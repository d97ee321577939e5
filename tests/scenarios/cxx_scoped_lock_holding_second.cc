/*
 * As cxx_scoped_lock_holding.cc, but the other side has the second lock of std::scoped_lock, which
 * it only tries while it has the first. When that fails it gives the first one back and waits for
 * the second (the algorithm of [thread.lock.algorithm], as libstdc++ and libc++ do it), and c stays
 * held all the time: so c is held while b is waited for, though in this run no try failed.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 5 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b, c;

static void one()
{
	{
		std::lock_guard<std::mutex> outer(c);
		std::scoped_lock both(a, b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(c); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
