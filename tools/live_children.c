#include "live_children.h"
#include "live_lock.h"
#include "live_stack.h"
#include "strangers.h"
#include "xalloc.h"
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* Whether it is a wait for children without an end; *child: which one, 0: any. */
static bool is_wait(const struct live_thread *thread, pid_t *child)
{
	bool by_id = thread->call == SYS_waitid;
	uint64_t options = thread->arguments[by_id ? 3 : 2];
	int32_t pid = (int32_t)thread->arguments[by_id];

	if (!by_id && thread->call != SYS_wait4)
		return false;
	if (by_id && thread->arguments[0] != P_PID)
		pid = 0;
	*child = pid > 0 ? pid : 0;
	return !(options & WNOHANG);
}

static bool task_waits(pid_t pid, const char *task)
{
	struct live_thread thread;
	pid_t child;

	return live_call_read(&thread, pid, atoi(task)) && is_wait(&thread, &child);
}

bool live_awaits_child(pid_t pid)
{
	char *path = xasprintf("/proc/%d/task", (int)pid);
	DIR *directory = opendir(path);
	const struct dirent *entry;
	bool found = false;

	free(path);
	while (directory && !found && (entry = readdir(directory)))
		found = isdigit((unsigned char)*entry->d_name) && task_waits(pid, entry->d_name);
	if (directory)
		closedir(directory);
	return found;
}

void live_children_find(const struct model *model, uint32_t thread, const struct live_thread *live,
			struct wait_enders *enders)
{
	pid_t parent = (pid_t)model->processes[model->threads[thread].process].pid, child;
	bool known = true;
	pid_t *pids;
	size_t count;

	if (!is_wait(live, &child))
		return;
	count = children_list(parent, &pids);
	enders->processes = xcalloc(count, sizeof(*enders->processes));
	enders->all_children = !child || (count == 1 && pids[0] == child);
	for (size_t i = 0; i < count; i++) {
		uint32_t process;

		if (child && pids[i] != child)
			continue;
		process = live_process_find(model, pids[i]);
		known = known && process != NO_INDEX;
		enders->processes[enders->count++] = process;
	}
	if (!known)
		enders->count = 0;
	free(pids);
}

static uint32_t add_lock(struct model *model, uint32_t process, pid_t child, uint32_t stack)
{
	uint32_t lock = live_lock_add(model, process, TRACE_LOCK_process, stack);

	model->locks[lock].address = TRACE_CHILD_ADDRESS((uint32_t)child);
	return lock;
}

bool live_children_add(struct model *model, uint32_t index, const struct live_thread *live)
{
	uint32_t process = model->threads[index].process;
	struct held *held;
	pid_t child;

	if (!is_wait(live, &child))
		return false;
	held = live_held(model, index);
	held->want = TRACE_CHILD_ADDRESS((uint32_t)child);
	held->want_op = live->call == SYS_waitid ? TRACE_OP_waitid : TRACE_OP_wait4;
	held->want_thread = NO_INDEX;
	held->want_stack =
		live_stack_add(model, process, (pid_t)model->processes[process].pid, live);
	held->want_lock = add_lock(model, process, child, held->want_stack);
	held->want_taken = held->want_lock;
	return true;
}
