'use strict';

// Errors of handlers, as the platform is told of them.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const test = require('node:test');
const { folderWith } = require('./support/folder');
const { start } = require('./support/function');

const PREFIX = 'function invocation exception, error: ';

const INDEX = `
const { apig } = require('fgruntime');
const { load } = require('./lib/load');

class TableMissing extends Error {
  constructor(table) { super(table); this.name = 'TableMissing'; }
}
class Unnamed extends RangeError {}

const failures = {
  error: () => { throw new Error('orders'); },
  named: () => { throw new TableMissing('orders'); },
  unnamed: () => { throw new Unnamed('orders'); },
  deep: () => load({}, 'key'),
  empty: () => { throw new TypeError(); },
  surrogate: () => { throw new Error('half \\ud800'); },
  recursion: () => { const again = () => again() + 1; again(); },
  invalid: () => apig.parse('{'),
  long: () => { throw new Error('x'.repeat(30000)); },
  lines: () => { throw new Error('one\\n    at least two'); },
  string: () => { throw 'orders'; },
  nothing: () => { throw undefined; },
  null: () => { throw null; },
  number: () => { throw 7; },
  symbol: () => { throw Symbol('s'); },
  object: () => { throw { code: 1 }; },
  withName: () => { throw { name: 'TableMissing', message: 'orders' }; },
  bare: () => { throw Object.assign(Object.create(null), { code: 1 }); },
  class: () => { throw TableMissing; },
  getters: () => {
    const get = () => { throw new Error('no'); };
    throw Object.defineProperties({}, { name: { get }, message: { get }, stack: { get }, cause: { get }, errors: { get } });
  },
  traps: () => { throw new Proxy({}, { get() { throw new Error('no'); }, getPrototypeOf() { throw new Error('no'); } }); },
  revoked: () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy; },
  revokedList: () => { const { proxy, revoke } = Proxy.revocable([], {}); revoke(); throw Object.assign(new Error('orders'), { errors: proxy }); },
  badList: () => {
    const errors = Object.defineProperty([], 0, { get() { throw new Error('no'); } });
    throw Object.assign(new Error('orders'), { errors });
  },
  odd: () => { throw Object.assign(new Error('orders'), { name: 7, stack: null }); },
  wrapped: () => {
    try { load({}, 'key'); } catch (error) { throw Object.assign(new TableMissing('orders'), { cause: error }); }
  },
  chain: () => { let error; for (let n = 0; n < 30; n += 1) error = new Error('e' + n, { cause: error }); throw error; },
  loop: () => { const error = new Error('orders'); error.cause = error; throw error; },
  causeText: () => { throw new Error('orders', { cause: 'no disk' }); },
  aggregate: () => { throw new AggregateError([new RangeError('one'), 'two', new Error('3', { cause: 'x' })], 'all of them'); },
};

const fail = (event) => (failures[event] ? failures[event]() : 'fine');
exports.sync = (event, context) => fail(event);
exports.async = async (event, context) => { await null; return fail(event); };
exports.callback = (event, context, callback) => { callback(null, fail(event)); };
`;
const FILES = { 'index.js': INDEX, 'lib/load.js': 'exports.load = (table, key) => table[key].value;\n' };

const CASES = [
  ['error', 'Error', 'orders'],
  ['named', 'TableMissing', 'orders'],
  ['unnamed', 'RangeError', 'orders'],
  ['deep', 'TypeError', "Cannot read properties of undefined (reading 'value')"],
  ['empty', 'TypeError', 'TypeError'],
  ['surrogate', 'Error', 'half \ufffd'],
  ['recursion', 'RangeError', 'Maximum call stack size exceeded'],
  ['invalid', 'EventInvalid', 'not JSON'],
  ['long', 'Error', 'x'.repeat(30000)],
  ['lines', 'Error', 'one\n    at least two'],
  ['string', 'Error', 'orders'],
  ['nothing', 'Error', 'undefined'],
  ['null', 'Error', 'null'],
  ['number', 'Error', '7'],
  ['symbol', 'Error', 'Symbol(s)'],
  ['object', 'Error', '{ code: 1 }'],
  ['withName', 'TableMissing', 'orders'],
  ['bare', 'Error', '[Object: null prototype] { code: 1 }'],
  ['class', 'Error', '[class TableMissing extends Error]'],
  ['getters', 'Error', '{}'],
  ['traps', 'Error', ''],
  ['revoked', 'Error', '<Revoked Proxy>'],
  ['revokedList', 'Error', 'orders'],
  ['badList', 'Error', 'orders'],
  ['odd', 'Error', 'orders'],
];
const WITHOUT_STACK = /^(string|nothing|null|number|symbol|object|withName|bare|class|getters|traps|revoked|odd)$/;

for (const form of ['sync', 'async', 'callback']) {
  test(`errors of a handler: ${form}`, async (t) => {
    const running = await start(t, FILES, { args: [`index.${form}`] });
    for (const [event, errorType, text] of CASES) {
      const reply = await running.ask(event);
      assert.equal(reply.outcome, 'error', event);
      const { errorType: type, errorMessage: message, stackTrace = [] } = reply.json;
      assert.equal(type, errorType, event);
      assert(message.startsWith(PREFIX) && message.includes(text), `${event}: ${message}`);
      if (!WITHOUT_STACK.test(event)) checkStack(stackTrace, event);
      assert.equal((await running.ask('on')).text, 'fine', event);
    }
    await running.stop();
  });
}

/** It has the handler's frames, and none of the package's and of Node's. */
function checkStack(stack, event) {
  assert(stack.length > 0 && stack.length < 30, `${event}: ${stack}`);
  assert(
    stack.some((line) => /^at .*\.\/index\.js:\d+:\d+\)?$/.test(line)),
    `${event}: ${stack}`,
  );
  assert(!/node:|bindings-node|node_modules/.test(stack.join()), `${event}: ${stack}`);
}

test('an error is in the log', async (t) => {
  const running = await start(t, FILES, { args: ['index.sync'] });
  const { stackTrace } = (await running.ask('named')).json;
  const trace = stackTrace.map((line) => `\n    ${line}`).join('');
  assert((await running.stop()).endsWith(` r1 ERROR TableMissing: ${PREFIX}orders${trace}\n`));
});

const IN_LOAD = 'at exports.load (./lib/load.js:1:43)';

test('a stack trace has the innermost frame first, and paths from the code root', async (t) => {
  const running = await start(t, FILES, { args: ['index.sync'] });
  const { stackTrace } = (await running.ask('deep')).json;
  const functions = stackTrace.map((line) => line.replace(/^at (\S+) .*/, '$1'));
  assert.equal(stackTrace[0], IN_LOAD);
  assert.deepEqual(functions, ['exports.load', 'Object.deep', 'fail', 'exports.sync']);
});

test('a stack trace of an ES module', async (t) => {
  const index = "import { fail } from './lib/fail.mjs';\nexport const handler = (event, context) => fail(event);\n";
  const fail = "export function fail() {\n  throw new Error('orders');\n}\n";
  const running = await start(t, { 'index.mjs': index, 'lib/fail.mjs': fail });
  const { stackTrace } = (await running.ask({})).json;
  assert.deepEqual(stackTrace, ['at fail (./lib/fail.mjs:2:9)', 'at handler (./index.mjs:2:44)']);
});

test('the code root by another name', async (t) => {
  const source = "exports.handler = (event, context) => { throw new Error('orders'); };";
  const link = `${folderWith(t, {})}/link`;
  const files = { 'index.js': source };
  fs.symlinkSync(folderWith(t, files), link);
  const running = await start(t, files, { variables: { RUNTIME_CODE_ROOT: link } });
  assert.deepEqual((await running.ask({})).json.stackTrace, ['at exports.handler (./index.js:1:47)']);
});

test('what led to an error', async (t) => {
  const running = await start(t, FILES, { args: ['index.sync'] });
  const stackOf = async (event) => (await running.ask(event)).json.stackTrace;

  const wrapped = await stackOf('wrapped');
  const place = wrapped.indexOf("caused by TypeError: Cannot read properties of undefined (reading 'value')");
  assert.equal(wrapped[place + 1], IN_LOAD);
  assert((await stackOf('causeText')).includes('caused by Error: no disk'));
  const causes = (await stackOf('chain')).filter((line) => line.startsWith('caused by'));
  assert.deepEqual([causes.length, causes[0], causes[9]], [10, 'caused by Error: e28', 'caused by Error: e19']);
  assert(!(await stackOf('loop')).some((line) => line.startsWith('caused by')));
});

test('all parts of an error that has several', async (t) => {
  const running = await start(t, FILES, { args: ['index.async'] });
  const { errorType, errorMessage, stackTrace } = (await running.ask('aggregate')).json;
  assert.deepEqual([errorType, errorMessage], ['AggregateError', `${PREFIX}all of them`]);
  const parts = stackTrace.filter((line) => /^\d\./.test(line));
  assert.deepEqual(parts, ['1. RangeError: one', '2. Error: two', '3. Error: 3']);
});

test('credentials are masked in errors', async (t) => {
  const source = "exports.handler = (event, context) => { throw new Error('refused: ' + context.securitySecretKey); };";
  const running = await start(t, source);
  const secret = 'a-very-secret-key';
  const reply = await running.ask({}, { headers: { 'X-Cff-Security-Secret-Key': secret } });
  assert.equal(reply.json.errorMessage, `${PREFIX}refused: ********`);
  assert(!(await running.stop()).includes(secret));
});
