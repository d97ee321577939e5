/* Owns the table of open files, and which descriptors may be duplicates of others. */
#include "open_files.h"

#include "arena.h"
#include "locks.h"
#include "recorder.h"
#include "system.h"
#include "tree.h"

#include <errno.h>

enum { BUCKETS = 256, MOST_OF_FILE = 64 };
enum { DESCRIPTORS = 1024, WORD = 64 }; /* above, duplicates are not looked for */

uint32_t open_files_known;
static struct open_file *buckets[BUCKETS];
static uint64_t duplicates[DESCRIPTORS / WORD]; /* descriptors that were part in a dup */

static struct open_file **bucket_of(uint64_t device, uint64_t inode)
{
	return &buckets[(device * LOCK_HASH_FACTOR ^ inode * TREE_SITE_FACTOR) >> 56];
}

_Static_assert(BUCKETS == 1 << (64 - 56), "the hash has as many values as there are buckets");

static bool is_of(const struct open_file *open, const struct stat *file)
{
	return open->device == file->st_dev && open->inode == file->st_ino;
}

static uint64_t new_number(int pid)
{
	static uint64_t last;
	uint64_t number =
		(trace_header->start_realtime_ns ^ (uint64_t)pid << 40) + ++last * LOCK_HASH_FACTOR;

	return number ? number : 1;
}

/* An ended one of the thread's own is used again: nothing that was done through it can have been at
 * the same time as what the thread does now. */
static struct open_file *open_again(const struct thread *self, int fd, const struct stat *file,
				    unsigned *count)
{
	struct open_file *open;

	*count = 0;
	for (open = *bucket_of(file->st_dev, file->st_ino); open; open = open->next) {
		if (!is_of(open, file))
			continue;
		++*count;
		if (open->fd >= 0 || open->user != self->ref)
			continue;
		open->fd = fd;
		open_files_known++;
		return open;
	}
	return NULL;
}

static struct open_file *open_new(const struct thread *self, int fd, const struct stat *file)
{
	struct open_file **bucket = bucket_of(file->st_dev, file->st_ino), *open;
	unsigned count;

	open = open_again(self, fd, file, &count);
	if (open)
		return open;
	open = count < MOST_OF_FILE ? arena_alloc(sizeof(*open)) : NULL;
	if (!open)
		return NULL;
	open->device = file->st_dev;
	open->inode = file->st_ino;
	open->pid = sys_getpid();
	open->number = new_number(open->pid);
	open->fd = fd;
	open->user = self->ref;
	open->next = *bucket;
	*bucket = open;
	open_files_known++;
	return open;
}

static void end(struct open_file *open)
{
	open->fd = -1;
	open_files_known--;
}

bool open_files_look(int fd, const struct stat *file, struct open_file **found)
{
	struct open_file *first = *bucket_of(file->st_dev, file->st_ino), *open;
	int same;

	for (open = first; open; open = open->next) {
		if (is_of(open, file) && open->fd == fd)
			break;
	}
	*found = open;
	for (open = first; open && !*found; open = open->next) {
		if (!is_of(open, file) || open->fd < 0)
			continue;
		same = sys_same_open_file(sys_getpid(), open->fd, fd);
		if (same > 0)
			*found = open;
		/* It was closed in a way that is not seen. */
		if (same == -EBADF)
			end(open);
		else if (same < 0)
			return false;
	}
	return true;
}

struct open_file *open_files_find(const struct thread *self, int fd, const struct stat *file)
{
	struct open_file *open;

	if (!open_files_look(fd, file, &open))
		return NULL;
	return open ? open : open_new(self, fd, file);
}

static bool is_duplicate(unsigned fd)
{
	return fd < DESCRIPTORS && duplicates[fd / WORD] >> fd % WORD & 1;
}

/* Another descriptor of the open file, which stays; -1. */
static int find_duplicate(const struct open_file *open, unsigned first, unsigned last)
{
	if (!is_duplicate((unsigned)open->fd))
		return -1;
	for (unsigned fd = 0; fd < DESCRIPTORS; fd++) {
		if ((fd < first || fd > last) && is_duplicate(fd) &&
		    sys_same_open_file(sys_getpid(), open->fd, (int)fd) > 0)
			return (int)fd;
	}
	return -1;
}

static void forget_duplicates(unsigned first, unsigned last)
{
	for (unsigned fd = first; fd <= last && fd < DESCRIPTORS; fd++)
		__atomic_fetch_and(&duplicates[fd / WORD], ~(UINT64_C(1) << fd % WORD),
				   __ATOMIC_RELAXED);
}

void open_files_close(unsigned first, unsigned last)
{
	for (unsigned i = 0; open_files_known && i < BUCKETS; i++) {
		for (struct open_file *open = buckets[i]; open; open = open->next) {
			int other;

			if (open->fd < 0 || (unsigned)open->fd < first || (unsigned)open->fd > last)
				continue;
			other = find_duplicate(open, first, last);
			if (other < 0)
				end(open);
			else
				open->fd = other;
		}
	}
	forget_duplicates(first, last);
}

static void mark_duplicate(int fd)
{
	if (fd >= 0 && fd < DESCRIPTORS)
		__atomic_fetch_or(&duplicates[fd / WORD], UINT64_C(1) << fd % WORD,
				  __ATOMIC_RELAXED);
}

void open_files_duplicate(int one, int other)
{
	mark_duplicate(one);
	mark_duplicate(other);
}

void open_files_forked(void)
{
	for (unsigned i = 0; i < BUCKETS; i++) {
		for (struct open_file *open = buckets[i]; open; open = open->next)
			open->user = 0;
	}
}
