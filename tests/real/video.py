"""What the tests of codecs share: a video that is the same each time."""
WIDTH, HEIGHT, FRAMES = 320, 192, 30
BYTES = FRAMES * WIDTH * HEIGHT * 3 // 2


def make_video(path):
    """Planar YUV 4:2:0: stripes and a pattern, both moving."""
    with open(path, "wb") as file:
        for frame in range(FRAMES):
            rows = (bytes((x * 3 + y * 2 + frame * 5 + (x * y >> 5)) & 255 for x in range(WIDTH))
                    for y in range(HEIGHT))
            file.write(b"".join(rows))
            for plane in (96, 160):
                line = bytes((plane + (x + frame * 3) % 32) & 255 for x in range(WIDTH // 2))
                file.write(line * (HEIGHT // 2))
