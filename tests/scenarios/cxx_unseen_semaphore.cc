/*
 * A semaphore of the C++ library lets one thread at a time take both locks. No deadlock can happen;
 * nobody ever has to wait for it in this run, so nothing of it is seen.
 */
/* EXPECT lock-order potential first second */
/* SAYS but cxx_unseen_semaphore has waits in futexes of its own */
#include "scenario.h"
#include <mutex>
#include <semaphore>
#include <thread>

static std::mutex a, b;
static std::counting_semaphore<4> gate(1);

static void first()
{
	gate.acquire();
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
	}
	gate.release();
	stage_reach(1);
}

static void second()
{
	stage_await(1);
	gate.acquire();
	{
		std::lock_guard<std::mutex> outer(b);
		std::lock_guard<std::mutex> inner(a); // @second
	}
	gate.release();
}

int main()
{
	std::jthread one(first), two(second);
}
