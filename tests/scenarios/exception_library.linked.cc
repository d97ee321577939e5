/*
 * Throws and catches, with its lock held.
 */
#include <mutex>
#include <stdexcept>

static std::mutex outer, inner;

extern "C" int library_parse(int number);

static void parse(int number)
{
	std::lock_guard<std::mutex> guard(inner);

	throw std::out_of_range(std::to_string(number));
}

int library_parse(int number)
{
	std::lock_guard<std::mutex> guard(outer);

	try {
		parse(number);
	} catch (const std::exception &) {
		return 1;
	}
	return 0;
}
