/*
 * The near miss of cxx_shared_mutex.cc: std::shared_lock only, and readers do not wait for readers
 * (libstdc++ uses reader-writer locks of the default kind).
 */
/* EXPECT lock-order discharged read-shared first second */
#include "scenario.h"
#include <shared_mutex>
#include <thread>

static std::shared_mutex a, b;

static void one()
{
	{
		std::shared_lock<std::shared_mutex> outer(a);
		std::shared_lock<std::shared_mutex> inner(b); // @first
	}
	stage_reach(1);
}

static void two()
{
	stage_await(1);
	std::shared_lock<std::shared_mutex> outer(b);
	std::shared_lock<std::shared_mutex> inner(a); // @second
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
