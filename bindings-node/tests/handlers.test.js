'use strict';

// The forms that handlers have, and which of their outcomes counts.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');
const { linesOf } = require('./support/log');

const HEAD = "const { apig, event, raw } = require('fgruntime'); const later = (...what) => setTimeout(...what);\n";

const FORMS = {
  'a function': '(event, context) => event.path + context.requestId',
  'an async function': 'async (event, context) => { await null; return event.path + context.requestId; }',
  'a function that gives a promise':
    '(event, context) => Promise.resolve(Promise.resolve(event.path + context.requestId))',
  'a function that gives a thenable':
    '(event, context) => ({ then: (done) => later(done, 1, event.path + context.requestId) })',
  'a callback at once': '(event, context, callback) => callback(null, event.path + context.requestId)',
  'a callback later':
    '(event, context, callback) => { later(callback, 1, undefined, event.path + context.requestId); }',
  'a callback that is not called, but a promise': 'async (event, context, _callback) => event.path + context.requestId',
  'a result that is nothing beside a callback':
    "(event, context, callback) => { later(callback, 1, null, event.path + context.requestId); return 'ignored'; }",
  'an old function': 'function (event, context) { return event.path + context.requestId; }',
  'a method': '({ handle(event, context) { return event.path + context.requestId; } }).handle',
  'a bound function': "function (end, event, context) { return event.path + context.requestId + end; }.bind(null, '')",
  'all parameters': '(...all) => all.length === 2 && all[0].path + all[1].requestId',
  'further parameters': '(event, context, ...more) => event.path + context.requestId + more.length',
  'optional parameters': "(event = {}, context, more = '-') => event.path + context.requestId + more",
  'no parameters but arguments': 'function () { return arguments[0].path + arguments[1].requestId; }',
  'a typed event': 'apig((event, context) => event.path + context.requestId)',
  'a typed event, async': 'apig(async (event, context) => event.path + context.requestId)',
  'a typed event and a callback':
    'event((event, context, callback) => { later(callback, 1, null, event.toJSON().path + context.requestId); })',
  'a typed event, optional parameters':
    "apig((event, context = {}, more = '-') => event.path + context.requestId + more)",
  'the payload': 'raw((event, context) => JSON.parse(event).path + context.requestId)',
};

test('forms of handlers', async (t) => {
  for (const [form, handler] of Object.entries(FORMS)) {
    const running = await start(t, `${HEAD}exports.handler = ${handler};`);
    for (const requestId of ['id-1', 'id-2']) {
      const reply = await running.ask({ path: '/' }, { requestId });
      assert.match(reply.text, new RegExp(`^/${requestId}[-0]?$`), form);
    }
    assert.equal(await running.stop(), '', form);
  }
});

test('what is no handler cannot be wrapped', async (t) => {
  for (const wrapper of ['apig', 'event', 'raw']) {
    const running = await start(t, `${HEAD}exports.handler = ${wrapper}('handler');`);
    const { errorMessage } = (await running.ask({})).json;
    assert.match(errorMessage, /TypeError: a handler is a function, but this is string \(index\.js, line 2\)/);
  }
});

const SETTLED_TWICE = [
  [
    "(event, context, callback) => { callback(null, 'first'); callback(null, 'second'); }",
    'its callback',
    'its callback',
  ],
  [
    "(event, context, callback) => { callback(null, 'first'); callback(new Error('no')); }",
    'its callback',
    'its callback',
  ],
  [
    "(event, context, callback) => { callback(null, 'first'); throw new Error('no'); }",
    'its callback',
    'what it threw',
  ],
  ["async (event, context, callback) => { callback(null, 'first'); return 'second'; }", 'its callback', 'its promise'],
  [
    "async (event, context, callback) => { callback(null, 'first'); throw new Error('no'); }",
    'its callback',
    'its promise',
  ],
  [
    "async (event, context, callback) => { later(callback, 1, null, 'second'); return 'first'; }",
    'its promise',
    'its callback',
  ],
  [
    "(event, context) => ({ then(done) { done('first'); done('second'); throw new Error('no'); } })",
    'its promise',
    undefined,
  ],
];

test('what settles an invocation first counts, and the rest is warned of', async (t) => {
  for (const [handler, first, second] of SETTLED_TWICE) {
    const running = await start(t, `${HEAD}exports.handler = ${handler};`);
    assert.equal((await running.ask({})).text, 'first', handler);
    const warning = `r1 WARN the invocation was settled by ${first} already; ${second} is ignored`;
    if (second !== undefined) await running.printed(warning);
    assert.deepEqual(linesOf(await running.stop()), second === undefined ? [] : [warning], handler);
  }
});

test('errors given to a callback', async (t) => {
  const running = await start(
    t,
    `exports.handler = (event, context, callback) => {
      const errors = { error: new TypeError('no table'), text: 'no table', object: { code: 1 }, false: false };
      callback(errors[event], 'a result that does not count');
    };`,
  );
  for (const [event, errorType, text] of [
    ['error', 'TypeError', 'no table'],
    ['text', 'Error', 'no table'],
    ['object', 'Error', '{ code: 1 }'],
    ['false', 'Error', 'false'],
  ]) {
    const reply = await running.ask(event);
    assert.equal(reply.outcome, 'error');
    assert.equal(reply.json.errorType, errorType);
    assert.equal(reply.json.errorMessage, `function entry exception, error: ${text}`);
  }
  assert.equal((await running.ask('none')).text, 'a result that does not count');
});

test('a handler that is asked by many at once', async (t) => {
  const running = await start(
    t,
    `let open = 0;
    exports.handler = async (event, context) => {
      open += 1;
      while (open < 20) await new Promise((done) => setTimeout(done, 1));
      return [event, context.requestId];
    };`,
  );
  const ids = Array.from({ length: 20 }, (_, event) => running.send(event));
  for (const [event, id] of ids.entries()) assert.deepEqual((await running.reply(id)).json, [event, id]);
});
