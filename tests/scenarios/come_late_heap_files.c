/*
 * As come_late_heap.c, but main asks about a file, by its number, and about a text.
 */
/* EXPECT lock-order discharged sync-order first second */
#include "late_job.h"

#include <string.h>
#include <sys/stat.h>

static void take_ab(void)
{
	take_both(&a, &b); /* @first */
}

static void take_ba(void)
{
	take_both(&b, &a); /* @second */
}

APART static bool is_file(int number)
{
	struct stat status;

	return fstat(number, &status) == 0 && lseek(number, 0, SEEK_CUR) >= 0;
}

APART static bool is_named(const char *name)
{
	return strchr(name, '/') && access(name, R_OK) == 0;
}

int main(int count, char **names)
{
	struct job *job = job_new(7);

	printf("%d %d\n", is_file(0), is_named(names[count - 1]));
	run_job(job);
	return 0;
}
