'use strict';

// The life of a function over HTTP: it begins with /init, and ends when it is told to.

const assert = require('node:assert/strict');
const test = require('node:test');
const { setTimeout: sleep } = require('node:timers/promises');
const { serve } = require('./support/http_function');
const { recordsOf } = require('./support/log');

const LONG = 3_600_000;

test('the initializer is awaited', async (t) => {
  const source = `
    exports.initializer = async (context) => {
      await new Promise((done) => { process.on('SIGUSR2', done); console.log('waits'); });
      exports.text = 'initialized';
    };
    setInterval(() => {}, 1);
    exports.handler = (event, context) => exports.text;`;
  const running = await serve(t, source, { variables: { RUNTIME_INITIALIZER_HANDLER: 'index.initializer' } });
  const get = { method: 'GET' };
  const init = running.request('/init');
  await running.printed('waits');
  assert.equal((await running.request('/healthz', get)).status, 503);
  const asked = running.invoke({});
  let isTold = false;
  void init.then(() => (isTold = true));
  await running.request('/healthz', get);
  assert(!isTold);
  running.kill('SIGUSR2');
  assert.equal((await init).status, 200);
  assert.equal((await asked).text, 'initialized');
  assert.equal((await running.request('/healthz', get)).status, 200);
  await running.stop();
});

const FAILING = {
  'an initializer that throws': [
    "exports.initializer = async (context) => { throw new RangeError('no table'); };",
    'FunctionInitError',
    'function initialization exception, error: RangeError: no table',
  ],
  'an initializer that never settles': [
    'exports.initializer = (context) => new Promise(() => {});',
    'FunctionInitError',
    'function initialization exception, error: the module or its initializer never settles',
  ],
  'no initializer of that name': [
    '',
    'FunctionConfigError',
    "function initialization exception, error: handler 'initializer' not found in module './index.js'",
  ],
};

for (const [title, [text, type, message]] of Object.entries(FAILING)) {
  for (const path of ['/init', '/invoke']) {
    test(`${title}: ${path} is told`, async (t) => {
      // What ticks shows that nothing blocks the event loop meanwhile; it does not keep the process alive.
      const source = `exports.handler = (event, context) => {};\n${text}\nsetInterval(() => console.log('tick'), 1).unref();`;
      const variables = { RUNTIME_INITIALIZER_HANDLER: 'index.initializer' };
      const running = await serve(t, source, { variables });
      await running.printed(new RegExp(`${type === 'FunctionInitError' ? 'exception' : 'not found'}[^]*tick[^]*tick`));
      const { status, text: answer } = await running.request(path);
      const { errorType, errorMessage } = JSON.parse(answer);
      assert.deepEqual([status, errorType, errorMessage.slice(0, message.length)], [500, type, message]);
      assert.equal((await running.ended()).status, 1);
    });
  }
}

test('whoever waits for the initializer is told that it fails', async (t) => {
  const source = `
    exports.initializer = (context, callback) => { process.once('SIGUSR2', () => callback('no table')); console.log('waits'); };
    setInterval(() => {}, 1);
    exports.handler = (event, context) => {};`;
  const running = await serve(t, source, { variables: { RUNTIME_INITIALIZER_HANDLER: 'index.initializer' } });
  await running.printed('waits');
  const init = running.request('/init');
  assert.equal((await running.request('/healthz', { method: 'GET' })).status, 503);
  running.kill('SIGUSR2');
  const { status, text } = await init;
  assert.deepEqual([status, JSON.parse(text).errorType], [500, 'FunctionInitError']);
  assert.equal((await running.ended()).status, 1);
});

test('SIGTERM under load: all are answered, the pre-stop handler runs, the status is 0', async (t) => {
  const source = `
    exports.handler = async (event, context) => {
      console.log('began');
      await new Promise((done) => setTimeout(done, Math.random() * 100));
      console.log('ended');
      return event;
    };
    exports.bye = async (context) => {
      await new Promise((done) => setTimeout(done, 10));
      console.log('bye');
    };`;
  const variables = { FGRUNTIME_CONCURRENCY: '16', RUNTIME_PRESTOP_HANDLER: 'index.bye' };
  const running = await serve(t, source, { variables });
  // Each has been read by the function, though it may wait for its turn there.
  const count = 64;
  const asked = Array.from({ length: count }, (_, number) => running.invoke(number));
  await running.printed(/(began[^]*){16}/);
  await running.request('/healthz', { method: 'GET' });
  running.kill('SIGTERM');
  const answers = await Promise.all(asked);
  for (const [number, { status, text }] of answers.entries()) assert.deepEqual([status, text], [200, `${number}`]);
  const { status, out, err } = await running.ended();
  assert.deepEqual([status, err], [0, '']);
  const records = recordsOf(out);
  assert.equal(records.filter(([, , message]) => message === 'ended').length, count);
  assert.deepEqual(records.at(-1), ['', 'INFO', 'bye']);
});

test('a caller on this machine stops it', async (t) => {
  const running = await serve(t, "exports.handler = (event, context) => 'fine';");
  assert.equal((await running.invoke({})).text, 'fine');
  assert.equal((await running.request('/shutdown')).status, 200);
  assert.equal((await running.ended()).status, 0);
});

for (const [title, listen] of [
  ['the core', ''],
  ['a listener of the function', "process.on('SIGTERM', () => console.log('heard'));"],
]) {
  test(`a second signal, handled by ${title}, ends it at once and answers its callers`, async (t) => {
    const source = `
      ${listen}
      exports.handler = (event, context) => {
        console.log('began');
        return new Promise((done) => setTimeout(done, ${LONG}));
      };
      exports.bye = (context) => { console.log('bye'); };`;
    const variables = { FGRUNTIME_GRACE: '1000', RUNTIME_PRESTOP_HANDLER: 'index.bye' };
    const running = await serve(t, source, { variables });
    const asked = running.invoke({}, { 'X-CFF-Request-Id': 'lost' });
    await running.printed('began');
    running.kill('SIGTERM');
    await isStopping(running);
    // Soon it is the same one.
    running.kill('SIGINT');
    await sleep(200);
    running.kill('SIGTERM');
    assert.equal((await asked).status, 503);
    const { status, out, err } = await running.ended();
    assert.deepEqual([status, /lost/.test(err), /bye/.test(out)], [1, true, false], err);
  });
}

/** Waits until it takes no connections any more. */
async function isStopping(running) {
  for (;;) {
    try {
      (await running.connect()).destroy();
    } catch {
      return;
    }
  }
}
