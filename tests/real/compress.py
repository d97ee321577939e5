"""What the tests of compressors share: input that is the same each time, and a pass of compressing
and expanding.
"""
import hashlib
import random

SEED = 20


def make_input(path, size):
    """Text of random words: compresses about as text does."""
    chance = random.Random(SEED)
    words = [bytes(chance.choices(b"etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(5000)]
    with open(path, "wb") as file:
        while file.tell() < size:
            file.write(b" ".join(chance.choices(words, k=2000)) + b"\n")


def digest(data):
    return hashlib.sha256(data).hexdigest()


def there_and_back(session, size, compress, expand, packed_name):
    """Both commands read a file whose name is appended and write to standard output."""
    make_input(session.path("input"), size)
    code, packed, err = session.run(*compress, "input")
    with open(session.path(packed_name), "wb") as file:
        file.write(packed)
    code_back, unpacked, err_back = session.run(*expand, packed_name)
    with open(session.path("input"), "rb") as file:
        same = file.read() == unpacked
    return {"exit code of compressing": code, "compressed": (len(packed), digest(packed)),
            "standard error of compressing": err, "exit code of expanding": code_back,
            "standard error of expanding": err_back, "expanded is the input": same}
