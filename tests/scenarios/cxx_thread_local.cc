/*
 * The destructor of a thread_local object takes locks when its thread ends.
 */
/* EXPECT lock-order feasible first second */
/* ACQUISITIONS 4 */
#include "scenario.h"
#include <mutex>
#include <thread>

static std::mutex a, b;

struct farewell {
	bool armed = false;
	~farewell()
	{
		if (!armed)
			return;
		std::lock_guard<std::mutex> outer(b);
		std::lock_guard<std::mutex> inner(a); // @second
	}
};

static thread_local farewell last_word;

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
	last_word.armed = true;
	stage_await(1);
}

int main()
{
	std::thread first(one);
	std::thread second(two);

	first.join();
	second.join();
}
