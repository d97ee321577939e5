"""x265 with a pool of two workers and two frame threads: codecs wake each other row by row."""
from compress import digest
from video import BYTES, FRAMES, HEIGHT, WIDTH, make_video

PROGRAM = "x265 --pools 2 --frame-threads 2"
PACKAGES = {"x265": "x265"}
THREADS = 5  # main, two workers, two frame encoders
OPERATIONS = 2 * FRAMES * (HEIGHT // 64)  # each row of blocks of a frame is a task
JUDGED = []


def drive(session):
    make_video(session.path("video.yuv"))
    code, _, err = session.run(
        "x265", "--input", "video.yuv", "--input-res", f"{WIDTH}x{HEIGHT}", "--fps", "25",
        "--preset", "veryfast", "--pools", "2", "--frame-threads", "2", "--wpp", "--no-progress",
        "--log-level", "error", "--no-info", "-o", "video.hevc")
    with open(session.path("video.hevc"), "rb") as file:
        packed = file.read()
    return {"exit code": code, "standard error": err, "bytes in": BYTES,
            "stream": (len(packed), digest(packed))}
