/*
 * Signals that the program asks the kernel to send it after a time (alarm and its kin): who has
 * none of these waits until somebody else does something.
 */
#ifndef GORDIAN_ALARMS_H
#define GORDIAN_ALARMS_H

/* At the start of the process image: the one before it may have asked (alarm(2), execve(2)). */
void alarms_begin(void);
/* Writes down that the process has asked for some, if it has. Under the recorder's lock. */
void alarms_write(void);
/* A new trace. Under the recorder's lock. */
void alarms_unwritten(void);

#endif
