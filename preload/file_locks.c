/* Owns the table of file locks. */
#include "file_locks.h"

#include "arena.h"
#include "open_files.h"
#include "system.h"
#include "text.h"
#include "tree.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

enum { BUCKETS = 1024, MOST_LOCKS = 1 << 16 };
enum { PATH_BYTES = 400, RANGE_BYTES = 64 }; /* of a name; the latter: 2 numbers, " bytes -" */

/* A name begins with it. */
#define FILE_WORD "file "

struct file_lock {
	uint64_t device, inode;
	struct file_range range;
	struct open_file *open; /* that it belongs to; NULL: the process's, or not known which */
	uint32_t holder;	/* thread record; 0: nobody */
	int fd;			/* that it was taken through, or is about to be */
	bool shared;
	bool stray; /* not given back by who took it: see file_locks.h */
	struct file_lock *next;
	struct file_lock *next_held;
};

uint32_t file_locks_held;
static uint32_t otherwise_held; /* of these, not for an open file that is known */
static struct file_lock *held;
static struct file_lock *buckets[BUCKETS];
static uint32_t lock_count;
static int table_pid; /* whose holds these are: a child of a fork has the table, but no hold */

static struct file_lock **bucket_of(uint64_t device, uint64_t inode)
{
	return &buckets[(device * LOCK_HASH_FACTOR ^ inode * TREE_SITE_FACTOR) >> 54];
}

_Static_assert(BUCKETS == 1 << (64 - 54), "the hash has as many values as there are buckets");

static void hold_begin(struct file_lock *lock, const struct thread *self)
{
	lock->holder = self->ref;
	lock->next_held = held;
	held = lock;
	file_locks_held++;
	otherwise_held += !lock->open;
}

/* link: what points to it in the list. */
static void hold_end(struct file_lock **link)
{
	struct file_lock *lock = *link;

	*link = lock->next_held;
	lock->holder = 0;
	file_locks_held--;
	otherwise_held -= !lock->open;
}

/* Whether the calling process is the recorded one, and not a vfork child in its memory. */
static bool own_process(void)
{
	int pid = sys_getpid();

	if (!trace_header || trace_header->pid != (uint32_t)pid)
		return false;
	if (table_pid == pid)
		return true;
	if (table_pid)
		open_files_forked();
	table_pid = pid;
	while (held)
		hold_end(&held);
	return true;
}

static bool ranges_meet(const struct file_range *a, const struct file_range *b)
{
	return a->class == b->class && a->first <= b->last && b->first <= a->last;
}

static struct file_lock *find(const struct stat *file, const struct file_range *range,
			      struct open_file *open)
{
	struct file_lock **bucket = bucket_of(file->st_dev, file->st_ino), *lock;

	for (lock = *bucket; lock; lock = lock->next) {
		if (lock->device == file->st_dev && lock->inode == file->st_ino &&
		    lock->open == open && lock->range.class == range->class &&
		    lock->range.first == range->first && lock->range.last == range->last)
			return lock;
	}
	lock = lock_count < MOST_LOCKS ? arena_alloc(sizeof(*lock)) : NULL;
	if (!lock) {
		trace_drop(TRACE_DROP_no_memory);
		return NULL;
	}
	lock_count++;
	lock->device = file->st_dev;
	lock->inode = file->st_ino;
	lock->range = *range;
	lock->open = open;
	lock->next = *bucket;
	*bucket = lock;
	return lock;
}

struct file_lock *file_lock_find(struct thread *self, int fd, const struct file_range *range)
{
	struct file_lock *lock = NULL;
	struct open_file *open = NULL;
	struct stat file;
	struct slow slow;

	if (self->busy || sys_fstat(fd, &file))
		return NULL;
	slow_begin(&slow, self);
	if (own_process()) {
		if (range->class != FILE_RECORD)
			open = open_files_find(self, fd, &file);
		lock = find(&file, range, open);
	}
	/* Its identity may be asked for before it is taken. */
	if (lock && !lock->holder)
		lock->fd = fd;
	slow_end(&slow);
	return lock && !lock->stray ? lock : NULL;
}

bool file_lock_take(struct thread *self, struct file_lock *lock, int fd, bool shared)
{
	bool taken, changed;
	struct slow slow;

	slow_begin(&slow, self);
	changed = lock->holder == self->ref && lock->shared != shared && !lock->stray;
	taken = changed || (!lock->holder && !lock->stray);
	if (taken) {
		if (!changed)
			hold_begin(lock, self);
		lock->fd = fd;
		lock->shared = shared;
	}
	slow_end(&slow);
	if (changed)
		tree_release(self, lock);
	return taken;
}

/* Whether the parent process has the open file, whose the lock is, as well: TRACE_OPEN_FILE_ bits.
 */
static uint32_t inheritance_of(const struct file_lock *lock)
{
	int same;

	/* It has got its number from there. */
	if (lock->open && lock->open->pid != table_pid)
		return 0;
	same = sys_same_open_file((int)trace_header->parent_pid, lock->fd, lock->fd);
	/* No such process, no such descriptor there. */
	if (!same || same == -ESRCH || same == -EBADF)
		return 0;
	return same > 0 ? TRACE_OPEN_FILE_INHERITED : TRACE_OPEN_FILE_UNCERTAIN;
}

/* A lock in shared memory has its place there; of a file lock the highest bit is set. */
static uint64_t place_of(const struct file_range *range)
{
	uint64_t hash = range->first * LOCK_HASH_FACTOR ^ range->last * TREE_SITE_FACTOR;

	return (hash ^ hash >> 32) | UINT64_C(1) << 63;
}

/* " byte 7", " bytes 10-19", " bytes 10-"; nothing for a whole file. */
static char *append_range(char *end, const struct file_range *range)
{
	bool to_the_end = range->last >= INT64_MAX;

	if (!range->first && to_the_end)
		return end;
	end = stpcpy(end, range->first == range->last ? " byte " : " bytes ");
	end = text_append_number(end, range->first);
	if (range->first != range->last)
		end = stpcpy(end, "-");
	if (range->first != range->last && !to_the_end)
		end = text_append_number(end, range->last);
	return end;
}

/* Called by the path that it was opened by, where the kernel tells it in few enough bytes. */
static void write_name(uint32_t lock_ref, const struct file_lock *lock)
{
	char name[PATH_BYTES + RANGE_BYTES] = FILE_WORD, link[32], *path = name + strlen(FILE_WORD);
	const size_t most = PATH_BYTES - strlen(FILE_WORD);
	struct trace_label *record;
	long length;
	size_t size;

	text_append_number(stpcpy(link, "/proc/self/fd/"), (unsigned)lock->fd);
	length = sys_readlink(link, path, most);
	if (length <= 0 || (size_t)length >= most || *path != '/')
		return;
	path[length] = '\0';
	size = (size_t)(append_range(path + length, &lock->range) - name);
	/* The name, its end, and a class that is empty. */
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_label,
			     sizeof(*record) + ((size + 2 + 7) & ~(size_t)7));
	if (!record)
		return;
	record->lock = lock_ref;
	record->flags = 0;
	record->level = 0;
	memcpy(record + 1, name, size + 1);
	trace_commit(&recorder_cursor, record);
}

/* Without one it is the process's. */
static void write_owner(uint32_t lock_ref, const struct file_lock *lock)
{
	struct trace_open_file *record;

	if (lock->range.class == FILE_RECORD)
		return;
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_open_file, sizeof(*record));
	if (!record)
		return;
	record->lock = lock_ref;
	record->flags = inheritance_of(lock);
	record->number = lock->open ? lock->open->number : 0;
	trace_commit(&recorder_cursor, record);
}

void file_lock_identity(uint32_t lock_ref, const void *address)
{
	const struct file_lock *lock = address;
	struct trace_identity *record;

	write_name(lock_ref, lock);
	write_owner(lock_ref, lock);
	record = trace_alloc(&recorder_cursor, TRACE_TYPE_identity, sizeof(*record));
	if (!record)
		return;
	record->lock = lock_ref;
	record->device = lock->device;
	record->inode = lock->inode;
	record->offset = place_of(&lock->range);
	trace_commit(&recorder_cursor, record);
}

bool file_lock_ask(struct thread *self, struct file_lock *lock, bool shared)
{
	bool has, change, given;
	struct slow slow;

	slow_begin(&slow, self);
	has = lock->holder == self->ref;
	change = has && lock->shared != shared;
	given = change && lock->range.class == FILE_FLOCK;
	for (struct file_lock **link = &held; given && *link; link = &(*link)->next_held) {
		if (*link == lock) {
			hold_end(link);
			break;
		}
	}
	slow_end(&slow);
	if (given)
		tree_release(self, lock);
	return !has || change;
}

/* Which holds a call ends. */
struct ending {
	const struct stat *file; /* NULL: any */
	const struct file_range *range;
	const struct open_file *open; /* whose, with a range; NULL: of none that is known */
	bool any_open;		      /* it cannot be told whose */
	unsigned first, last;	      /* descriptors to be closed; with a range, the one used */
};

/* Whether locks of the lock's owner are ended. */
static bool concerns(const struct ending *ending, const struct file_lock *lock)
{
	if (lock->range.class == FILE_RECORD || ending->any_open)
		return true;
	/* Of those that are not known, who locks by one descriptor unlocks by it. */
	return lock->open ? lock->open == ending->open : (unsigned)lock->fd == ending->first;
}

static bool ends(const struct ending *ending, const struct file_lock *lock)
{
	bool same = !ending->file ||
		    (lock->device == ending->file->st_dev && lock->inode == ending->file->st_ino);

	if (ending->range)
		return same && concerns(ending, lock) && ranges_meet(&lock->range, ending->range);
	if (lock->open)
		return lock->open->fd < 0;
	/* Of the process: any descriptor of the file ends it. Of several it is not known which
	 * files they are of. */
	if (lock->range.class == FILE_RECORD)
		return same;
	return (unsigned)lock->fd >= ending->first && (unsigned)lock->fd <= ending->last;
}

/* The next hold that ends, as one of this thread's own (*mine) or somebody else's. */
static struct file_lock *end_next(struct thread *self, const struct ending *ending, bool *mine)
{
	for (struct file_lock **link = &held; *link; link = &(*link)->next_held) {
		struct file_lock *lock = *link;

		if (!ends(ending, lock))
			continue;
		*mine = lock->holder == self->ref;
		hold_end(link);
		return lock;
	}
	return NULL;
}

static void set_stray(struct file_lock *lock)
{
	lock->stray = true;
	locks_set_stray(lock);
}

/* Whether there was one. */
static bool end_all(struct thread *self, const struct ending *ending)
{
	struct file_lock *lock;
	struct slow slow;
	bool mine, any = false;

	do {
		slow_begin(&slow, self);
		lock = own_process() ? end_next(self, ending, &mine) : NULL;
		if (lock && !mine)
			set_stray(lock);
		slow_end(&slow);
		if (lock && mine)
			tree_release(self, lock);
		any = any || lock;
	} while (lock);
	return any;
}

/* What the process does not hold, but its parent may: it gives back that, too (flock(2)). */
static void end_inherited(struct thread *self, const struct ending *ending)
{
	const struct stat *file = ending->file;
	struct slow slow;

	slow_begin(&slow, self);
	for (struct file_lock *lock = *bucket_of(file->st_dev, file->st_ino); lock;
	     lock = lock->next) {
		if (lock->open == ending->open && !lock->stray &&
		    ranges_meet(&lock->range, ending->range))
			set_stray(lock);
	}
	slow_end(&slow);
}

void file_locks_release(struct thread *self, int fd, const struct file_range *range)
{
	struct ending ending = {.range = range, .first = (unsigned)fd};
	struct open_file *open = NULL;
	struct stat file;
	struct slow slow;

	if (self->busy || !file_locks_any() || sys_fstat(fd, &file))
		return;
	ending.file = &file;
	slow_begin(&slow, self);
	if (own_process() && range->class != FILE_RECORD) {
		ending.any_open = !open_files_look(fd, &file, &open);
		ending.open = open;
	}
	slow_end(&slow);
	if (!end_all(self, &ending) && open && open->pid != table_pid)
		end_inherited(self, &ending);
}

/* Whether the calling process is the one that the tables are about: see own_process. */
static void close_open_files(struct thread *self, unsigned first, unsigned last)
{
	struct slow slow;

	slow_begin(&slow, self);
	if (self ? own_process() : recorder_in_forked_child())
		open_files_close(first, last);
	slow_end(&slow);
}

/* A child of a fork that has no trace yet holds nothing: it gets none for this. */
void file_locks_end(unsigned first, unsigned last)
{
	struct ending ending = {.first = first, .last = last};
	struct thread *self = current_thread;
	struct stat file;

	if (self && self->busy)
		return;
	if (open_files_maybe(first, last))
		close_open_files(self, first, last);
	else if (!otherwise_held)
		return;
	if (!self || !file_locks_held)
		return;
	if (first == last && otherwise_held) {
		if (sys_fstat((int)first, &file))
			return;
		ending.file = &file;
	}
	end_all(self, &ending);
}
