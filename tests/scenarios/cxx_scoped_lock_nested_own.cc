/*
 * The near miss of cxx_scoped_lock_nested.cc: the other side has d and wants c, which the inner
 * std::scoped_lock does not have while it waits for d.
 */
/* EXPECT lock-order discharged try-lock first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b, c, d;

static void one()
{
	{
		std::scoped_lock outer(a, b);
		std::scoped_lock inner(c, d); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(d);
	std::lock_guard<std::mutex> inner(c); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
