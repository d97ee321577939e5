/*
 * Which thread record is behind a handle. A handle is known from the thread's creation, or its
 * first sign of life, until it has been joined, or has ended detached; then it is nobody's, or
 * another thread's. Under the recorder's lock. Who asks for one: threads_behind (recorder.h).
 */
#ifndef GORDIAN_THREAD_HANDLES_H
#define GORDIAN_THREAD_HANDLES_H

#include <pthread.h>
#include <stdint.h>

/* The handle is that thread's from now on. */
void thread_handles_put(pthread_t handle, uint32_t ref);
void thread_handles_remove(pthread_t handle);
/* A new trace. */
void thread_handles_reset(void);

#endif
