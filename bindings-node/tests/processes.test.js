'use strict';

// Threads and processes that a handler starts.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');

test('threads that use the package', async (t) => {
  const files = {
    'index.js': `
      const { Worker } = require('node:worker_threads');
      exports.handler = (event, context, callback) => {
        const worker = new Worker('./worker.js', { workerData: event });
        let answer;
        worker.on('message', (message) => { answer = message; });
        worker.on('error', callback);
        worker.on('exit', () => callback(null, answer));
      };`,
    'worker.js': `
      const { parentPort, workerData } = require('node:worker_threads');
      const { apig } = require('fgruntime');
      const { makeContext } = require('fgruntime/testing');
      const event = apig.parse(workerData);
      parentPort.postMessage([event.path, event.findings, makeContext().requestId]);`,
  };
  const running = await start(t, files);
  for (const path of ['/a', '/größe']) {
    assert.deepEqual((await running.ask({ path })).json, [path, [], 'test-request']);
  }
  await running.stop();
});

test('an error in a thread fails the invocation that started it', async (t) => {
  const source = `
    const { Worker } = require('node:worker_threads');
    exports.handler = (event, context) => {
      new Worker("throw new RangeError('no table')", { eval: true });
      return new Promise((done) => setTimeout(done, 3_600_000));
    };`;
  const running = await start(t, source);
  for (let round = 0; round < 2; round += 1) {
    const { errorType, errorMessage } = (await running.ask({})).json;
    assert.deepEqual([errorType, errorMessage], ['RangeError', 'function invocation exception, error: no table']);
  }
});

test('programs that are run', async (t) => {
  const source = `
    const { execFile, execFileSync, fork } = require('node:child_process');
    exports.run = (event, context, callback) => { execFile('echo', [event], (error, out) => callback(error, out)); };
    exports.wait = (event, context) => execFileSync('echo', [event]);
    exports.fork = (event, context, callback) => {
      const child = fork('./child.js', [event]);
      let answer;
      child.on('message', (message) => { answer = message; });
      child.on('exit', () => callback(null, answer));
    };`;
  const files = { 'index.js': source, 'child.js': "process.send(process.argv[2] + '\\n');" };
  for (const name of ['run', 'wait', 'fork']) {
    const running = await start(t, files, { args: [`index.${name}`] });
    for (const event of ['one', 'two']) assert.equal((await running.ask(event)).text, `${event}\n`, name);
    await running.stop();
  }
});

test('a child that inherits the output does not take records away', async (t) => {
  const source = `
    const { spawn } = require('node:child_process');
    exports.handler = (event, context, callback) => {
      const child = spawn(process.execPath, ['-e', "console.log('child')"], { stdio: 'inherit' });
      child.on('exit', () => {
        for (let n = 0; n < 500; n += 1) console.log('%s', 'x'.repeat(1000));
        callback();
      });
    };`;
  const running = await start(t, source);
  await running.ask({});
  const out = await running.stop();
  assert.equal(out.split('\n').filter((line) => line.endsWith('xxx')).length, 500);
  assert(out.startsWith('child\n'));
});
