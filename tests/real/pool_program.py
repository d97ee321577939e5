"""Pools of threads as Python programs use them: concurrent.futures, asyncio, queues, a server that
answers each request in a thread. Prints what is the same each time.
"""
import asyncio
import concurrent.futures
import hashlib
import http.client
import http.server
import logging
import queue
import threading
import zlib

WORKERS = 4
TASKS = 200


def work(number):
    data = str(number).encode() * 2000
    packed = zlib.compress(data)
    logging.info("task %d", number)
    return hashlib.sha256(zlib.decompress(packed)).hexdigest()


def futures():
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        results = list(pool.map(work, range(TASKS)))
        pending = [pool.submit(work, number) for number in range(TASKS)]
        for future in pending[::7]:
            future.cancel()
        done = [each.result() for each in concurrent.futures.as_completed(
            each for each in pending if not each.cancelled())]
    print(len(results), hashlib.sha256("".join(results).encode()).hexdigest(), len(done) > 0)


def pipeline():
    first, second = queue.Queue(10), queue.PriorityQueue(10)

    def middle():
        while (item := first.get()) is not None:
            second.put(item * item)
            first.task_done()
        second.put(1 << 60)
        first.task_done()

    thread = threading.Thread(target=middle)
    thread.start()
    seen = []

    def end():
        while (item := second.get()) < 1 << 60:
            seen.append(item)

    other = threading.Thread(target=end)
    other.start()
    for item in range(TASKS):
        first.put(item)
    first.put(None)
    first.join()
    thread.join()
    other.join()
    print(len(seen), sum(seen))


async def loop():
    results = await asyncio.gather(*(asyncio.to_thread(work, number) for number in range(50)))
    print(len(set(results)))


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = work(len(self.path)).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        logging.info("%s", arguments)


def serve():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def fetch(number):
        connection = http.client.HTTPConnection(*server.server_address, timeout=20)
        connection.request("GET", "/" + "x" * number)
        body = connection.getresponse().read()
        connection.close()
        return body == work(number + 1).encode()

    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        print(all(pool.map(fetch, range(40))))
    server.shutdown()
    thread.join()
    server.server_close()


def main():
    logging.basicConfig(level=logging.INFO, handlers=[logging.NullHandler()])
    futures()
    pipeline()
    asyncio.run(loop())
    serve()


if __name__ == "__main__":
    main()
