'use strict';

// What a handler may return.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');

/** A function that returns, when it is asked for it, the value of that expression. */
const RETURNING = `
  class Point { constructor() { this.x = 1; } get y() { return 2; } }
  class Money { toJSON(key) { return \`\${key}: 1 EUR\`; } }
  const cycle = { list: [] };
  cycle.list.push({ again: cycle });
  const nested = (depth, inner) => { let value = inner; for (let n = 0; n < depth; n += 1) value = [value]; return value; };
  const revoked = () => { const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy; };
  const detached = () => { const bytes = new Uint8Array(9); structuredClone(bytes, { transfer: [bytes.buffer] }); return bytes; };
  exports.handler = (event, _context) => eval('(' + event + ')');`;

const JSON_TYPE = 'application/json';
const TEXT_TYPE = 'text/plain; charset=utf-8';
const BYTES_TYPE = 'application/octet-stream';

const RESULTS = [
  ['undefined', undefined, ''],
  ['null', undefined, ''],
  ["'größe'", TEXT_TYPE, 'größe'],
  ["''", TEXT_TYPE, ''],
  ["'a\\ud800b\\udc00'", TEXT_TYPE, 'a\ufffdb\ufffd'],
  ['Buffer.from([255, 0])', BYTES_TYPE, Buffer.from([255, 0])],
  ['new Uint8Array([1, 2, 3, 4]).subarray(1, 3)', BYTES_TYPE, Buffer.from([2, 3])],
  ['Buffer.alloc(0)', BYTES_TYPE, ''],
  ['new Uint8Array(new SharedArrayBuffer(2))', BYTES_TYPE, Buffer.from([0, 0])],
  ['detached()', BYTES_TYPE, ''],
  ['{ a: 1, b: [true, null], c: undefined }', JSON_TYPE, '{"a":1,"b":[true,null]}'],
  ["['\\ud800', 'é😀', '\\udc00\\ud800']", JSON_TYPE, '["\ufffd","é😀","\ufffd\ufffd"]'],
  ["{ '\\ud800': 1 }", JSON_TYPE, '{"\ufffd":1}'],
  ['3', JSON_TYPE, '3'],
  ['false', JSON_TYPE, 'false'],
  ['[NaN, -Infinity, -0]', JSON_TYPE, '[null,null,0]'],
  ['[undefined, () => 1, Symbol()]', JSON_TYPE, '[null,null,null]'],
  ['new Date(0)', JSON_TYPE, '"1970-01-01T00:00:00.000Z"'],
  ['{ price: new Money() }', JSON_TYPE, '{"price":"price: 1 EUR"}'],
  ['new Point()', JSON_TYPE, '{"x":1}'],
  ['new Map([[1, 2]])', JSON_TYPE, '{}'],
  ["new String('text')", JSON_TYPE, '"text"'],
  ["Object.assign(Object.create(null), { a: 'b' })", JSON_TYPE, '{"a":"b"}'],
  ['JSON.parse(\'{"__proto__":1}\')', JSON_TYPE, '{"__proto__":1}'],
  ['nested(2000, 0)', JSON_TYPE, `${'['.repeat(2000)}0${']'.repeat(2000)}`],
  ["nested(2000, '\\ud800')", JSON_TYPE, `${'['.repeat(2000)}"\ufffd"${']'.repeat(2000)}`],
];

test('results', async (t) => {
  const running = await start(t, RETURNING);
  for (const [expression, contentType, body] of RESULTS) {
    const reply = await running.ask(expression);
    assert.deepEqual([reply.outcome, reply.contentType], ['response', contentType], `${expression}: ${reply.text}`);
    assert.deepEqual(reply.body, Buffer.from(body), `${expression}: ${reply.text.slice(0, 200)}`);
  }
  assert.equal(await running.stop(), '');
});

const REFUSED = [
  ['1n', 'a BigInt at the top level'],
  ['{ a: [1, { b: 2n }] }', 'a BigInt at `a[1].b`'],
  ['cycle', 'a cycle at `list[0].again`'],
  ['[cycle]', 'a cycle at `[0].list[0].again`'],
  ["{ a: { toJSON() { throw new Error('no words') } } }", 'its toJSON throws no words at `a`'],
  ["{ a: { get toJSON() { throw new Error('no words') } } }", 'its toJSON throws no words at `a`'],
  ['{ a: { toJSON: () => 1n } }', 'a BigInt at `a`'],
  ["{ a: [{ get b() { throw new Error('no b') } }] }", 'a getter that throws no b at `a[0].b`'],
  ['{ get a() { throw { toString: null } } }', 'a getter that throws { toString: null } at `a`'],
  ["{ a: new Proxy({}, { ownKeys() { throw new Error('no keys') } }) }", 'a proxy that throws no keys at `a`'],
  ['{ a: revoked() }', "its toJSON throws Cannot perform 'get' on a proxy that has been revoked at `a`"],
  ['() => 1', 'a function at the top level'],
  ['Symbol()', 'a symbol at the top level'],
  ['{ toJSON: () => undefined }', 'an object whose toJSON gives none at the top level'],
  ['nested(100000, 0)', 'more than 500 levels at'],
];

test('results that JSON cannot say', async (t) => {
  const running = await start(t, RETURNING);
  for (const [expression, reason] of REFUSED) {
    const reply = await running.ask(expression);
    assert.equal(reply.outcome, 'error', expression);
    assert.equal(reply.json.errorType, 'FunctionResultInvalid', `${expression}: ${reply.text}`);
    const expected = `the result cannot be written as JSON: ${reason}`;
    assert.equal(reply.json.errorMessage.slice(0, expected.length), expected, expression);
    assert.equal((await running.ask('[1]')).text, '[1]');
  }
});

test('a result over the limit', async (t) => {
  const running = await start(t, "exports.handler = (event, _context) => 'x'.repeat(event);", {
    variables: { RUNTIME_MAX_RESP_BODY_SIZE: '5' },
  });
  assert.equal((await running.ask(5)).text, 'xxxxx');
  assert.equal((await running.ask(6)).json.errorType, 'FunctionResponseTooLarge');
});

test('an answer that API Gateway does not accept is warned of', async (t) => {
  const running = await start(t, 'exports.handler = (event, _context) => ({ statusCode: 200, body: { a: 1 } });');
  const request = { httpMethod: 'GET', path: '/', headers: {}, requestContext: { stage: 'RELEASE', apiId: 'a' } };
  const event = { ...request, queryStringParameters: {}, pathParameters: {}, isBase64Encoded: true, body: '' };
  assert.equal((await running.ask(event)).text, '{"statusCode":200,"body":{"a":1}}');
  assert.match(await running.stop(), / r1 WARN API Gateway will not accept this answer.*\/body/);
});
