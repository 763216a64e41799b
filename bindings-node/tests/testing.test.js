'use strict';

// What users test their handlers with.

const assert = require('node:assert/strict');
const test = require('node:test');
const fgruntime = require('..');
const { CapturedLog, makeContext, sampleEvent } = require('../testing');

const { apig, event, EventInvalid, kafka, raw } = fgruntime;
const KINDS = Object.entries(require('../lib/kinds'));

const greet = apig((request, context) => {
  const name = request.queryStringParameter('name') ?? 'world';
  context.getLogger().info('greeting %s', name);
  return `Hello, ${name}!`;
});

test('a handler is called with a sample event and a context', () => {
  const log = new CapturedLog();
  const request = sampleEvent('apig', { queryStringParameters: { name: 'Ada' } });
  assert.equal(greet(request, makeContext({ requestId: 'id-1', log })), 'Hello, Ada!');
  assert.deepEqual(log.records, [{ level: 'INFO', message: 'greeting Ada', requestId: 'id-1' }]);
  assert.deepEqual(log.messages, ['greeting Ada']);
  assert(log.includes('Ada') && !log.includes('Grace'));
  greet(request, makeContext({ log }));
  assert.deepEqual(
    log.records.map(({ requestId }) => requestId),
    ['id-1', 'test-request'],
  );
});

test('a wrapped handler takes any form of an event', () => {
  const path = apig((request) => request.path);
  const json = '{"path":"/orders"}';
  const parsed = apig.parse(json);
  for (const given of [json, Buffer.from(json), JSON.parse(json), parsed]) assert.equal(path(given), '/orders');
  assert.equal(apig((request) => request)(parsed), parsed);
  assert.equal(kafka((batch) => batch.kind)('{}'), 'kafka');
  assert.equal(event((any) => any.kind)(sampleEvent('timer')), 'timer');
  assert.throws(() => path('{'), EventInvalid);
});

test('a wrapped handler passes everything else on', async () => {
  const all = apig((request, context, callback) => callback(null, [request.path, context]));
  assert.equal(all.length, 3);
  assert.deepEqual(await new Promise((done) => all({ path: '/' }, 7, (error, result) => done(result))), ['/', 7]);
  assert.equal(await apig(async (request, context) => context)({}, 'it'), 'it');
  assert.equal(greet.name, apig(greet).name);
});

test('a raw handler gets bytes', () => {
  const payload = raw((bytes) => bytes);
  const bytes = Buffer.from([0xff]);
  assert.equal(payload(bytes), bytes);
  assert.deepEqual(payload('größe'), Buffer.from('größe'));
  assert.deepEqual(payload({ a: 1 }), Buffer.from('{"a":1}'));
});

test('a payload that cannot be read', () => {
  const refused = { name: 'EventInvalid', offset: 9, reason: 'not_json', message: /offset 9/ };
  assert.throws(() => apig.parse('{"path": secret}'), refused);
  assert.throws(() => event.parse('['.repeat(129)), { reason: 'too_deep' });
  assert.throws(() => event.parse(Buffer.alloc((6 << 20) + 1, ' ')), { reason: 'too_large', offset: 6 << 20 });
  assert.throws(() => event.parse(''), EventInvalid);
  assert.throws(() => event.parse(undefined), EventInvalid);
});

test('every kind has a function and a sample', () => {
  assert.equal(KINDS.length, 18);
  for (const [name, kind] of KINDS) {
    const sample = sampleEvent(kind);
    assert.equal(fgruntime[name].parse(sample).kind, kind);
    assert.deepEqual(fgruntime[name].parse(sample).toJSON(), sample);
  }
});

test('members of a sample are replaced', () => {
  const changed = sampleEvent('kafka', { 'records.0.topic_id': 'changed', 'more.and.more': 1, region: undefined });
  assert.equal(changed.records[0].topic_id, 'changed');
  assert.deepEqual([changed.more, changed.region], [{ and: { more: 1 } }, undefined]);
  assert.equal(sampleEvent('kafka').records[0].topic_id, 'orders');
  assert.equal(kafka.parse(changed).records[0].topicId, 'changed');
});

test('names that objects have anyway are replaced like others', () => {
  const changed = sampleEvent('timer', { '__proto__.polluted': 1, 'constructor.name': 'mine' });
  assert.equal({}.polluted, undefined);
  assert.deepEqual(Object.getOwnPropertyDescriptor(changed, '__proto__').value, { polluted: 1 });
  assert.deepEqual(changed.constructor, { name: 'mine' });
});

test('a kind that is none', () => {
  assert.throws(() => sampleEvent('nothing'), /there is no sample event 'nothing'; there are apig, /);
});

test('a context has what it is made of', () => {
  const context = makeContext({
    functionName: 'resize',
    version: 'v7',
    package: 'images',
    projectId: 'project-1',
    memorySize: 512,
    timeoutSeconds: 10,
    userData: { TABLE: 'orders' },
    headers: { 'X-CFF-Security-Access-Key': 'a-key' },
    variables: { RUNTIME_CPU: '700' },
  });
  const { functionName, version, package: app, projectId, memorySize, cpuNumber, runningTimeInSeconds } = context;
  const asked = [functionName, version, app, projectId, memorySize, cpuNumber, runningTimeInSeconds];
  assert.deepEqual(asked, ['resize', 'v7', 'images', 'project-1', 512, 700, 10]);
  assert.deepEqual([context.getRequestID(), context.getSecurityAccessKey()], ['test-request', 'a-key']);
  assert.deepEqual([context.getUserData('TABLE'), { ...context.userData }], ['orders', { TABLE: 'orders' }]);
  assert(context.remainingTimeInMilliSeconds > 0 && context.remainingTimeInMilliSeconds <= 10_000);
});

test('what stands for the environment has the last word', () => {
  const context = makeContext({
    functionName: 'resize',
    variables: { RUNTIME_FUNC_NAME: 'other', RUNTIME_MEMORY: '64' },
  });
  assert.deepEqual([context.functionName, context.memorySize], ['other', 64]);
});

test('nothing of a context comes from the environment', (t) => {
  process.env.RUNTIME_FUNC_NAME = 'from the environment';
  t.after(() => delete process.env.RUNTIME_FUNC_NAME);
  assert.equal(makeContext().functionName, 'test');
  assert.equal(makeContext().getUserData('TABLE'), undefined);
});

test('the level of a captured log', () => {
  const log = new CapturedLog();
  const logger = makeContext({ log }).getLogger();
  logger.debug('debug');
  logger.log('no level');
  makeContext({ log, logLevel: 'WARN' }).getLogger().info('not this');
  assert.deepEqual(
    log.records.map(({ level }) => level),
    ['DEBUG', 'INFO'],
  );
  makeContext().getLogger().info('goes nowhere');
});

test('typed events are made by parsing only', () => {
  const { constructor: Event } = apig.parse({});
  assert.throws(() => new Event(), /typed events are made by the functions called parse/);
});
