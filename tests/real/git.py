"""git where it uses threads: delta search of a repack, index-pack, grep, and a look at the files."""
import os
import random
import subprocess

from real import expect

PROGRAM = "git repack, index-pack, grep, status: 4 threads"
PACKAGES = {"git": "git"}
THREADS = 4 + 4 + 4
OPERATIONS = 200
JUDGED = []
COMMITS = 120
FILES = 600
SEED = 7
CONFIGURATION = ["-c", "pack.threads=4", "-c", "grep.threads=4", "-c", "index.threads=4",
                 "-c", "checkout.workers=1", "-c", "gc.auto=0", "-c", "safe.directory=*"]


def history():
    """A stream for git fast-import: many similar files, changed commit by commit."""
    chance = random.Random(SEED)
    words = ["".join(chance.choices("etaoinshrdlu", k=chance.randint(2, 9))) for _ in range(500)]
    files = {}
    for commit in range(COMMITS):
        text = f"commit {commit}"
        yield f"commit refs/heads/main\ncommitter A <a@b> {1700000000 + commit} +0000\n"
        yield f"data {len(text)}\n{text}\n"
        for number in range(FILES) if commit == 0 else chance.sample(range(FILES), 12):
            lines = files.get(number) or [" ".join(chance.choices(words, k=8)) for _ in range(60)]
            lines[chance.randrange(len(lines))] = " ".join(chance.choices(words, k=8))
            files[number] = lines
            text = "\n".join(lines) + "\n"
            yield f"M 644 inline d{number % 10}/file-{number}\ndata {len(text)}\n{text}\n"


def prepare(session, environment):
    """Not recorded."""
    for words, stream in ((["git", "init", "-q", "-b", "main", "repository"], None),
                          (["git", "-C", "repository", "fast-import", "--quiet"],
                           "".join(history())),
                          (["git", "-C", "repository", "reset", "-q", "--hard"], None)):
        done = subprocess.run(words, cwd=session.directory, input=stream, text=True, check=False,
                              env=dict(os.environ, **environment), stderr=subprocess.PIPE)
        expect(done.returncode == 0, f"{words} ended with {done.returncode}: {done.stderr}")


def pack_of(session):
    directory = session.path("repository/.git/objects/pack")
    packs = [name for name in os.listdir(directory) if name.endswith(".pack")]
    expect(len(packs) == 1, f"the packs are {packs}")
    return os.path.join(directory, packs[0])


def drive(session):
    environment = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1",
                   "GIT_CONFIG_COUNT": "0", "LC_ALL": "C"}
    prepare(session, environment)

    def git(*words):
        return session.run("git", "-C", "repository", *CONFIGURATION, *words,
                           environment=environment)

    result = {"repack": git("repack", "-q", "-a", "-d", "-f", "--window=20")}
    # Which deltas are found depends on how the threads share the work.
    result["index-pack"] = git("index-pack", "--threads=4", "-o", session.path("index"),
                               pack_of(session))[0]
    result["grep"] = git("grep", "--threads=4", "-c", "eta")
    result["status"] = git("-c", "core.preloadIndex=true", "status", "--porcelain")
    result["fsck"] = git("fsck", "--full", "--no-progress")
    return result
