#include "borrowers.h"
#include "strangers.h"
#include "xalloc.h"
#include <linux/kcmp.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A descriptor of a process can be read when that has ended (pidfd_open(2)). */
static bool is_left(int fd)
{
	struct pollfd poll_for = {.fd = fd, .events = POLLIN};

	return !poll(&poll_for, 1, 0);
}

static bool is_known(const struct borrowers *borrowers, pid_t pid)
{
	for (size_t i = 0; i < borrowers->count; i++)
		if (borrowers->items[i].pid == pid)
			return true;
	return false;
}

static void add(struct borrowers *borrowers, pid_t parent, pid_t pid)
{
	int fd;

	if (is_known(borrowers, pid))
		return;
	fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (fd < 0)
		return;
	/* Who is still there behind it is who was looked at. */
	if (syscall(SYS_kcmp, parent, pid, KCMP_VM, 0, 0) || !is_left(fd)) {
		close(fd);
		return;
	}
	borrowers->items =
		xreallocarray(borrowers->items, borrowers->count + 1, sizeof(*borrowers->items));
	borrowers->items[borrowers->count++] = (struct borrower){pid, fd};
}

void borrowers_find(struct borrowers *borrowers, pid_t parent)
{
	pid_t *pids;
	size_t count = children_list(parent, &pids);

	for (size_t i = 0; i < count; i++)
		add(borrowers, parent, pids[i]);
	free(pids);
}

bool borrowers_signal(const struct borrowers *borrowers, int signal)
{
	bool any = false;

	for (size_t i = 0; i < borrowers->count; i++) {
		if (!is_left(borrowers->items[i].fd))
			continue;
		any = true;
		if (signal)
			syscall(SYS_pidfd_send_signal, borrowers->items[i].fd, signal, NULL, 0);
	}
	return any;
}

void borrowers_free(struct borrowers *borrowers)
{
	for (size_t i = 0; i < borrowers->count; i++)
		close(borrowers->items[i].fd);
	free(borrowers->items);
	*borrowers = (struct borrowers){0};
}
