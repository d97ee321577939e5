#include "live_files.h"
#include "live_lock.h"
#include "live_stack.h"
#include "xalloc.h"
#include <ctype.h>
#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <unistd.h>

/* A lock that others are blocked by, in the kernel's words, without its number. */
struct blocker {
	char *words;
	bool found; /* in some process */
};

struct search {
	const struct model *model;
	const struct lock *lock;
	pid_t pid;	 /* of who waits */
	bool whole_file; /* flock */
	struct blocker *blockers;
	size_t count;
	struct wait_enders *enders;
};

/* "3: -> FLOCK  ADVISORY  WRITE 42 fe:00:1234 0 EOF": what follows the number and the arrow. */
static char *words_of(char *line, bool *waits)
{
	char *words = strchr(line, ':');

	if (!words)
		return line + strlen(line);
	words += 1 + strspn(words + 1, " ");
	*waits = !strncmp(words, "->", 2);
	if (*waits)
		words += 2 + strspn(words + 2, " ");
	words[strcspn(words, "\n")] = '\0';
	return words;
}

/* Whether these are the words of what the thread waits for. */
static bool is_wanted(const struct search *search, const char *words)
{
	unsigned major_number, minor_number;
	uint64_t inode;
	char class[16];
	int pid;

	if (sscanf(words, "%15s %*s %*s %d %x:%x:%" SCNu64, class, &pid, &major_number,
		   &minor_number, &inode) != 5)
		return false;
	return inode == search->lock->inode && major_number == major(search->lock->device) &&
	       minor_number == minor(search->lock->device) &&
	       !strcmp(class, "FLOCK") == search->whole_file &&
	       (pid == search->pid || !strcmp(class, "OFDLCK"));
}

static void add_blocker(struct search *search, const char *words)
{
	for (size_t i = 0; i < search->count; i++)
		if (!strcmp(search->blockers[i].words, words))
			return;
	search->blockers =
		xreallocarray(search->blockers, search->count + 1, sizeof(*search->blockers));
	search->blockers[search->count++] = (struct blocker){.words = xstrdup(words)};
}

/* Those that are blocked follow what they are blocked by. */
static void list_blockers(struct search *search)
{
	FILE *file = fopen("/proc/locks", "re");
	char *line = NULL, *last = NULL;
	size_t room = 0;

	while (file && getline(&line, &room, file) > 0) {
		bool waits = false;
		const char *words = words_of(line, &waits);

		if (!waits) {
			free(last);
			last = xstrdup(words);
		} else if (last && is_wanted(search, words)) {
			add_blocker(search, last);
		}
	}
	free(last);
	free(line);
	if (file)
		fclose(file);
}

/* Whether that descriptor's open file has one of the locks. */
static bool look_at_file(const struct search *search, FILE *file)
{
	char *line = NULL;
	size_t room = 0;
	bool any = false, waits;

	while (getline(&line, &room, file) > 0) {
		const char *words;

		if (strncmp(line, "lock:", 5))
			continue;
		words = words_of(line + 5, &waits);
		for (size_t i = 0; i < search->count; i++) {
			if (strcmp(search->blockers[i].words, words))
				continue;
			search->blockers[i].found = any = true;
		}
	}
	free(line);
	return any;
}

static bool look_at_process(const struct search *search, const char *pid)
{
	char *path = xasprintf("/proc/%s/fdinfo", pid);
	DIR *directory = opendir(path);
	const struct dirent *entry;
	bool any = false;

	free(path);
	while (directory && (entry = readdir(directory))) {
		FILE *file;

		if (!isdigit((unsigned char)*entry->d_name))
			continue;
		path = xasprintf("/proc/%s/fdinfo/%s", pid, entry->d_name);
		file = fopen(path, "re");
		free(path);
		if (!file)
			continue;
		any |= look_at_file(search, file);
		fclose(file);
	}
	if (directory)
		closedir(directory);
	return any;
}

/* False: somebody has it who is not recorded. */
static bool list_processes(const struct search *search)
{
	DIR *directory = opendir("/proc");
	struct wait_enders *enders = search->enders;
	const struct dirent *entry;
	bool good = directory;

	while (good && (entry = readdir(directory))) {
		uint32_t process;

		if (!isdigit((unsigned char)*entry->d_name) ||
		    !look_at_process(search, entry->d_name))
			continue;
		process = live_process_find(search->model, (pid_t)atoi(entry->d_name));
		good = process != NO_INDEX;
		enders->processes = xreallocarray(enders->processes, enders->count + 1,
						  sizeof(*enders->processes));
		enders->processes[enders->count++] = process;
	}
	if (directory)
		closedir(directory);
	return good;
}

/* Something that nobody has may be on its way to somebody (SCM_RIGHTS). */
static bool all_found(const struct search *search)
{
	for (size_t i = 0; i < search->count; i++)
		if (!search->blockers[i].found)
			return false;
	return search->count > 0;
}

static void find(struct search *search)
{
	list_blockers(search);
	if (search->count && !(list_processes(search) && all_found(search)))
		search->enders->count = 0;
	for (size_t i = 0; i < search->count; i++)
		free(search->blockers[i].words);
	free(search->blockers);
}

/* What was found for another thread of the process that waits for the same; NULL. */
static const struct wait_enders *find_same(const struct model *model, uint32_t thread,
					   const struct wait_enders *enders)
{
	const struct held *held = &model->helds[model->threads[thread].held];

	for (uint32_t i = 0; i < thread; i++) {
		const struct held *other = model->threads[i].held == NO_INDEX
						   ? NULL
						   : &model->helds[model->threads[i].held];

		if (other && enders[i].count && other->want_taken == held->want_taken &&
		    other->want_op == held->want_op)
			return &enders[i];
	}
	return NULL;
}

void live_files_find(const struct model *model, uint32_t thread, const struct live_thread *live,
		     struct wait_enders *enders)
{
	const struct held *held = &model->helds[model->threads[thread].held];
	const struct wait_enders *same;
	struct search search = {.model = model, .enders = &enders[thread]};

	if (!held->want || op_kind(held->want_op) != TRACE_LOCK_file ||
	    held->want_lock == NO_INDEX || !live->call_known)
		return;
	same = find_same(model, thread, enders);
	if (same) {
		enders[thread].processes = xcalloc(same->count, sizeof(*same->processes));
		memcpy(enders[thread].processes, same->processes,
		       same->count * sizeof(*same->processes));
		enders[thread].count = same->count;
		return;
	}
	search.lock = &model->locks[held->want_lock];
	search.pid = (pid_t)model->processes[model->threads[thread].process].pid;
	search.whole_file = live->call == SYS_flock;
	if (search.lock->has_identity)
		find(&search);
}

/* How the call waits for a lock: enum trace_op; 0: it does not. */
static uint16_t op_of(pid_t pid, const struct live_thread *live)
{
	struct flock range = {.l_type = F_WRLCK};
	struct iovec to = {&range, sizeof(range)};
	struct iovec from = {(void *)(uintptr_t)live->arguments[2], sizeof(range)};

	if (live->call == SYS_flock) {
		if (live->arguments[1] & (LOCK_NB | LOCK_UN))
			return 0;
		return live->arguments[1] & LOCK_SH ? TRACE_OP_flock_shared : TRACE_OP_flock;
	}
	if (live->call != SYS_fcntl ||
	    (live->arguments[1] != F_SETLKW && live->arguments[1] != F_OFD_SETLKW))
		return 0;
	if (process_vm_readv(pid, &to, 1, &from, 1, 0) == sizeof(range) && range.l_type == F_RDLCK)
		return TRACE_OP_fcntl_lock_shared;
	return TRACE_OP_fcntl_lock;
}

/* Of a file that is open there. NO_INDEX: it is none. */
static uint32_t add_lock(struct model *model, uint32_t process, unsigned fd, uint32_t stack)
{
	char *link = xasprintf("/proc/%u/fd/%u", model->processes[process].pid, fd), path[4096];
	ssize_t length = readlink(link, path, sizeof(path));
	struct stat file;
	bool good = !stat(link, &file) && length > 0;
	struct lock *lock;
	uint32_t index;

	free(link);
	if (!good)
		return NO_INDEX;
	index = live_lock_add(model, process, TRACE_LOCK_file, stack);
	lock = &model->locks[index];
	lock->given_name = xasprintf("file %.*s", (int)length, path);
	lock->has_identity = true;
	lock->device = file.st_dev;
	lock->inode = file.st_ino;
	lock->of_open_file = true;
	return index;
}

bool live_files_add(struct model *model, uint32_t index, const struct live_thread *live)
{
	uint32_t process = model->threads[index].process, stack, lock;
	pid_t pid = (pid_t)model->processes[process].pid;
	uint16_t op = op_of(pid, live);
	struct held *held;

	if (!op)
		return false;
	stack = live_stack_add(model, process, pid, live);
	lock = add_lock(model, process, (unsigned)live->arguments[0], stack);
	if (lock == NO_INDEX)
		return false;
	held = live_held(model, index);
	held->want = 1; /* its address means nothing */
	held->want_op = op;
	held->want_thread = NO_INDEX;
	held->want_stack = stack;
	held->want_lock = held->want_taken = lock;
	return true;
}
