'use strict';

// What a handler is called with: untyped events, typed ones, and the payload as it came.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');

const APIG = {
  httpMethod: 'GET',
  path: '/hello',
  body: 'aGk=',
  isBase64Encoded: true,
  headers: { Accept: 'text/plain' },
  queryStringParameters: { name: 'Ada', tag: ['a', 'b'] },
  pathParameters: {},
  requestContext: { apiId: 'a', requestId: 'b', stage: 'RELEASE' },
  more: { n: 1 },
};
const MARK = Buffer.from('\ufeff');

/** One function, asked how often one likes. */
const one = (source) => `const { apig, event, kafka, raw, timer } = require('fgruntime'); ${source}`;

test('an untyped event is what JSON.parse gives', async (t) => {
  const running = await start(t, 'exports.handler = (event, _context) => [event, typeof event];');
  for (const event of [{ a: [1, 2.5, null, 'é😀'], b: {} }, [], 'text', '', 1, -0.5, null, true]) {
    assert.deepEqual((await running.ask(event)).json, [event, typeof event]);
  }
  assert.deepEqual((await running.ask(Buffer.alloc(0))).json, [null, 'object']);
  assert.equal(await running.stop(), '');
});

test('a byte order mark is not part of an event, but of a payload', async (t) => {
  const source = one(`
    exports.untyped = (event, _context) => event;
    exports.typed = apig((event, _context) => event.path);
    exports.raw = raw((event, _context) => event);`);
  const payload = Buffer.concat([MARK, Buffer.from('{"path":"/"}')]);
  for (const [name, expected] of Object.entries({ untyped: '{"path":"/"}', typed: '/', raw: payload.toString() })) {
    const running = await start(t, source, { args: [`index.${name}`] });
    assert.equal((await running.ask(payload)).text, expected);
    assert.equal((await running.ask(MARK)).outcome, name === 'typed' ? 'error' : 'response');
  }
});

test('a payload that is not JSON', async (t) => {
  const source = one(`
    exports.untyped = (event, _context) => 'called';
    exports.typed = apig((event, _context) => 'called');
    exports.event = event((event, _context) => 'called');`);
  const secret = 'hunter2-secret';
  for (const name of ['untyped', 'typed', 'event']) {
    const running = await start(t, source, { args: [`index.${name}`] });
    for (const [payload, offset] of [
      [`{"password": "${secret}", }`, 31],
      [`{"password": ${secret}}`, 13],
      [`"${secret}`, 15],
      [`{"a": 1} ${secret}`, 9],
      ['  ', 2],
      ['\u0000', 0],
    ]) {
      const reply = await running.ask(Buffer.from(payload));
      assert.equal(reply.outcome, 'error');
      assert.equal(reply.json.errorType, 'EventInvalid');
      assert.match(reply.json.errorMessage, new RegExp(`^the payload is not JSON: .*\\(offset ${offset}\\)$`), payload);
      assert(!reply.text.includes('secret'), reply.text);
    }
    assert.equal((await running.ask({})).text, 'called');
    assert(!(await running.stop()).includes('secret'));
  }
});

test('bytes that are no text', async (t) => {
  const source = one(`
    exports.untyped = (event, _context) => [event];
    exports.typed = apig((event, _context) => [event.path]);
    exports.raw = raw((event, _context) => event);`);
  const payload = Buffer.concat([Buffer.from('{"path":"/'), Buffer.from([0xff]), Buffer.from('"}')]);
  const expected = { untyped: [{ path: '/\ufffd' }], typed: ['/\ufffd'] };
  for (const [name, result] of Object.entries(expected)) {
    const running = await start(t, source, { args: [`index.${name}`] });
    assert.deepEqual((await running.ask(payload)).json, result);
    assert.equal((await running.ask(Buffer.from([0x22, 0xff]))).json.errorType, 'EventInvalid');
  }
  const running = await start(t, source, { args: ['index.raw'] });
  assert.deepEqual((await running.ask(payload)).body, payload);
  assert.equal((await running.ask(Buffer.alloc(0))).body.length, 0);
});

test('a member called __proto__ is a member like any other', async (t) => {
  const running = await start(
    t,
    one(`
      const own = (object) => [Object.getPrototypeOf(object)?.constructor.name, ...Object.entries(object).flat()];
      exports.untyped = (event, _context) => [...own(event.headers), event.headers.admin === undefined];
      exports.typed = apig((event, _context) => [...own(event.headers), ...own(event.unknownFields())]);
      exports.handler = (event, context) => exports[context.requestId](event, context);`),
  );
  const payload = Buffer.from('{"headers":{"__proto__":"admin"},"__proto__":{"admin":true}}');
  assert.deepEqual((await running.ask(payload, { requestId: 'untyped' })).json, ['Object', '__proto__', 'admin', true]);
  const expected = [null, '__proto__', 'admin', null, '__proto__', { admin: true }];
  assert.deepEqual((await running.ask(payload, { requestId: 'typed' })).json, expected);
});

test('an event of any depth, unless it is typed', async (t) => {
  const untyped = `
    exports.handler = (event, _context) => {
      let depth = 0;
      for (; event.length > 0; event = event[0]) depth += 1;
      return depth;
    };`;
  const nested = (depth) => Buffer.from('['.repeat(depth) + ']'.repeat(depth));
  assert.equal((await (await start(t, untyped)).ask(nested(50_000))).json, 49_999);
  const typed = await start(t, one('exports.handler = event((event, _context) => event.kind);'));
  assert.equal((await typed.ask(nested(128))).text, 'unknown');
  const refused = await typed.ask(nested(129));
  assert.equal(refused.json.errorType, 'EventInvalid');
  assert.match(refused.json.errorMessage, /128/);
});

test('a wrapped handler gets the kind that it asks for, one for any kind what the shape shows', async (t) => {
  const source = one(`
    const handler = (event, _context) => [event.kind, event.constructor.name];
    Object.assign(exports, { apig: apig(handler), timer: timer(handler), any: event(handler) });`);
  for (const [name, ofApig, ofTimer, ofOther] of [
    ['apig', 'ApigTriggerEvent', 'ApigTriggerEvent', 'ApigTriggerEvent'],
    ['timer', 'TimerTriggerEvent', 'TimerTriggerEvent', 'TimerTriggerEvent'],
    ['any', 'ApigTriggerEvent', 'TimerTriggerEvent', 'TypedEvent'],
  ]) {
    const running = await start(t, source, { args: [`index.${name}`] });
    assert.equal((await running.ask(APIG)).json[1], ofApig);
    assert.equal((await running.ask({ trigger_type: 'TIMER' })).json[1], ofTimer);
    assert.equal((await running.ask([])).json[1], ofOther);
  }
});

test('fields of a typed event', async (t) => {
  const running = await start(
    t,
    one(`
      exports.handler = apig((event, _context) => ({
        texts: [event.httpMethod, event.path, event.userData === undefined, event.requestContext.stage],
        body: event.rawBody.toString(),
        headers: [event.headers.Accept, event.header('ACCEPT'), event.header('none') === undefined, event.headerValues('accept')],
        query: [event.queryStringParameter('tag'), event.queryStringParameterValues('TAG')],
        same: event.headers === event.headers && event.requestContext === event.requestContext,
        unknown: event.unknownFields(),
        context: event.requestContext,
        shown: require('node:util').inspect(event),
      }));`),
  );
  assert.deepEqual((await running.ask(APIG)).json, {
    texts: ['GET', '/hello', true, 'RELEASE'],
    body: 'hi',
    headers: ['text/plain', 'text/plain', true, ['text/plain']],
    query: ['a', ['a', 'b']],
    same: true,
    unknown: { more: { n: 1 } },
    context: APIG.requestContext,
    shown: '<fgruntime ApigTriggerEvent>',
  });
});

test('a typed event as a result is the event', async (t) => {
  const running = await start(t, one('exports.handler = event((event, _context) => event);'));
  assert.deepEqual((await running.ask(APIG)).json, APIG);
  assert.deepEqual((await running.ask([1, null])).json, [1, null]);
});

test('an event that is used after the reply', async (t) => {
  const running = await start(
    t,
    one(`
      let last;
      exports.handler = kafka((event, _context) => {
        const before = last?.records[0].messages;
        last = event;
        return before;
      });`),
  );
  const event = (message) => ({ trigger_type: 'KAFKA', records: [{ messages: [message], topic_id: 't' }] });
  assert.equal((await running.ask(event('first'))).text, '');
  assert.deepEqual((await running.ask(event('second'))).json, ['first']);
  assert.deepEqual((await running.ask(event('third'))).json, ['second']);
});
