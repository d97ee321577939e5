/*
 * A thread ends inside of flockfile: the stream belongs to it for ever (POSIX: only the owner may
 * call funlockfile), and who uses it next waits for ever. Another one leaves its stream as often as
 * it entered it.
 */
/* EXPECT exit-holding misuse kept */
#include "scenario.h"

static FILE *kept, *left;

static void *keep(void *argument)
{
	flockfile(kept); /* @kept */
	flockfile(kept);
	funlockfile(kept);
	return argument;
}

static void *leave(void *argument)
{
	flockfile(left);
	flockfile(left);
	funlockfile(left);
	funlockfile(left);
	return argument;
}

int main(void)
{
	kept = fopen("/dev/null", "w");
	left = fopen("/dev/null", "w");
	if (!kept || !left)
		abort();
	finish(start(keep, NULL));
	finish(start(leave, NULL));
	return 0;
}
