'use strict';

// What nobody catches, what ends the process, and what never comes: each has its invocation, and the process lives on if it can.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');
const { linesOf } = require('./support/log');

const PREFIX = 'function invocation exception, error: ';

/** Handlers that fail, each by its event, where nobody waits for them. */
const UNCAUGHT = `
const { EventEmitter } = require('node:events');
const fs = require('node:fs');
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
const fail = (text = 'orders') => { throw new TypeError(text); };
const failures = {
  timer: () => setTimeout(fail, 1),
  immediate: () => setImmediate(fail),
  tick: () => process.nextTick(fail),
  microtask: () => queueMicrotask(fail),
  promise: () => void Promise.reject(new TypeError('orders')),
  async: () => void (async () => { await sleep(1); fail(); })(),
  file: () => fs.readFile(__filename, () => fail()),
  emitter: () => setTimeout(() => new EventEmitter().emit('error', new TypeError('orders')), 1),
};
const waiting = [];
exports.handler = async (event, context) => {
  if (event === 'release') while (waiting.length > 0) waiting.pop()('fine');
  if (event === 'wait') return new Promise((done) => { waiting.push(done); setTimeout(done, 3_600_000); });
  if (!failures[event]) return 'fine';
  failures[event]();
  await sleep(3_600_000);
};`;
/** Of what is thrown in one of `queueMicrotask` Node before 24 does not tell where it comes from. */
const ATTRIBUTED = ['timer', 'immediate', 'tick', 'promise', 'async', 'file', 'emitter'];

test('what nobody catches during an invocation fails it', async (t) => {
  const running = await start(t, UNCAUGHT);
  for (const event of [...ATTRIBUTED, 'microtask']) {
    const reply = await running.ask(event);
    assert.equal(reply.outcome, 'error', event);
    assert.deepEqual([reply.json.errorType, reply.json.errorMessage], ['TypeError', `${PREFIX}orders`], event);
    assert.equal((await running.ask('on')).text, 'fine', event);
  }
});

test('a rejection with what is no error', async (t) => {
  const source = `
    const rejections = { text: 'orders', nothing: undefined, null: null, object: { code: 1 }, bare: Object.create(null) };
    exports.handler = (event, context) => {
      Promise.reject(rejections[event]);
      return new Promise((done) => setTimeout(done, 3_600_000));
    };`;
  const running = await start(t, source);
  const texts = {
    text: 'orders',
    nothing: 'undefined',
    null: 'null',
    object: '{ code: 1 }',
    bare: '[Object: null prototype] {}',
  };
  for (const [event, text] of Object.entries(texts)) {
    const { errorType, errorMessage } = (await running.ask(event)).json;
    assert.deepEqual([errorType, errorMessage], ['Error', PREFIX + text]);
  }
});

const LATE = `
const fail = (text) => { throw new TypeError(text); };
setTimeout(fail, 1, 'at import');
exports.handler = (event, context) => {
  if (event.late === 'exception') setTimeout(fail, 1, 'late');
  if (event.late === 'rejection') setTimeout(async () => fail('late'), 1);
  return 'fine';
};`;

test('what nobody catches while no invocation runs is logged', async (t) => {
  const running = await start(t, LATE);
  await running.printed('- ERROR an uncaught exception, in no running invocation: TypeError: at import\n    at ');
  for (const [late, what] of [
    ['exception', 'an uncaught exception'],
    ['rejection', 'an unhandled rejection'],
  ]) {
    const requestId = `id-${late}`;
    assert.equal((await running.ask({ late }, { requestId })).text, 'fine');
    await running.printed(`${requestId} ERROR ${what}, in no running invocation: TypeError: late\n    at `);
  }
  assert.equal((await running.ask({})).text, 'fine');
  await running.stop();
});

test('of several invocations only that fails which it belongs to', async (t) => {
  const running = await start(t, UNCAUGHT);
  for (const event of ATTRIBUTED) {
    const [before, failing, after] = ['wait', event, 'wait'].map((each) => running.send(each));
    assert.equal((await running.reply(failing)).json.errorMessage, `${PREFIX}orders`, event);
    await running.ask('release');
    for (const id of [before, after]) assert.equal((await running.reply(id)).text, 'fine', event);
  }
});

test('what was begun for no invocation fails the only one that runs, and none of several', async (t) => {
  const source = `
    let fail = false;
    setInterval(() => {
      if (!fail) return;
      fail = false;
      throw new Error('orders');
    }, 1);
    const waiting = [];
    exports.handler = async (event, context) => {
      const alive = setInterval(() => {}, 1);
      await new Promise((done) => {
        waiting.push(done);
        if (event === 'fail') fail = true;
        if (event === 'release') while (waiting.length > 0) waiting.pop()();
      });
      clearInterval(alive);
      return 'fine';
    };`;
  const running = await start(t, source);
  assert.equal((await running.ask('fail')).json.errorMessage, `${PREFIX}orders`);

  const ids = [running.send('wait'), running.send('fail')];
  await running.printed('- ERROR an uncaught exception, in no running invocation: Error: orders');
  for (const id of [...ids, running.send('release')]) assert.equal((await running.reply(id)).text, 'fine');
});

test('process.exit fails what runs, and ends the process with its status', async (t) => {
  for (const [form, status] of [
    ['(event, context) => process.exit(event)', 3],
    ['async (event, context) => { await null; process.exit(event); }', 0],
    ['(event, context, callback) => { setTimeout(() => process.exit(event), 1); }', 4],
  ]) {
    const running = await start(t, `exports.handler = ${form};`);
    const reply = await running.ask(status);
    assert.equal(reply.outcome, 'error');
    assert.equal(reply.json.errorMessage, `${PREFIX}the code called process.exit(${status})`);
    assert.equal((await running.ended()).status, status);
  }
});

test('process.exit fails every invocation that runs', async (t) => {
  const source = `
    let open = 0;
    exports.handler = async (event, context) => {
      open += 1;
      while (open < 3) await new Promise((done) => setTimeout(done, 1));
      if (event === 2) process.exit(5);
      await new Promise((done) => setTimeout(done, 3_600_000));
    };`;
  const running = await start(t, source);
  const ids = [0, 1, 2].map((event) => running.send(event));
  assert.equal((await running.ended()).status, 5);
  for (const id of ids) assert.match(running.platform.replies.get(id).json.errorMessage, /process\.exit\(5\)$/);
});

test('process.exit before there is a function is logged', async (t) => {
  for (const source of [
    'process.exit(3);',
    'exports.handler = (event, context) => {}; exports.initializer = async (context) => { await null; process.exit(3); };',
  ]) {
    const running = await start(t, source, { variables: { RUNTIME_INITIALIZER_HANDLER: 'index.initializer' } });
    const { status, out } = await running.ended();
    assert.equal(status, 3);
    const text = '- ERROR function initialization exception, error: the code called process.exit(3)';
    assert.deepEqual(linesOf(out), [text]);
  }
});

test('a reply that was given is sent before the process ends', async (t) => {
  const source = `
    exports.handler = (event, context, callback) => {
      callback(null, 'x'.repeat(1_000_000));
      process.exit(6);
    };`;
  const running = await start(t, source);
  assert.equal((await running.ask({})).body.length, 1_000_000);
  assert.equal((await running.ended()).status, 6);
});

test('an invocation that nothing will settle is answered, and the process lives on', async (t) => {
  for (const form of [
    'async (event, context) => { if (event) await new Promise(() => {}); return "fine"; }',
    '(event, context, callback) => { if (!event) callback(null, "fine"); }',
    '(event, context) => (event ? { then() {} } : "fine")',
  ]) {
    const running = await start(t, `exports.handler = ${form};`);
    for (let round = 0; round < 3; round += 1) {
      const { errorType, errorMessage } = (await running.ask(true)).json;
      assert.equal(errorType, 'FunctionNotReplied');
      assert.match(errorMessage, /^the handler ended without a reply: its promise or callback never settles/);
      assert.equal((await running.ask(false)).text, 'fine');
    }
    const errors = linesOf(await running.stop()).filter((line) => line.includes('ERROR'));
    assert.equal(errors.length, 3);
  }
});

test('one that waits for a timer is not given up with one that waits for nothing', async (t) => {
  const source = `
    let release;
    exports.handler = (event, context) => {
      if (event === 'release') return release();
      if (event === 'never') return new Promise(() => {});
      return new Promise((done) => { const timer = setInterval(() => {}, 1); release = () => { clearInterval(timer); done('fine'); }; });
    };`;
  const running = await start(t, source);
  const [waits, never] = [running.send('waits'), running.send('never')];
  await running.ask('release');
  assert.equal((await running.reply(waits)).text, 'fine');
  assert.equal((await running.reply(never)).json.errorType, 'FunctionNotReplied');
});

test('a promise that settles after it was given up is told of', async (t) => {
  const source = `
    let settle;
    exports.handler = (event, context) => {
      if (event === 'settle') return settle('too late');
      return new Promise((done) => { settle = done; });
    };`;
  const running = await start(t, source);
  assert.equal((await running.ask('wait')).json.errorType, 'FunctionNotReplied');
  await running.ask('settle');
  await running.printed('r1 WARN the invocation was settled by nothing already; its promise is ignored');
});
