/*
 * A jthread joins when it is destroyed ([thread.jthread.cons]): the first has ended before the
 * second is created.
 */
/* EXPECT lock-order discharged thread-order first second */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

static void one()
{
	std::lock_guard<std::mutex> outer(a);
	std::lock_guard<std::mutex> inner(b); // @first
}

static void two()
{
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	{
		std::jthread first(one);
	}
	std::jthread second(two);
}
