/*
 * Locks on files, as far as this process holds them.
 *
 * A file lock is known by what the kernel knows it by: the file (device and inode), the kind of
 * lock, for record locks the range, and whose it is: the process's, or an open file's
 * (open_files.h). Its address, as far as the recorder needs one, is that of its struct file_lock.
 * The same lock has the same identity in every process, whoever has it; the open_file record says
 * which of them belong to one open file, and so do not keep each other out.
 *
 * Such a lock belongs to the process or to an open file, not to the thread that took it. It is
 * recorded as a hold of that thread for as long as that is certain:
 *  - any close that may end it is taken for its end, unless a duplicate is known to keep it;
 *  - record locks end in the part of a range that is unlocked: the whole is taken for ended;
 *  - when another thread gives it back, or may have, the lock turns out to be none that is held by
 *    threads, and counts for nothing from then on;
 *  - a child of a fork holds nothing that it inherited. That an open file is its parent's as well,
 *    which did not lock it before the fork, is written down.
 * So a hold can be missed, but none lasts longer than the real one.
 */
#ifndef GORDIAN_FILE_LOCKS_H
#define GORDIAN_FILE_LOCKS_H

#include "open_files.h"
#include "recorder.h"

enum file_class {
	FILE_FLOCK,  /* flock: of the open file */
	FILE_RECORD, /* fcntl, lockf: of the process */
	FILE_OPEN, /* fcntl with F_OFD_…: of the open file, on the same records as FILE_RECORD */
};

/* What a call asks for: bytes first … last, which are 0 … UINT64_MAX for flock. */
struct file_range {
	enum file_class class;
	uint64_t first, last;
};

struct file_lock;

/* How many are held; may be read without the recorder's lock. */
extern uint32_t file_locks_held;

/* The lock that a call on that descriptor is about. NULL: it is not to be recorded. */
struct file_lock *file_lock_find(struct thread *self, int fd, const struct file_range *range);
/* The thread has it now in that mode, through that descriptor. False: it did before, or another
 * thread does. */
bool file_lock_take(struct thread *self, struct file_lock *lock, int fd, bool shared);
/*
 * The thread is about to ask for it. False: it has it already, in that mode, and the call changes
 * nothing. A change of mode gives a flock back first (flock(2)), and a record lock when it comes
 * about (fcntl(2)).
 */
bool file_lock_ask(struct thread *self, struct file_lock *lock, bool shared);
/* The process gives back what lies in the range. */
void file_locks_release(struct thread *self, int fd, const struct file_range *range);
/* Whether the end of a descriptor may mean anything; by calls that would rather do nothing. */
static inline bool file_locks_any(void)
{
	return file_locks_held || open_files_known;
}

/* Descriptors first … last are about to be closed. */
void file_locks_end(unsigned first, unsigned last);
static inline void file_locks_close(unsigned first, unsigned last)
{
	if (unlikely(file_locks_any()))
		file_locks_end(first, last);
}

/* Writes the name and the identity of a file lock whose record was just made, for the thread that
 * takes it. Under the recorder's lock. */
void file_lock_identity(uint32_t lock_ref, const void *lock);

#endif
