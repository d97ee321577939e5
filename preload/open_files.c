/* Owns the table of open files, and which descriptors may be duplicates of others. */
#include "open_files.h"

#include "arena.h"
#include "locks.h"
#include "recorder.h"
#include "system.h"
#include "tree.h"
#include "twins.h"

#include <errno.h>

enum { BUCKETS = 256, MOST_OF_FILE = 64 };
enum { DESCRIPTORS = 1024, WORD = 64 }; /* above, duplicates are not looked for */

uint32_t open_files_known;
static struct open_file *buckets[BUCKETS];
static struct open_file *living; /* those that have not ended */
/* Descriptors that open files are known by, and those that were part in a dup. */
static uint64_t used[DESCRIPTORS / WORD], duplicates[DESCRIPTORS / WORD];

static bool is_in(const uint64_t *set, unsigned fd)
{
	return fd < DESCRIPTORS &&
	       __atomic_load_n(&set[fd / WORD], __ATOMIC_RELAXED) >> fd % WORD & 1;
}

static void enter(uint64_t *set, unsigned fd)
{
	if (fd < DESCRIPTORS)
		__atomic_fetch_or(&set[fd / WORD], UINT64_C(1) << fd % WORD, __ATOMIC_RELAXED);
}

static void leave(uint64_t *set, unsigned fd)
{
	if (fd < DESCRIPTORS)
		__atomic_fetch_and(&set[fd / WORD], ~(UINT64_C(1) << fd % WORD), __ATOMIC_RELAXED);
}

bool open_files_maybe(unsigned first, unsigned last)
{
	return open_files_known && (first != last || first >= DESCRIPTORS || is_in(used, first));
}

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

static void begin(struct open_file *open, int fd)
{
	open->fd = fd;
	enter(used, (unsigned)fd);
	open->next_living = living;
	living = open;
	open_files_known++;
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
		begin(open, fd);
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
	open->user = self->ref;
	if (current_thread)
		twins_exclude(current_thread);
	open->next = *bucket;
	*bucket = open;
	begin(open, fd);
	return open;
}

/* link: what points to it in the list of the living. */
static void end(struct open_file **link)
{
	struct open_file *open = *link;

	*link = open->next_living;
	leave(used, (unsigned)open->fd);
	open->fd = -1;
	open_files_known--;
}

bool open_files_look(int fd, const struct stat *file, struct open_file **found)
{
	struct open_file **link = &living, *open;
	int same;

	*found = NULL;
	for (open = living; open && !*found; open = open->next_living) {
		if (is_of(open, file) && open->fd == fd)
			*found = open;
	}
	while (*link && !*found) {
		open = *link;
		same = is_of(open, file) ? sys_same_open_file(sys_getpid(), open->fd, fd) : 0;
		if (same > 0)
			*found = open;
		else if (same < 0 && same != -EBADF)
			return false;
		/* It was closed in a way that is not seen. */
		if (same == -EBADF)
			end(link);
		else
			link = &open->next_living;
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

/* Another descriptor of the open file, which stays; -1. */
static int find_duplicate(const struct open_file *open, unsigned first, unsigned last)
{
	if (!is_in(duplicates, (unsigned)open->fd))
		return -1;
	for (unsigned fd = 0; fd < DESCRIPTORS; fd++) {
		if ((fd < first || fd > last) && is_in(duplicates, fd) &&
		    sys_same_open_file(sys_getpid(), open->fd, (int)fd) > 0)
			return (int)fd;
	}
	return -1;
}

static void move(struct open_file *open, int fd)
{
	leave(used, (unsigned)open->fd);
	open->fd = fd;
	enter(used, (unsigned)fd);
}

void open_files_close(unsigned first, unsigned last)
{
	struct open_file **link = &living;

	while (*link) {
		struct open_file *open = *link;
		bool closed = (unsigned)open->fd >= first && (unsigned)open->fd <= last;
		int other = closed ? find_duplicate(open, first, last) : open->fd;

		if (other < 0) {
			end(link);
			continue;
		}
		if (closed)
			move(open, other);
		link = &open->next_living;
	}
	for (unsigned fd = first; fd <= last && fd < DESCRIPTORS; fd++)
		leave(duplicates, fd);
}

void open_files_duplicate(int one, int other)
{
	enter(duplicates, (unsigned)one);
	enter(duplicates, (unsigned)other);
}

void open_files_forked(void)
{
	for (unsigned i = 0; i < BUCKETS; i++) {
		for (struct open_file *open = buckets[i]; open; open = open->next)
			open->user = 0;
	}
}
