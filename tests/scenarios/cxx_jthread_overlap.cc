/* The near miss of cxx_jthread.cc: both live in one scope, and end in either order. */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
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
	std::jthread first(one);
	std::jthread second(two);
}
