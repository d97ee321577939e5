/*
 * The near miss of cxx_scoped_lock_mixed.cc: when std::scoped_lock is entered, c is held already.
 * The algorithm gives back what it took itself, not c; and the first of its locks it waits for.
 * The other side has that one and wants c.
 */
/* EXPECT lock-order feasible first second */
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
	std::lock_guard<std::mutex> outer(a);
	std::lock_guard<std::mutex> inner(c); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
