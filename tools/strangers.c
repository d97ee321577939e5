#include "strangers.h"
#include "xalloc.h"
#include <ctype.h>
#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* State and parent, behind the name, which may have anything in it (proc(5)). */
static bool read_stat(const char *name, char *state, int *parent)
{
	char *path = xasprintf("/proc/%s/stat", name), line[512] = "";
	FILE *file = fopen(path, "re");
	const char *behind;

	free(path);
	if (!file)
		return false;
	line[fread(line, 1, sizeof(line) - 1, file)] = '\0';
	fclose(file);
	behind = strrchr(line, ')');
	return behind && sscanf(behind + 1, " %c %d", state, parent) == 2;
}

unsigned ancestors_count(pid_t pid)
{
	unsigned count = 0;
	char name[16], state;
	int parent = pid;

	/* Numbers may be used again meanwhile, so that it goes on in a circle. */
	while (parent > 0 && count < 1000) {
		snprintf(name, sizeof(name), "%d", parent);
		if (!read_stat(name, &state, &parent))
			break;
		count++;
	}
	return count;
}

static bool is_known(const struct model *model, pid_t pid)
{
	for (size_t i = 0; i < model->process_count; i++)
		if ((pid_t)model->processes[i].pid == pid &&
		    model->processes[i].end == TRACE_END_running)
			return true;
	return false;
}

/* A mapping that processes share. */
struct memory {
	uint64_t device, inode;
};

/* The memory of what threads wait for. */
static size_t list_memory(const struct model *model, struct memory **list)
{
	size_t count = 0;

	*list = xcalloc(model->held_count, sizeof(**list));
	for (size_t i = 0; i < model->held_count; i++) {
		const struct held *held = &model->helds[i];
		const struct lock *lock = held->want && held->want_lock != NO_INDEX
						  ? &model->locks[held->want_lock]
						  : NULL;

		if (lock && lock->has_identity && lock->kind != TRACE_LOCK_file)
			(*list)[count++] = (struct memory){lock->device, lock->inode};
	}
	return count;
}

/* A line of /proc/PID/maps (proc(5)). */
static bool is_of(const char *line, const struct memory *memory)
{
	unsigned major_number, minor_number;
	uint64_t inode;

	return sscanf(line, "%*s %*s %*s %x:%x %" SCNu64, &major_number, &minor_number, &inode) ==
		       3 &&
	       inode == memory->inode &&
	       memory->device == ((uint64_t)major_number << 32 | minor_number);
}

static bool has_memory(const char *name, const struct memory *list, size_t count)
{
	char *path = xasprintf("/proc/%s/maps", name), *line = NULL;
	FILE *file = count ? fopen(path, "re") : NULL;
	size_t room = 0;
	bool found = false;

	free(path);
	while (file && !found && getline(&line, &room, file) > 0)
		for (size_t i = 0; !found && i < count; i++)
			found = is_of(line, &list[i]);
	free(line);
	if (file)
		fclose(file);
	return found;
}

static bool is_stranger(const struct model *model, const char *name, const struct memory *list,
			size_t count)
{
	char state;
	int parent;

	if (!isdigit((unsigned char)*name) || is_known(model, (pid_t)atoi(name)) ||
	    !read_stat(name, &state, &parent) || state == 'Z' || state == 'X')
		return false;
	return is_known(model, parent) || has_memory(name, list, count);
}

bool strangers_are_there(const struct model *model)
{
	DIR *directory = opendir("/proc");
	const struct dirent *entry;
	bool found = false;
	struct memory *list;
	size_t count = list_memory(model, &list);

	while (directory && !found && (entry = readdir(directory)))
		found = is_stranger(model, entry->d_name, list, count);
	if (directory)
		closedir(directory);
	free(list);
	return found;
}

size_t children_list(pid_t parent, pid_t **pids)
{
	DIR *directory = opendir("/proc");
	const struct dirent *entry;
	size_t count = 0;
	int its_parent;
	char state;

	*pids = NULL;
	while (directory && (entry = readdir(directory))) {
		if (!isdigit((unsigned char)*entry->d_name) ||
		    !read_stat(entry->d_name, &state, &its_parent) || its_parent != parent ||
		    state == 'Z' || state == 'X')
			continue;
		*pids = xreallocarray(*pids, count + 1, sizeof(**pids));
		(*pids)[count++] = (pid_t)atoi(entry->d_name);
	}
	if (directory)
		closedir(directory);
	return count;
}
