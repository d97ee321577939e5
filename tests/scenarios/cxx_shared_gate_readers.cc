/*
 * The near miss of cxx_shared_gate.cc: both sides only read under the gate.
 */
/* EXPECT lock-order feasible first second */
#include "scenario.h"
#include <mutex>
#include <shared_mutex>
#include <thread>

static std::shared_mutex gate;
static std::mutex a, b;

static void one()
{
	{
		std::shared_lock<std::shared_mutex> reading(gate);
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::shared_lock<std::shared_mutex> reading(gate);
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
