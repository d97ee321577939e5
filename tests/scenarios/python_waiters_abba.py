"""Two threads hand over to each other many times through a condition, for each wait of which Python
makes a lock that the other thread releases. Then two locks that are made where those were, as far
as the native stacks tell, are taken in opposite orders, each twice in its life.
"""
# EXPECT lock-order potential
# OUTPUT 3000
import threading
import time

ROUNDS = 3000
condition = threading.Condition()
turn = stage = 0


def play(mine):
    global turn
    for _ in range(ROUNDS // 2):
        with condition:
            while turn % 2 != mine:
                condition.wait()
            turn += 1
            condition.notify()


def run(*calls):
    threads = [threading.Thread(target=call, args=arguments) for call, *arguments in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def await_stage(number):
    """For a bounded time only, so that nothing rules out that the sides meet."""
    for _ in range(5000):
        if stage >= number:
            return
        time.sleep(0.001)


def take(number, outer, inner):
    global stage
    await_stage(number)
    with outer:
        with inner:
            pass
    stage = number + 1


run((play, 0), (play, 1))
first, second = threading._allocate_lock(), threading._allocate_lock()
run((take, 0, first, second), (take, 1, second, first))
print(turn)
