/*
 * A barrier of the C++ library between what two threads do keeps them apart. No deadlock can
 * happen, and it must not be said that one is feasible.
 */
/* EXPECT lock-order potential first second */
/* SAYS but cxx_unseen_barrier has waits in futexes of its own */
#include "scenario.h"
#include <barrier>
#include <mutex>
#include <thread>

static std::mutex a, b;
static std::barrier meeting(2);

static void first()
{
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
	}
	meeting.arrive_and_wait();
}

static void second()
{
	meeting.arrive_and_wait();
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::jthread one(first), two(second);
}
