'use strict';

// Handlers that take too long, and where they are stuck.

const assert = require('node:assert/strict');
const test = require('node:test');
const { serve } = require('./support/http_function');
const { recordsOf } = require('./support/log');

const LONG = 3_600_000;
const WATCHED = { FGRUNTIME_STUCK_STACK: '1' };
/** @param {string} id @param {number} seconds */
const headersOf = (id, seconds) => ({ 'X-CFF-Request-Id': id, 'X-CFF-Timeout': `${seconds}` });

/** What has been logged of a request. */
function logOf(running, id) {
  const whole = running.process.out.slice(0, running.process.out.lastIndexOf('\n') + 1);
  return recordsOf(whole).filter(([requestId]) => requestId === id);
}

test('the caller is told of a timeout, and a late outcome is dropped', async (t) => {
  const source = `
    const end = {};
    exports.handler = async (event, context) => {
      if (event === 'end') { end.late(); return 'told'; }
      await new Promise((done) => { end.late = done; setTimeout(done, ${LONG}); });
      console.log('ends');
      return 'late';
    };`;
  const running = await serve(t, source, { variables: { FGRUNTIME_CONCURRENCY: '2' } });
  const { status, text } = await running.invoke('late', headersOf('late', 1));
  assert.deepEqual([status, JSON.parse(text).errorType], [504, 'FunctionTimeout']);
  assert.equal((await running.invoke('end')).text, 'told');
  await running.printed('it is dropped');
  const log = logOf(running, 'late').map(([, level, message]) => `${level} ${message.split(';')[0]}`);
  assert.deepEqual(log, [
    'ERROR FunctionTimeout: the handler did not end within its timeout of 1 s (RUNTIME_TIMEOUT)',
    'INFO ends',
    'ERROR the outcome came after the timeout, of which the caller has been told',
  ]);
  // Its slot is free again, and its log is nobody else's.
  assert.equal((await running.invoke('end')).text, 'told');
  await running.stop();
});

const SPINNING = `
  const spin = (until) => { while (Date.now() < until); };
  exports.handler = async (event, context) => {
    const until = Date.now() + event;
    while (Date.now() < until) spin(Math.min(until, Date.now() + 100));
    return 'done';
  };`;

test('the stack of a handler that is busy', async (t) => {
  const running = await serve(t, SPINNING, { variables: { ...WATCHED, FGRUNTIME_CONCURRENCY: '2' } });
  const { status } = await running.invoke(LONG, headersOf('busy', 1));
  assert.equal(status, 504);
  await running.printed('at exports.handler');
  const [, [, level, message]] = logOf(running, 'busy');
  assert.equal(level, 'ERROR');
  const [title, ...frames] = message.split('\n');
  assert.equal(title, 'the event loop is busy, so that no handler goes on; it is here:');
  const shown = frames.map((frame) => frame.replace(/:\d+\)$/, ')'));
  // It may be between two calls of what it calls.
  if (shown.length === 2) assert.equal(shown.shift(), '    at spin (./index.js:2)');
  assert.deepEqual(shown, ['    at exports.handler (./index.js:5)']);
});

test('a module is named by its path too', async (t) => {
  const source = `
    export const handler = async (event, context) => { for (;;) forever(); };
    function forever() { for (;;); }`;
  const running = await serve(t, { 'index.mjs': source }, { variables: { ...WATCHED, FGRUNTIME_CONCURRENCY: '2' } });
  await running.invoke({}, headersOf('busy', 1));
  await running.printed(/at forever \(\.\/index\.mjs:3:\d+\)/);
});

test('a handler that is busy with what is not JavaScript', async (t) => {
  const source = `
    const { execFileSync } = require('node:child_process');
    exports.handler = (event, context) => {
      execFileSync('sleep', [event]);
      return 'done';
    };`;
  const running = await serve(t, source, { variables: { ...WATCHED, FGRUNTIME_CONCURRENCY: '2' } });
  assert.equal((await running.invoke('3', headersOf('waits', 1))).status, 504);
  await running.printed('in what is not JavaScript');
  // Looking leaves nothing behind.
  await running.printed('it is dropped');
  assert.equal((await running.invoke('0')).text, 'done');
  await running.stop();
});

test('a handler that awaits something is not stuck in JavaScript', async (t) => {
  const source = `
    const end = {};
    exports.handler = async (event, context) => {
      if (event === 'end') return end.it();
      return new Promise((done) => { end.it = done; setTimeout(done, ${LONG}); });
    };`;
  const running = await serve(t, source, { variables: { ...WATCHED, FGRUNTIME_CONCURRENCY: '2' } });
  assert.equal((await running.invoke({}, headersOf('awaits', 1))).status, 504);
  await running.printed('the event loop is free');
  const [, [, level, message]] = logOf(running, 'awaits');
  assert.equal(level, 'ERROR');
  assert.match(message, /^it is not stuck in JavaScript: /);
  await running.invoke('end');
  await running.stop();
});

test('without the variable there is no thread that watches', async (t) => {
  const source = `
    const threads = [];
    process.on('worker', () => threads.push('worker'));
    exports.handler = (event, context) => threads;`;
  for (const [variables, expected] of [
    [{}, '[]'],
    [WATCHED, '["worker"]'],
  ]) {
    const running = await serve(t, source, { variables });
    assert.equal((await running.invoke({})).text, expected);
    await running.stop();
  }
});

test('a process whose handlers are all stuck ends with status 1, and says where', async (t) => {
  const variables = { ...WATCHED, RUNTIME_TIMEOUT: '1', FGRUNTIME_CONCURRENCY: '2' };
  const running = await serve(t, SPINNING, { variables });
  assert.equal((await running.invoke(LONG)).status, 504);
  await running.printed('at exports.handler');
  // One of them takes the second place.
  const answers = await Promise.all([running.invoke(LONG), running.invoke(LONG), running.invoke(LONG)]);
  const statuses = answers.map(({ status }) => status);
  assert.deepEqual(statuses.sort(), [503, 503, 504]);
  const { status, err } = await running.ended();
  assert.equal(status, 1);
  assert.match(err, /^fgruntime: every handler that may run at once has been running for longer than its timeout/);
});
