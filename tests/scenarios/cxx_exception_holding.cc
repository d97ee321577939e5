/*
 * The near miss of cxx_exception.cc: the lock was taken without a guard, and the exception leaves
 * it taken. b is taken with a held.
 */
/* EXPECT lock-order potential first second */
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
		a.lock();
		fail();
	} catch (const std::runtime_error &) {
	}
	{
		std::lock_guard<std::mutex> then(b); // @first
	}
	a.unlock();
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
