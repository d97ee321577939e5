/*
 * Two threads take turns by counting semaphores, which libstdc++ makes of futexes without any call
 * that could be seen. What they do between is seen: both take a, then b.
 */
/* EXPECT none */
/* OUTPUT 200 */
#include "scenario.h"
#include <mutex>
#include <semaphore>
#include <thread>

static std::mutex a, b;
static std::counting_semaphore<4> mine(1), other(0);
static int turns;

static void take_turns(std::counting_semaphore<4> &from, std::counting_semaphore<4> &to)
{
	for (int i = 0; i < 100; i++) {
		from.acquire();
		{
			std::scoped_lock outer(a);
			std::scoped_lock inner(b);
			turns++;
		}
		to.release();
	}
}

int main()
{
	std::thread first([] { take_turns(mine, other); });
	std::thread second([] { take_turns(other, mine); });

	first.join();
	second.join();
	CHECK(!other.try_acquire());
	CHECK(!other.try_acquire_for(std::chrono::milliseconds(1)));
	printf("%d\n", turns);
}
