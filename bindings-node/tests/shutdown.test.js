'use strict';

// What runs after the last invocation.

const assert = require('node:assert/strict');
const test = require('node:test');
const { checkFailure, INITIALIZATION } = require('./support/failures');
const { start } = require('./support/function');
const { serve } = require('./support/http_function');
const { recordsOf } = require('./support/log');

const HANDLER = "exports.handler = async (event, context) => { console.log('handled'); return event; };";
const VARIABLES = { RUNTIME_PRESTOP_HANDLER: 'index.bye', FGRUNTIME_LOG_FORMAT: 'json' };
const LATER = 'await new Promise((done) => setTimeout(done, 10));';

const ENDING = {
  'a function': "exports.bye = (context) => { console.log('bye'); };",
  'an asynchronous function': `exports.bye = async (context) => { ${LATER} console.log('bye'); };`,
  'a callback': `exports.bye = (context, callback) => { setTimeout(() => { console.log('bye'); callback(); }, 10); };`,
};

for (const [title, bye] of Object.entries(ENDING)) {
  test(`${title} runs once, after the last invocation`, async (t) => {
    const running = await start(t, `${HANDLER}\n${bye}`, { variables: VARIABLES });
    const id = running.send('event');
    assert.equal((await running.reply(id)).text, 'event');
    assert.deepEqual(recordsOf(await running.stop()), [
      [id, 'INFO', 'handled'],
      ['', 'INFO', 'bye'],
    ]);
  });
}

test('it waits for the invocations that run, and belongs to none of them', async (t) => {
  const source = `
    const { AsyncLocalStorage } = require('node:async_hooks');
    const own = new AsyncLocalStorage();
    exports.handler = (event, context) => own.run(event, async () => {
      console.log('began');
      await new Promise((done) => { process.on('SIGTERM', () => setTimeout(done, 50)); setTimeout(done, 3_600_000); });
      return event;
    });
    exports.bye = (context) => { console.log('bye', own.getStore(), context.functionName); };`;
  const running = await start(t, source, { variables: VARIABLES });
  const ids = [running.send('one'), running.send('two')];
  await running.printed(/began[^]*began/);
  running.kill('SIGTERM');
  for (const id of ids) await running.reply(id);
  const { status, out } = await running.ended();
  assert.deepEqual([status, recordsOf(out).at(-1)], [0, ['', 'INFO', 'bye undefined test']]);
});

test('a program gives it to run()', async (t) => {
  const source = `
    ${HANDLER}
    const onShutdown = async (context) => { ${LATER} console.log('bye'); };
    require('fgruntime').run(exports.handler, { onShutdown });`;
  const how = { command: [process.execPath, 'bootstrap.js'] };
  const running = await start(t, { 'bootstrap.js': source }, how);
  await running.ask('event');
  assert.match(await running.stop(), /handled\n.*bye\n$/);
});

const PROBLEMS = {
  'an error': [
    "exports.bye = (context) => { throw new RangeError('no table'); };",
    /^the pre-stop handler failed: RangeError: no table\n {4}at exports\.bye \(\.\/index\.js:2:/,
  ],
  'a rejection': [
    'exports.bye = async (context) => { throw undefined; };',
    /^the pre-stop handler failed: Error: undefined$/,
  ],
  'an error for the callback': [
    "exports.bye = (context, callback) => { callback('no table'); };",
    /^the pre-stop handler failed: Error: no table$/,
  ],
  'more time than it has': [
    'exports.bye = (context) => new Promise((done) => setTimeout(done, 3_600_000));',
    /^the pre-stop handler did not end within 1 s \(PRE_STOP_TIMEOUT\)$/,
  ],
  'nothing that could end it': [
    'exports.bye = (context) => new Promise(() => {});',
    /^the pre-stop handler never ends: it awaits something, and nothing is left that could make it come$/,
  ],
};

for (const [title, [bye, message]] of Object.entries(PROBLEMS)) {
  test(`${title} is logged, and the status is 0`, async (t) => {
    const variables = { ...VARIABLES, PRE_STOP_TIMEOUT: '1' };
    const running = await serve(t, `${HANDLER}\n${bye}`, { variables });
    assert.equal((await running.invoke('event')).text, 'event');
    const [, [, level, text], ...more] = recordsOf(await running.stop());
    assert.deepEqual([level, more], ['ERROR', []]);
    assert.match(text, message);
  });
}

test('a name that leads nowhere is told at the start', async (t) => {
  const running = await start(t, HANDLER, { variables: { RUNTIME_PRESTOP_HANDLER: 'index.bye' } });
  const message = `${INITIALIZATION}handler 'bye' not found in module './index.js'`;
  await checkFailure(running, 'FunctionConfigError', message);
});

test('so is one that cannot be called', async (t) => {
  const source = `${HANDLER}\nexports.bye = (one, two, three) => {};`;
  const running = await start(t, source, { variables: { RUNTIME_PRESTOP_HANDLER: 'index.bye' } });
  const message = `${INITIALIZATION}pre-stop handler expect to have 2 parameters, but received 3`;
  await checkFailure(running, 'FunctionConfigError', message);
});

test('a function that did not start does not end so either', async (t) => {
  const source = `${HANDLER}\n${ENDING['a function']}\nexports.initializer = (context) => { throw new Error('no'); };`;
  const variables = { ...VARIABLES, RUNTIME_INITIALIZER_HANDLER: 'index.initializer' };
  const running = await serve(t, source, { variables });
  assert.equal((await running.request('/init')).status, 500);
  const { status, out } = await running.ended();
  assert.deepEqual([status, /bye/.test(out)], [1, false]);
});
