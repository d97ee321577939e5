/*
 * Local statics of templates, initialised by several threads at once, each exactly once, one of
 * them by means of another; thread-local ones need no guard call.
 */
/* EXPECT none */
/* OUTPUT 20 made, 210 */
#include "scenario.h"
#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

static std::atomic<int> made;
static std::mutex m;

template <int N> struct thing {
	int value;
	thing()
	{
		std::scoped_lock guard(m);

		made++;
		value = N;
	}
};

template <int N> static int use()
{
	static thing<N> it;

	return it.value;
}

template <int... N> static int use_all(std::integer_sequence<int, N...>)
{
	return (use<N + 1>() + ...);
}

struct outer {
	int sum;
	outer() : sum(use_all(std::make_integer_sequence<int, 20>()))
	{
	}
};

static int total()
{
	static outer it;
	static thread_local int mine = it.sum;

	return mine;
}

int main()
{
	{
		std::vector<std::jthread> threads;

		for (int i = 0; i < 4; i++)
			threads.emplace_back([] { CHECK(total() == 210); });
	}
	printf("%d made, %d\n", made.load(), total());
}
