/*
 * Threads start together at a latch and meet at a std::barrier, whose completion function takes a
 * lock. Neither makes a call that could be seen; the locks are taken in one order.
 */
/* EXPECT none */
/* OUTPUT 3 rounds, 9 steps */
#include "scenario.h"
#include <barrier>
#include <latch>
#include <mutex>
#include <thread>
#include <vector>

static std::mutex outer, inner;
static int rounds, steps;

static void complete() noexcept
{
	std::scoped_lock guard(inner);

	rounds++;
}

int main()
{
	std::latch together(3);
	std::barrier meeting(3, complete);
	{
		std::vector<std::jthread> threads;

		for (int i = 0; i < 3; i++) {
			threads.emplace_back([&] {
				together.arrive_and_wait();
				for (int round = 0; round < 3; round++) {
					{
						std::scoped_lock first(outer);
						std::scoped_lock second(inner);
						steps++;
					}
					meeting.arrive_and_wait();
				}
			});
		}
	}
	printf("%d rounds, %d steps\n", rounds, steps);
}
