/*
 * Where the player's objects lie, for whoever looks at its recording: object i of a program is the
 * lock at PLAYER_OBJECTS + i * PLAYER_STRIDE.
 */
#ifndef GORDIAN_PLAYER_H
#define GORDIAN_PLAYER_H

#define PLAYER_OBJECTS 0x100000000000u
#define PLAYER_STRIDE 4096u
#define PLAYER_MAX_OBJECTS 16u
#define PLAYER_ENDS 100u /* numbers of objects that stand for the ends of threads */

#endif
