/*
 * A thread locks a file through two open files of its own. flock treats them independently: the
 * second call waits for the first one's lock, which only this thread could give back (flock(2)).
 */
/* HANGS */
/* EXPECT self-deadlock observed first second */
/* SAYS which it holds itself, through another open file */
#include "file_scenario.h"
#include "hang.h"

int main(void)
{
	int one = open_file("data"), other = open_file("data");

	CHECK(flock(one, LOCK_EX) == 0);   /* @first */
	CHECK(flock(other, LOCK_EX) == 0); /* @second */
	CHECK(flock(other, LOCK_UN) == 0);
	CHECK(flock(one, LOCK_UN) == 0);
	return 0;
}
