'use strict';

// `console`, which writes to the log of the request that it is called in.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');
const { linesOf, recordsOf } = require('./support/log');

const JSON_LOG = { FGRUNTIME_LOG_FORMAT: 'json' };

test('what is written anywhere carries the request that it is written for', async (t) => {
  const source = `
    const { EventEmitter, once } = require('node:events');
    const fs = require('node:fs');
    const { setTimeout: sleep } = require('node:timers/promises');
    const waiting = [];
    async function all() {
      const here = new Promise((done) => waiting.push(done));
      if (waiting.length === 10) for (const done of waiting) done();
      const alive = setInterval(() => {}, 1);
      await here;
      clearInterval(alive);
    }
    async function part(name) {
      await sleep(1);
      console.log(name);
    }
    exports.handler = async (event, context) => {
      console.log('begin');
      await all();
      await Promise.all([part('one'), part('two')]);
      setImmediate(() => console.log('immediate'));
      process.nextTick(() => console.log('tick'));
      await new Promise((done) => fs.readFile(__filename, () => { console.log('file'); done(); }));
      await fs.promises.stat(__filename);
      await require('node:util').promisify(require('node:crypto').randomBytes)(1);
      context.getLogger().info('end');
      return context.requestId;
    };`;
  const running = await start(t, source, { variables: JSON_LOG });
  const ids = Array.from({ length: 10 }, () => running.send({}));
  for (const id of ids) assert.equal((await running.reply(id)).text, id);
  const records = recordsOf(await running.stop());
  const expected = ['begin', 'end', 'file', 'immediate', 'one', 'tick', 'two'];
  for (const id of ids) {
    const messages = records.filter(([requestId]) => requestId === id).map(([, , message]) => message);
    assert.deepEqual(messages.sort(), expected);
  }
  assert.equal(records.length, ids.length * expected.length);
});

test('each method writes one record of its level', async (t) => {
  const source = `
    exports.handler = (event, context) => {
      console.debug('not this');
      console.log('%s and %d%%', 'one', 2, { a: [1] });
      console.info('one\\ntwo');
      console.warn(new Map([[1, 2]]));
      console.error('no', null, undefined);
      console.log();
      console.table([{ a: 1, b: 'x' }, { a: 2 }]);
      console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
      console.dir('100%');
      console.group('group %s', 'one');
      console.log('inside');
      console.groupEnd();
      console.assert(true, 'not this');
      console.assert(1 === 2, 'numbers %s', 'differ');
      console.count();
      console.count('name');
      console.count('name');
      console.time('timer');
      console.timeLog('timer', 'so far');
      console.timeEnd('timer');
      console.trace('from %s', 'here');
      console.dirxml({ a: 1 });
    };`;
  const running = await start(t, source, { variables: JSON_LOG });
  await running.ask({}, { requestId: 'id-1' });
  const records = recordsOf(await running.stop());
  assert(records.every(([requestId]) => requestId === 'id-1'));
  const table = records[5][2].split('\n');
  assert.equal(table.length, 6);
  assert.match(table[3], /│ +0 +│ +1 +│ +'x' +│/);
  const isTime = (text) => /^timer: [\d.]+m?s( so far)?$/.test(text);
  const shown = records.map(
    ([, level, message]) => `${level} ${isTime(message) ? message.replace(/[\d.]+m?s/, 'TIME') : message}`,
  );
  const trace = shown.find((line) => line.includes('Trace'));
  assert.match(trace, /^INFO Trace: from here\n {4}at exports\.handler \(\.\/index\.js:23:\d+\)$/);
  assert.deepEqual(
    shown.filter((line) => line !== trace && !line.includes('│')),
    [
      'INFO one and 2% { a: [ 1 ] }',
      'INFO one\ntwo',
      'WARN Map(1) { 1 => 2 }',
      'ERROR no null undefined',
      'INFO ',
      'INFO { a: [Object] }',
      "INFO '100%'",
      'INFO group one',
      'INFO inside',
      'WARN Assertion failed: numbers differ',
      'INFO default: 1',
      'INFO name: 1',
      'INFO name: 2',
      'INFO timer: TIME so far',
      'INFO timer: TIME',
      'INFO { a: 1 }',
    ],
  );
});

test('outside of an invocation the id is that of no request', async (t) => {
  const source = `
    console.log('at import');
    exports.initializer = (context) => {
      console.warn('in the initializer');
      context.getLogger().info('its context');
    };
    let open = false;
    setInterval(() => { if (open) { open = false; console.log('between'); } }, 1);
    exports.handler = (event, context) => { console.log('in the handler'); open = true; };`;
  const running = await start(t, source, { variables: { RUNTIME_INITIALIZER_HANDLER: 'index.initializer' } });
  await running.ask({}, { requestId: 'id-1' });
  await running.printed('between');
  assert.deepEqual(linesOf(await running.stop()), [
    '- INFO at import',
    '- WARN in the initializer',
    '- INFO its context',
    'id-1 INFO in the handler',
    '- INFO between',
  ]);
});

test('console in an ES module, and one that was kept from before', async (t) => {
  const source = `
    import { log } from 'node:console';
    import { warn } from './kept.mjs';
    export const handler = (event, context) => { log('log'); warn('warn'); console.error('error'); };`;
  const files = { 'index.mjs': source, 'kept.mjs': 'export const { warn } = console;' };
  const running = await start(t, files);
  await running.ask({}, { requestId: 'id-1' });
  assert.deepEqual(linesOf(await running.stop()), ['id-1 INFO log', 'id-1 WARN warn', 'id-1 ERROR error']);
});

test('what is printed otherwise is printed as it is, in its place', async (t) => {
  const source = `
    exports.handler = (event, context) => {
      process.stdout.write('before\\n');
      console.log('between');
      process.stdout.write('after\\n');
    };`;
  const running = await start(t, source);
  await running.ask({}, { requestId: 'id-1' });
  assert.deepEqual(linesOf(await running.stop()), ['before', 'id-1 INFO between', 'after']);
});
