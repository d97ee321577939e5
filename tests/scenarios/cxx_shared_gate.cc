/*
 * A std::shared_mutex held for writing by one side and for reading by the other keeps the sides of
 * the inversion of two mutexes apart.
 */
/* EXPECT lock-order discharged gate-lock first second */
#include "scenario.h"
#include <mutex>
#include <shared_mutex>
#include <thread>

static std::shared_mutex gate;
static std::mutex a, b;

static void one()
{
	{
		std::unique_lock<std::shared_mutex> writing(gate);
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
