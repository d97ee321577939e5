/* A local static that is initialised, in vain at first, when it is first needed. */
#include <mutex>
#include <string>

static std::mutex m;
static int runs;

struct thing {
	std::string text;
	thing() : text("42")
	{
		std::lock_guard<std::mutex> guard(m);

		if (runs++ == 0)
			throw 1;
	}
};

static int use()
{
	static thing it;

	return std::stoi(it.text);
}

extern "C" int value()
{
	try {
		return use();
	} catch (int) {
		return use();
	}
}
