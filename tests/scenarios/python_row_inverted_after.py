"""The near miss of python_row_inverted.py: the first thread takes the locks when it has joined the one that
takes them the other way round.
"""
# EXPECT lock-order discharged sync-order
# THREADS 601
# TRACE <=3072
import threading

a, b = threading.Lock(), threading.Lock()


def work(number):
    with b:
        pass
    if number == 400:
        with b:
            with a:
                pass


for number in range(600):
    thread = threading.Thread(target=work, args=(number,))
    thread.start()
    thread.join()
    if number == 400:
        with a:
            with b:
                pass
