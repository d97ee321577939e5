/*
 * The main thread gets what asynchronous calls give back, each of which takes m; get() joins the
 * thread of the call. A thread that main made in between waits, with m held, for the end of main.
 * If it has m before a later call takes it, main waits for the call, the call for m, and the thread
 * that has it for main. In this run it comes later.
 */
/* EXPECT join-order potential hold join get take */
#include "scenario.h"
#include <future>
#include <mutex>

enum { CALLS = 6 };

static std::mutex m;
static pthread_t main_thread;

static void *joiner(void *argument)
{
	stage_await(1);
	m.lock();			 // @hold
	pthread_join(main_thread, NULL); // @join
	m.unlock();
	_exit(0);
	return argument;
}

int main()
{
	main_thread = pthread_self();
	for (int i = 0; i < CALLS; i++) {
		if (i == CALLS / 2)
			start(joiner, NULL);
		std::async(std::launch::async, [] {
			m.lock(); // @take
			m.unlock();
		}).get(); // @get
	}
	stage_reach(1);
	pthread_exit(NULL);
}
