/*
 * What the calls return, and errno, is as ever while a lock is held: success leaves errno alone,
 * failure sets it. So it is for the checked names that _FORTIFY_SOURCE leads to.
 */
/* EXPECT none */
#include "scenario.h"
#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room);
ssize_t __pread_chk(int fd, void *buffer, size_t size, off_t at, size_t room);
ssize_t __pread64_chk(int fd, void *buffer, size_t size, off64_t at, size_t room);
ssize_t __recv_chk(int fd, void *buffer, size_t size, size_t room, int flags);
int __poll_chk(struct pollfd *fds, nfds_t count, int limit, size_t room);

static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;

/* With an errno that no call sets. */
#define GIVES(call, result) \
	do { \
		errno = 12345; \
		CHECK((call) == (result) && errno == 12345); \
	} while (0)
#define FAILS(call, error) \
	do { \
		errno = 0; \
		CHECK((call) == -1 && errno == (error)); \
	} while (0)

static void use_file(void)
{
	char name[] = "blocking-XXXXXX", buffer[8];
	int fd = mkstemp(name);
	struct iovec part = {buffer, 2};

	CHECK(fd >= 0 && unlink(name) == 0);
	GIVES(write(fd, "abcdef", 6), 6);
	GIVES(pwrite(fd, "x", 1, 5), 1);
	GIVES(pwritev(fd, &(struct iovec){"y", 1}, 1, 4), 1);
	GIVES(pread(fd, buffer, 3, 3), 3);
	CHECK(memcmp(buffer, "dyx", 3) == 0);
	GIVES(__pread_chk(fd, buffer, 1, 1, sizeof(buffer)), 1);
	GIVES(__pread64_chk(fd, buffer, 1, 1, sizeof(buffer)), 1);
	CHECK(buffer[0] == 'b');
	GIVES(preadv(fd, &part, 1, 0), 2);
	GIVES(preadv2(fd, &part, 1, 2, 0), 2);
	CHECK(memcmp(buffer, "cd", 2) == 0);
	GIVES(read(fd, buffer, 1), 0);
	GIVES(__read_chk(fd, buffer, 1, sizeof(buffer)), 0);
	GIVES(fsync(fd), 0);
	GIVES(fdatasync(fd), 0);
	CHECK(close(fd) == 0);
	FAILS(read(fd, buffer, 1), EBADF);
	FAILS(write(fd, buffer, 1), EBADF);
	FAILS(readv(fd, &part, 1), EBADF);
	FAILS(fsync(fd), EBADF);
	FAILS(__read_chk(fd, buffer, 1, sizeof(buffer)), EBADF);
}

static void use_sockets(void)
{
	const struct sockaddr_in nowhere = {.sin_family = AF_INET};
	struct addrinfo hints = {.ai_flags = AI_NUMERICHOST}, *found;
	struct pollfd ready;
	char byte = 'z';
	int pair[2];

	CHECK(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0);
	GIVES(send(pair[0], "ab", 2, 0), 2);
	ready = (struct pollfd){.fd = pair[1], .events = POLLIN};
	GIVES(poll(&ready, 1, 0), 1);
	GIVES(__poll_chk(&ready, 1, 0, sizeof(ready)), 1);
	GIVES(recv(pair[1], &byte, 1, 0), 1);
	CHECK(byte == 'a');
	GIVES(__recv_chk(pair[1], &byte, 1, 1, 0), 1);
	CHECK(byte == 'b');
	FAILS(recv(pair[1], &byte, 1, MSG_DONTWAIT), EAGAIN);
	FAILS(accept(pair[0], NULL, NULL), EINVAL);
	FAILS(connect(-1, (const struct sockaddr *)&nowhere, sizeof(nowhere)), EBADF);
	CHECK(getaddrinfo("127.0.0.1", "80", &hints, &found) == 0);
	CHECK(((struct sockaddr_in *)found->ai_addr)->sin_addr.s_addr == htonl(INADDR_LOOPBACK));
	freeaddrinfo(found);
	CHECK(getaddrinfo("no number", "80", &hints, &found) == EAI_NONAME);
}

int main(void)
{
	const struct timespec bad = {0, -1}, nothing = {0, 0};
	int status = -1;

	pthread_mutex_lock(&m);
	use_file();
	use_sockets();
	GIVES(nanosleep(&nothing, NULL), 0);
	FAILS(nanosleep(&bad, NULL), EINVAL);
	CHECK(clock_nanosleep(CLOCK_MONOTONIC, 0, &bad, NULL) == EINVAL);
	FAILS(wait(&status), ECHILD);
	FAILS(waitpid(-1, &status, 0), ECHILD);
	CHECK(status == -1);
	pthread_mutex_unlock(&m);
	return 0;
}
