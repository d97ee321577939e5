/*
 * The near miss of cxx_latch_barrier.cc: after a latch has let them go at the same time, two
 * threads take the locks in opposite orders. A latch keeps nobody apart. (A stage does, in this
 * run.) It can deadlock, but is called no more than potential: what the latch is for is inline code
 * that makes no call, so this cannot be told from cxx_unseen_latch.cc, where one of the two waits
 * until the other one is done.
 */
/* EXPECT lock-order potential first second */
/* SAYS but cxx_latch_inversion has waits in futexes of its own */
#include "scenario.h"
#include <latch>
#include <mutex>
#include <thread>

static std::mutex a, b;
static std::latch together(2);

static void one()
{
	together.arrive_and_wait();
	{
		std::lock_guard<std::mutex> outer(a);
		std::lock_guard<std::mutex> inner(b); // @first
	}
	stage_reach(1);
}

static void two()
{
	together.arrive_and_wait();
	stage_await(1);
	std::lock_guard<std::mutex> outer(b);
	std::lock_guard<std::mutex> inner(a); // @second
}

int main()
{
	std::jthread first(one);
	std::jthread second(two);
}
