/*
 * In each round main makes two asynchronous calls, the first of which takes a inside c, and the
 * second c alone, and waits for the first one first. A thread that main made in the midst waits,
 * with a held, for the end of main: main can wait for a first call, and that for a. It cannot wait
 * for a second call, and that for c, which a first one holds that waits for a: that has ended by
 * then.
 */
// EXPECT join-order potential hold join get take-a
// ALLOW discharged
// THREADS 82
#include "scenario.h"
#include <future>
#include <mutex>

enum { ROUNDS = 40 };

static std::mutex a, c;
static pthread_t main_thread;

static void *joiner(void *argument)
{
	stage_await(1);
	a.lock();			 // @hold
	pthread_join(main_thread, NULL); // @join
	a.unlock();
	_exit(0);
	return argument;
}

int main()
{
	main_thread = pthread_self();
	for (int i = 0; i < ROUNDS; i++) {
		if (i == ROUNDS / 2)
			start(joiner, NULL);
		auto first = std::async(std::launch::async, [] {
			c.lock();
			a.lock(); // @take-a
			a.unlock();
			c.unlock();
		});
		auto second = std::async(std::launch::async, [] {
			c.lock();
			c.unlock();
		});
		first.get(); // @get
		second.get();
	}
	stage_reach(1);
	pthread_exit(NULL);
}
