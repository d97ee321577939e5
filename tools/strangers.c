#include "strangers.h"
#include "xalloc.h"
#include <ctype.h>
#include <dirent.h>
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
	bool read;

	free(path);
	if (!file)
		return false;
	read = fgets(line, sizeof(line), file);
	fclose(file);
	behind = read ? strrchr(line, ')') : NULL;
	return behind && sscanf(behind + 1, " %c %d", state, parent) == 2;
}

static bool is_known(const struct model *model, pid_t pid)
{
	for (size_t i = 0; i < model->process_count; i++)
		if ((pid_t)model->processes[i].pid == pid &&
		    model->processes[i].end == TRACE_END_running)
			return true;
	return false;
}

static bool is_stranger(const struct model *model, const char *name)
{
	char state;
	int parent;

	return isdigit((unsigned char)*name) && !is_known(model, (pid_t)atoi(name)) &&
	       read_stat(name, &state, &parent) && state != 'Z' && state != 'X' &&
	       is_known(model, parent);
}

bool strangers_are_there(const struct model *model)
{
	DIR *directory = opendir("/proc");
	const struct dirent *entry;
	bool found = false;

	while (directory && !found && (entry = readdir(directory)))
		found = is_stranger(model, entry->d_name);
	if (directory)
		closedir(directory);
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
