/* The record of tasks of OpenMP, as trace_format.h has those of the rest; and its codes. */
#ifndef GORDIAN_TRACE_TASKS_H
#define GORDIAN_TRACE_TASKS_H

/* What a thread did with tasks of OpenMP: K(code, name, what it is). */
#define TRACE_TASK_KINDS(K) \
	K(1, begun, "begins a task") \
	K(2, ended, "has ended a task") \
	K(3, waited, "has waited for tasks") \
	K(4, fence, "is past all that was done before") \
	K(5, lost, "does tasks that are not told apart")

enum trace_task_kind {
#define K(code, name, help) TRACE_TASK_##name = code,
	TRACE_TASK_KINDS(K)
#undef K
};

/* Bits of task.flags. */
#define TRACE_TASK_UNWAITED 1u /* its creator's waits for tasks may not be for this one */
#define TRACE_TASK_INSIDE 2u   /* the thread held something when it began it */
#define TRACE_TASK_WITHIN 4u   /* its creator went on in create_epoch after that */

/*
 * What a thread does in an explicit task others may do in its place, at another time: of two tasks
 * the order in which it happened to do them says nothing. In epochs >= epoch the thread is in the
 * task `number`. What it did in epochs < fence was over before all that it did in epochs >= fence
 * began, whichever task that was in. Of each thread in the order of their epochs. Kinds:
 *
 *	begun	the task begins. Its creator was in creator_number then, in epochs <= create_epoch.
 *	ended	the task that it was in is over.
 *	waited	so are all that the task `number` created in epochs >= since of this thread.
 *	fence	see above. What it did in epochs between since and fence was over, too, before any
 *		other thread went on that waited for what it did in epochs <= since; 0: nothing.
 *	lost	from here on it is not known which tasks it is in, until another one says so.
 */
#define TRACE_FIELDS_task(F, A) \
	F(uint32_t, thread, "thread reference") \
	F(uint16_t, kind, "enum trace_task_kind") \
	F(uint16_t, flags, "TRACE_TASK_ bits") \
	F(uint32_t, epoch, "of the thread, from which on that is so") \
	F(uint32_t, number, "1, 2, …: a task of this image; 0: none that is explicit") \
	F(uint32_t, creator, "thread reference: who created the task; 0: not known") \
	F(uint32_t, creator_number, "the task that this thread was in then") \
	F(uint32_t, create_epoch, "of the creator") \
	F(uint32_t, since, "an epoch; of waited") \
	F(uint32_t, fence, "an epoch; 0: none is known") \
	F(uint32_t, zero, "0")

#endif
