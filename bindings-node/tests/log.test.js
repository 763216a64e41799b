'use strict';

// The logger of a context.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');
const { TIME, linesOf, recordsOf } = require('./support/log');

const JSON_LOG = { FGRUNTIME_LOG_FORMAT: 'json' };

test('the logger of the context', async (t) => {
  const source = `
    exports.handler = (event, context) => {
      const log = context.getLogger();
      log.debug('not %s', 'this');
      log.info('%s and %d', 'one', 2);
      log.warn('100%');
      log.error(['a list'], { a: 1 });
      log.log('no level');
      log.info();
      log.setLevel('NOTHING');
      log.info(log.isEnabled('DEBUG'), log.isEnabled('INFO'), log.isEnabled('nothing'));
      log.setLevel('DEBUG');
      context.logger.debug('this \\ud800');
    };`;
  const running = await start(t, source);
  await running.ask({}, { requestId: 'id-1' });
  assert.deepEqual(linesOf(await running.stop()), [
    'id-1 INFO one and 2',
    'id-1 WARN 100%',
    "id-1 ERROR [ 'a list' ] { a: 1 }",
    'id-1 no level',
    'id-1 INFO ',
    'id-1 INFO false true false',
    'id-1 DEBUG this \ufffd',
  ]);
});

test('a record is one line with its time, or one JSON object', async (t) => {
  const source = "exports.handler = (event, context) => context.getLogger().warn('one\\ntwo');";
  const text = await start(t, source);
  await text.ask({}, { requestId: 'id-1' });
  assert.match(await text.stop(), new RegExp(`^${TIME.source} id-1 WARN one\ntwo\n$`));

  const json = await start(t, source, { variables: { ...JSON_LOG, RUNTIME_FUNC_VERSION: 'v7' } });
  await json.ask({}, { requestId: 'id-1' });
  const { time, ...record } = JSON.parse(await json.stop());
  assert.match(time, new RegExp(`^${TIME.source}$`));
  const expected = { level: 'WARN', request_id: 'id-1', function: 'test', version: 'v7', message: 'one\ntwo' };
  assert.deepEqual(record, expected);
});

test('the level of the settings', async (t) => {
  const source = `
    exports.handler = (event, context) => {
      for (const level of ['debug', 'info', 'warn', 'error']) context.getLogger()[level](level);
      for (const level of ['debug', 'log', 'warn', 'error']) console[level]('console.' + level);
    };`;
  for (const [level, expected] of [
    ['DEBUG', ['debug', 'info', 'warn', 'error', 'console.debug', 'console.log', 'console.warn', 'console.error']],
    ['WARN', ['warn', 'error', 'console.warn', 'console.error']],
    ['ERROR', ['error', 'console.error']],
  ]) {
    const running = await start(t, source, { variables: { ...JSON_LOG, RUNTIME_LOG_LEVEL: level } });
    await running.ask({});
    const messages = recordsOf(await running.stop()).map(([, , message]) => message);
    assert.deepEqual(messages, expected);
  }
});

test('a level that is set holds for its invocation only', async (t) => {
  const source = `
    exports.handler = (event, context) => {
      if (event === 'quiet') context.getLogger().setLevel('ERROR');
      console.log('from %s', event);
      context.logger.warn('from %s', event);
    };`;
  const running = await start(t, source);
  for (const event of ['quiet', 'loud']) await running.ask(event, { requestId: event });
  assert.deepEqual(linesOf(await running.stop()), ['loud INFO from loud', 'loud WARN from loud']);
});

test('what is not written is not formatted', async (t) => {
  const source = `
    const { inspect } = require('node:util');
    exports.handler = (event, context) => {
      let formatted = 0;
      context.getLogger().debug({ [inspect.custom]: () => { formatted += 1; } });
      return formatted;
    };`;
  const running = await start(t, source);
  assert.equal((await running.ask({})).json, 0);
});

test('credentials are masked', async (t) => {
  const source = `
    exports.handler = (event, context) => {
      console.log('key: %s', context.securityAccessKey);
      context.getLogger().info({ token: context.token, other: 'fine' });
    };`;
  const running = await start(t, source);
  const headers = { 'X-Cff-Security-Access-Key': 'a-secret-key', 'X-Cff-Auth-Token': 'a-secret-token' };
  await running.ask({}, { headers });
  const expected = ['r1 INFO key: ********', "r1 INFO { token: '********', other: 'fine' }"];
  assert.deepEqual(linesOf(await running.stop()), expected);
});

test('a logger keeps its id after the reply', async (t) => {
  const source = `
    let last;
    exports.handler = (event, context) => {
      last?.info('the first, again');
      last ??= context.getLogger();
      setTimeout(() => { context.getLogger().warn('later'); console.log('later, too'); }, 1);
    };`;
  const running = await start(t, source);
  await running.ask({}, { requestId: 'id-1' });
  await running.printed('later, too');
  await running.ask({}, { requestId: 'id-2' });
  await running.printed('id-2 INFO later, too');
  assert.deepEqual(linesOf(await running.stop()), [
    'id-1 WARN later',
    'id-1 INFO later, too',
    'id-1 INFO the first, again',
    'id-2 WARN later',
    'id-2 INFO later, too',
  ]);
});

test('a long record is several, each complete', async (t) => {
  const source = "exports.handler = (event, context) => context.getLogger().info('x'.repeat(200_000));";
  const running = await start(t, source, { variables: JSON_LOG });
  await running.ask({});
  const messages = recordsOf(await running.stop()).map(([, , message]) => message);
  assert(messages.length === 3 && messages.join('') === 'x'.repeat(200_000));
});

test('many records are all written, whoever reads slowly and whatever was printed before', async (t) => {
  const source = `
    exports.handler = (event, context) => {
      process.stdout.write('printed\\n');
      for (let n = 0; n < 3000; n += 1) context.getLogger().info('%d %s', n, 'x'.repeat(1000));
    };`;
  const running = await start(t, source, { variables: JSON_LOG });
  running.process.readOutput(false);
  const id = running.send({});
  await new Promise((done) => setTimeout(done, 300));
  running.process.readOutput(true);
  await running.reply(id);
  const [first, ...lines] = linesOf(await running.stop());
  assert.equal(first, 'printed');
  assert.deepEqual(
    lines.map((line) => parseInt(JSON.parse(line).message, 10)),
    Array.from(lines.keys()),
  );
  assert.equal(lines.length, 3000);
});
