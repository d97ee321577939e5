/*
 * Two hundred thousand local mutexes, in two functions in turn.
 */
/* EXPECT none */
/* ACQUISITIONS 200000 */
/* TRACE <=256 */
#include "scenario.h"
#include <mutex>

static __attribute__((noinline)) void one()
{
	std::mutex m;

	m.lock();
	m.unlock();
}

static __attribute__((noinline)) void two()
{
	char room[100];
	std::mutex m;

	memset(room, 1, sizeof(room));
	m.lock();
	m.unlock();
}

int main()
{
	for (int i = 0; i < 100000; i++) {
		one();
		two();
	}
	return 0;
}
