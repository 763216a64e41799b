'use strict';

// Many invocations at once on one event loop: what belongs to one never shows in another.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');
const { serve } = require('./support/http_function');
const { recordsOf } = require('./support/log');

const AT_ONCE = 64;
const ROUNDS = 3;

/** Waits until `size` handlers run, then goes on in an order of its own, and tells all that it knows of its invocation. */
const TELLING = `
  const { AsyncLocalStorage } = require('node:async_hooks');
  const own = new AsyncLocalStorage();
  const size = Number(process.env.SIZE);
  let open = 0;
  let most = 0;
  let waiting = [];
  exports.handler = (event, context) => own.run(event, async () => {
    open += 1;
    most = Math.max(most, open);
    console.log('began', event);
    await new Promise((done) => {
      waiting.push(done);
      if (waiting.length < size) return;
      for (const each of waiting.reverse()) setTimeout(each, Math.random() * 20);
      waiting = [];
    });
    console.log('timer', own.getStore());
    await new Promise((done) => setImmediate(done));
    context.getLogger().info('immediate', own.getStore());
    process.nextTick(() => console.warn('late', own.getStore()));
    open -= 1;
    const { requestId, runningTimeInSeconds, remainingTimeInMilliSeconds } = context;
    return { event, stored: own.getStore(), requestId, runningTimeInSeconds, remainingTimeInMilliSeconds, most };
  });
  // Those that wait are not given up: others will come.
  setInterval(() => {}, 1000);`;

/** Each has a deadline of its own, far from that of any other. @param {number} number */
const secondsOf = (number) => 1000 * (number + 1);

/**
 * @param {number} number
 * @param {any} told
 * @param {string} id
 */
function checkTold(number, told, id) {
  const { event, stored, requestId, runningTimeInSeconds: seconds, remainingTimeInMilliSeconds: left } = told;
  assert.deepEqual([event, stored, requestId, seconds], [number, number, id, secondsOf(number)]);
  assert(left <= secondsOf(number) * 1000 && left > secondsOf(number - 1) * 1000, `${left} ms are left of ${number}`);
}

/** @param {string} out @param {number} count */
function checkLog(out, count) {
  const records = recordsOf(out).map(([id, , message]) => `${id} ${message}`);
  const expected = Array.from({ length: count }, (_, number) =>
    ['began', 'timer', 'immediate', 'late'].map((step) => `id-${number} ${step} ${number}`),
  );
  assert.deepEqual(records.sort(), expected.flat().sort());
}

test('64 at once over http', async (t) => {
  const variables = { FGRUNTIME_CONCURRENCY: `${AT_ONCE}`, SIZE: `${AT_ONCE}` };
  const running = await serve(t, TELLING, { variables });
  const count = AT_ONCE * ROUNDS;
  const ask = async (/** @type {number} */ number) => {
    const headers = { 'X-CFF-Request-Id': `id-${number}`, 'X-CFF-Timeout': `${secondsOf(number)}` };
    const { status, headers: answered, text } = await running.invoke(number, headers);
    assert.deepEqual([status, answered['x-cff-request-id']], [200, `id-${number}`], text);
    return JSON.parse(text);
  };
  const told = await Promise.all(Array.from({ length: count }, (_, number) => ask(number)));
  for (const [number, each] of told.entries()) checkTold(number, each, `id-${number}`);
  // So many, and no more: what waits for its turn waits in the core.
  assert.equal(Math.max(...told.map(({ most }) => most)), AT_ONCE);
  checkLog(await running.stop(), count);
});

test('a few at once over the polling API', async (t) => {
  const variables = { FGRUNTIME_CONCURRENCY: '3', SIZE: '3', FGRUNTIME_LOG_FORMAT: 'json' };
  const running = await start(t, TELLING, { variables });
  const count = 12;
  const send = (/** @type {number} */ number) => {
    const headers = { 'X-Cff-Timeout': `${secondsOf(number)}` };
    return running.send(number, { requestId: `id-${number}`, headers });
  };
  const ids = Array.from({ length: count }, (_, number) => send(number));
  for (const [number, id] of ids.entries()) {
    const told = (await running.reply(id)).json;
    checkTold(number, told, id);
    assert.equal(told.most, 3);
  }
  checkLog(await running.stop(), count);
});

test('one event at a time over http, unless more are said', async (t) => {
  const source = `
    let open = 0;
    exports.handler = async (event, context) => {
      open += 1;
      await new Promise((done) => setTimeout(done, 5));
      open -= 1;
      return open;
    };`;
  const running = await serve(t, source);
  const answers = await Promise.all(Array.from({ length: 8 }, () => running.invoke({})));
  assert.deepEqual(
    answers.map(({ text }) => text),
    Array(8).fill('0'),
  );
  await running.stop();
});

/** Answers with more than connections take, if that is asked for, and when the process is told to stop, if that is. */
const LARGE = `
  exports.handler = async ({ isLarge, isHeld }, context) => {
    if (isHeld) {
      await new Promise((done) => {
        process.on('SIGTERM', done);
        setTimeout(done, 3_600_000);
        console.log(isLarge ? 'holds a large one' : 'holds a small one');
      });
    }
    return isLarge ? Buffer.alloc(5 << 20, 'x') : 'quick';
  };
  process.on('SIGTERM', () => {}).setMaxListeners(0);`;
const CONCURRENT = { FGRUNTIME_CONCURRENCY: '8' };

/** Asks for a large answer and reads none of it. */
async function askSlowly(running, isHeld) {
  const socket = await running.connect();
  socket.pause();
  const body = JSON.stringify({ isLarge: true, isHeld });
  socket.write(`POST /invoke HTTP/1.1\r\nHost: h\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  return socket;
}

/** How much of an answer comes until the connection ends. */
async function readAll(socket) {
  let length = 0;
  for await (const piece of socket) length += piece.length;
  return length;
}

test('a client that takes its answer slowly delays no other', async (t) => {
  const running = await serve(t, LARGE, { variables: CONCURRENT });
  const slow = await askSlowly(running, false);
  for (let number = 0; number < 20; number += 1) assert.equal((await running.invoke({})).text, 'quick');
  slow.resume();
  running.kill('SIGTERM');
  assert((await readAll(slow)) > 5 << 20);
  assert.equal((await running.ended()).status, 0);
});

test('nor does it while the function stops', async (t) => {
  const running = await serve(t, LARGE, { variables: CONCURRENT });
  const slow = await Promise.all([1, 2, 3].map(() => askSlowly(running, true)));
  await running.printed(/(holds a large one[^]*){3}/);
  const held = running.invoke({ isHeld: true });
  await running.printed('holds a small one');
  running.kill('SIGTERM');
  assert.equal((await held).text, 'quick');
  assert.equal(running.process.ended, undefined);
  for (const socket of slow) {
    socket.resume();
    assert((await readAll(socket)) > 5 << 20);
  }
  assert.equal((await running.ended()).status, 0);
});
