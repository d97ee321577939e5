/*
 * The near miss of cxx_recursive_mutex.cc: the second a is one that the thread has already; it
 * does not wait for it.
 */
/* EXPECT none */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::recursive_mutex a, b;

static void one()
{
	std::lock_guard<std::recursive_mutex> outer(a);
	std::lock_guard<std::recursive_mutex> inner(b);
	std::lock_guard<std::recursive_mutex> again(a);
}

static void two()
{
	std::lock_guard<std::recursive_mutex> outer(a);
	std::lock_guard<std::recursive_mutex> inner(b);
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
