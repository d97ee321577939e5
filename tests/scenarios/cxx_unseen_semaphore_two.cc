/*
 * The near miss of cxx_unseen_semaphore.cc: the semaphore lets two threads in, so the deadlock can
 * happen and must be reported. That it does not keep them apart cannot be seen: potential.
 */
/* EXPECT lock-order potential first second */
#include "scenario.h"
#include <mutex>
#include <semaphore>
#include <thread>

static std::mutex a, b;
static std::counting_semaphore<4> gate(2);

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
