/*
 * An exception leaves the scope of a lock guard, which gives a back on the way. Where it is caught
 * nothing is held, and b is taken. The other thread takes b before a.
 */
/* EXPECT none */
#include "scenario.h"
#include <mutex>
#include <stdexcept>
#include <thread>

static std::mutex a, b;

static void fail()
{
	throw std::runtime_error("no luck");
}

static void one()
{
	try {
		std::lock_guard<std::mutex> guard(a);
		fail();
	} catch (const std::runtime_error &) {
	}
	{
		std::lock_guard<std::mutex> then(b);
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a);
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
