/* Atomics that are waited for, unseen; what is done in turn takes the locks in one order. */
/* EXPECT none */
/* OUTPUT 100 */
#include "scenario.h"
#include <atomic>
#include <mutex>
#include <thread>

static std::mutex a, b;
static std::atomic<int> turn;

static void step(int parity)
{
	for (int i = parity; i < 100; i += 2) {
		for (int now = turn; now != i; now = turn)
			turn.wait(now);
		{
			std::scoped_lock first(a);
			std::scoped_lock second(b);
		}
		turn++;
		turn.notify_all();
	}
}

int main()
{
	{
		std::jthread even(step, 0), odd(step, 1);
	}
	printf("%d\n", turn.load());
}
