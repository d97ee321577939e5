// Worker threads with shared memory, and work for libuv's pool: files, digests, compression.
'use strict';
const { Worker, isMainThread, parentPort, workerData } = require('worker_threads');
const crypto = require('crypto');
const fs = require('fs');
const path = require('path');
const util = require('util');
const zlib = require('zlib');

const WORKERS = 3;
const ROUNDS = 2000;
const FILES = 40;

function worker() {
	const shared = new Int32Array(workerData.shared);
	for (let i = 0; i < ROUNDS; i++) {
		while (Atomics.compareExchange(shared, 0, 0, 1) !== 0)
			Atomics.wait(shared, 0, 1, 1);
		shared[1]++;
		Atomics.store(shared, 0, 0);
		Atomics.notify(shared, 0, 1);
		if (i % 100 === 0)
			parentPort.postMessage({ number: workerData.number, text: 'x'.repeat(i) });
	}
	let garbage = [];
	for (let i = 0; i < 200000; i++)
		garbage.push({ i, text: String(i) });
	parentPort.postMessage({ number: workerData.number, end: garbage.length });
}

function runWorker(number, shared) {
	return new Promise((resolve, reject) => {
		let messages = 0;
		const thread = new Worker(__filename, { workerData: { number, shared } });
		thread.on('message', () => messages++);
		thread.on('error', reject);
		thread.on('exit', (code) => resolve([number, messages, code]));
	});
}

async function oneFile(directory, number) {
	const file = path.join(directory, `file-${number}`);
	const data = Buffer.alloc(20000, String(number));
	await fs.promises.writeFile(file, data);
	const packed = await util.promisify(zlib.gzip)(await fs.promises.readFile(file));
	const back = await util.promisify(zlib.gunzip)(packed);
	const key = await util.promisify(crypto.pbkdf2)(back, 'salt', 10, 16, 'sha256');
	await fs.promises.unlink(file);
	return key.toString('hex');
}

async function main() {
	const directory = process.argv[2];
	const shared = new SharedArrayBuffer(8);
	await fs.promises.mkdir(directory);
	const workers = Array.from({ length: WORKERS }, (_, number) => runWorker(number, shared));
	const files = Array.from({ length: FILES }, (_, number) => oneFile(directory, number));
	console.log(JSON.stringify(await Promise.all(workers)));
	const keys = await Promise.all(files);
	console.log(crypto.createHash('sha256').update(keys.join()).digest('hex'));
	console.log(new Int32Array(shared)[1]);
	await fs.promises.rmdir(directory);
}

if (isMainThread)
	main();
else
	worker();
