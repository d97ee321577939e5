#include "live_futex.h"
#include "live_lock.h"
#include "live_stack.h"
#include "xalloc.h"
#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <linux/futex.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>

bool live_in_futex(const struct live_thread *thread, bool limited)
{
	unsigned command = thread->arguments[1] & FUTEX_CMD_MASK;

	return thread->call == SYS_futex && (limited || !thread->arguments[3]) &&
	       (command == FUTEX_WAIT || command == FUTEX_WAIT_BITSET || command == FUTEX_LOCK_PI ||
		command == FUTEX_WAIT_REQUEUE_PI);
}

/* Whether the address lies in a private mapping: proc(5), /proc/PID/maps. */
static bool is_private(pid_t pid, uint64_t address)
{
	char *path = xasprintf("/proc/%d/maps", (int)pid), *line = NULL;
	FILE *file = fopen(path, "re");
	uint64_t start, end;
	bool found = false;
	char access[5];
	size_t room = 0;

	free(path);
	while (file && !found && getline(&line, &room, file) > 0)
		found = sscanf(line, "%" SCNx64 "-%" SCNx64 " %4s", &start, &end, access) == 3 &&
			address >= start && address < end;
	free(line);
	if (file)
		fclose(file);
	return found && access[3] == 'p';
}

bool live_futex_is_own(pid_t pid, const struct live_thread *thread)
{
	return thread->arguments[1] & FUTEX_PRIVATE_FLAG || is_private(pid, thread->arguments[0]);
}

#define SHARED_DIRECTORY "/dev/shm/" /* of shm_open and sem_open (glibc) */

/* What sem_open maps has lost its first name at once, and has another. */
static bool has_name(uint64_t inode)
{
	DIR *directory = opendir(SHARED_DIRECTORY);
	bool found = !directory;
	const struct dirent *entry;

	while (!found && (entry = readdir(directory)))
		found = entry->d_ino == inode;
	if (directory)
		closedir(directory);
	return found;
}

/* "7f5a00000000-7f5a00001000 rw-s 00000000 00:01 1234   /dev/shm/sem.x (deleted)" */
static bool is_nameless(const char *line, const struct lock *lock)
{
	unsigned major_number, minor_number;
	uint64_t inode;
	int path = 0;

	return sscanf(line, "%*s %*s %*s %x:%x %" SCNu64 " %n", &major_number, &minor_number,
		      &inode, &path) == 3 &&
	       inode == lock->inode &&
	       lock->device == ((uint64_t)major_number << 32 | minor_number) && path &&
	       !strncmp(line + path, SHARED_DIRECTORY, strlen(SHARED_DIRECTORY)) &&
	       strstr(line + path, " (deleted)\n") && !has_name(inode);
}

static bool lies_nameless(pid_t pid, const struct lock *lock)
{
	char *path = xasprintf("/proc/%d/maps", (int)pid), *line = NULL;
	FILE *file = fopen(path, "re");
	bool found = false;
	size_t room = 0;

	free(path);
	while (file && !found && getline(&line, &room, file) > 0)
		found = is_nameless(line, lock);
	free(line);
	if (file)
		fclose(file);
	return found;
}

void live_memory_enclose(struct model *model)
{
	for (size_t i = 0; i < model->held_count; i++) {
		const struct held *held = &model->helds[i];
		const struct thread *thread = &model->threads[held->thread];
		struct lock *lock = held->want && held->want_lock != NO_INDEX
					    ? &model->locks[held->want_lock]
					    : NULL;

		if (lock && lock->has_identity && lock->kind != TRACE_LOCK_file &&
		    lock_is_open(lock))
			lock->enclosed =
				lies_nameless((pid_t)model->processes[thread->process].pid, lock);
	}
}

static bool task_sleeps(pid_t pid, const char *task)
{
	struct live_thread thread;

	return live_call_read(&thread, pid, atoi(task)) &&
	       (live_in_futex(&thread, false) || thread.call == SYS_flock ||
		thread.call == SYS_fcntl);
}

bool live_all_sleep(pid_t pid)
{
	char *path = xasprintf("/proc/%d/task", (int)pid);
	DIR *directory = opendir(path);
	const struct dirent *entry;
	bool any = false, all = true;

	free(path);
	while (directory && all && (entry = readdir(directory))) {
		if (!isdigit((unsigned char)*entry->d_name))
			continue;
		any = true;
		all = task_sleeps(pid, entry->d_name);
	}
	if (directory)
		closedir(directory);
	return any && all;
}

/* That which others wait on already, or a new one. */
static uint32_t find_lock(struct model *model, uint32_t process, uint64_t address, uint32_t stack)
{
	uint32_t lock;

	for (size_t i = 0; i < model->lock_count; i++)
		if (model->locks[i].kind == TRACE_LOCK_futex &&
		    model->locks[i].process == process && model->locks[i].address == address)
			return (uint32_t)i;
	lock = live_lock_add(model, process, TRACE_LOCK_futex, stack);
	model->locks[lock].address = address;
	model->locks[lock].generation = stack == NO_INDEX ? 0 : model->stacks[stack].generation;
	return lock;
}

/* Where the lock of a stream is: its first word is what is waited on (glibc 2.2 and later). */
static uint64_t stream_lock(pid_t pid, uint64_t stream)
{
	uint64_t lock = 0;
	struct iovec to = {&lock, sizeof(lock)};
	struct iovec from = {(char *)(uintptr_t)stream + offsetof(FILE, _lock), sizeof(lock)};

	return process_vm_readv(pid, &to, 1, &from, 1, 0) == sizeof(lock) ? lock : 0;
}

/* A stream on a held stack whose lock is at that address. NO_INDEX: none. */
static uint32_t stream_at(const struct model *model, const struct held *held, pid_t pid,
			  uint64_t address)
{
	for (uint32_t i = 0; i < held->depth; i++) {
		const struct node *node =
			held->nodes[i] == NO_INDEX ? NULL : &model->nodes[held->nodes[i]];

		if (node && (node->op == TRACE_OP_flockfile || node->op == TRACE_OP_ftrylockfile) &&
		    stream_lock(pid, model->locks[node->lock].address) == address)
			return node->lock;
	}
	return NO_INDEX;
}

/*
 * What printf and its kin wait for inside of the C library: a stream that another thread of the
 * process has taken by flockfile.
 */
static uint32_t find_stream(const struct model *model, uint32_t process, pid_t pid,
			    uint64_t address)
{
	uint32_t found = NO_INDEX;

	for (size_t i = 0; i < model->held_count && found == NO_INDEX; i++)
		if (model->threads[model->helds[i].thread].process == process)
			found = stream_at(model, &model->helds[i], pid, address);
	return found;
}

void live_futex_add(struct model *model, uint32_t thread, pid_t pid, const struct live_thread *live)
{
	struct held *held = &model->helds[model->threads[thread].held];
	uint32_t process = model->threads[thread].process, stream;

	held->want = live->arguments[0];
	held->want_op = TRACE_OP_futex;
	held->unpublished = true;
	held->last_open = false;
	held->want_stack = live_stack_add(model, process, pid, live);
	stream = find_stream(model, process, pid, held->want);
	if (stream != NO_INDEX) {
		held->want = model->locks[stream].address;
		held->want_op = TRACE_OP_flockfile;
		held->want_lock = stream;
		return;
	}
	held->want_lock = find_lock(model, process, held->want, held->want_stack);
}
