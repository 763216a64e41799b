'use strict';

// Plain HTTP requests, from Node's own clients, to a handler of API Gateway events.

const assert = require('node:assert/strict');
const test = require('node:test');
const { serve } = require('./support/http_function');

const VARIABLES = { FGRUNTIME_HTTP_MODE: 'apig' };

/** Answers with what it was asked. */
const ECHO = `
  const { apig } = require('fgruntime');
  exports.handler = apig(async (event, context) => {
    await null;
    const { httpMethod, path, headers, rawBody, queryStringParameters: query } = event;
    const body = { httpMethod, path, query, values: event.queryStringParameterValues('x'), cookie: headers.cookie, bytes: [...rawBody] };
    return {
      statusCode: 201,
      headers: { 'Content-Type': 'application/json', 'Set-Cookie': ['a=1; Path=/', 'b=2'], 'X-Request': context.requestId },
      body: JSON.stringify(body),
      isBase64Encoded: false,
    };
  });`;

test('GET with a query, and cookies both ways', async (t) => {
  const running = await serve(t, ECHO, { variables: VARIABLES });
  const response = await fetch(running.url('/gr%C3%BC%C3%9Fe/a%20b?x=1&y=a+b%26&x=2&z'), {
    headers: { Cookie: 'c=3; d=4' },
  });
  assert.equal(response.status, 201);
  assert.equal(response.headers.get('content-type'), 'application/json');
  assert.deepEqual(response.headers.getSetCookie(), ['a=1; Path=/', 'b=2']);
  assert.equal(response.headers.get('x-request'), response.headers.get('x-cff-request-id'));
  assert.deepEqual(await response.json(), {
    httpMethod: 'GET',
    path: '/gr%C3%BC%C3%9Fe/a%20b',
    query: { x: '1', y: 'a b&', z: '' },
    values: ['1', '2'],
    cookie: 'c=3; d=4',
    bytes: [],
  });
  await running.stop();
});

test('POST of all bytes there are', async (t) => {
  const running = await serve(t, ECHO, { variables: VARIABLES });
  const bytes = Array.from({ length: 256 }, (_, byte) => byte);
  const response = await fetch(running.url('/'), { method: 'POST', body: Uint8Array.from(bytes) });
  const answer = await response.json();
  assert.deepEqual([response.status, answer.httpMethod, answer.bytes], [201, 'POST', bytes]);
  await running.stop();
});

test('bytes as the answer', async (t) => {
  const source = `
    exports.handler = async (event, context) => ({
      statusCode: 200,
      headers: { 'Content-Type': 'application/octet-stream' },
      body: Buffer.from([0, 255, 10]).toString('base64'),
      isBase64Encoded: true,
    });`;
  const running = await serve(t, source, { variables: VARIABLES });
  const response = await fetch(running.url('/'), { method: 'PUT', body: 'x' });
  assert.deepEqual([...new Uint8Array(await response.arrayBuffer())], [0, 255, 10]);
  await running.stop();
});

test('HEAD has the head of GET, and no body', async (t) => {
  const running = await serve(t, ECHO, { variables: VARIABLES });
  const response = await fetch(running.url('/'), { method: 'HEAD' });
  assert.deepEqual([response.status, await response.text()], [201, '']);
  assert(Number(response.headers.get('content-length')) > 0);
  // The connection is as good as before.
  const { status } = await running.request('/', { method: 'GET' });
  assert.equal(status, 201);
  await running.stop();
});

test('many requests over few connections', async (t) => {
  const running = await serve(t, ECHO, { variables: VARIABLES });
  const ask = async (/** @type {number} */ number) => (await fetch(running.url(`/${number}`))).json();
  const answers = await Promise.all(Array.from({ length: 200 }, (_, number) => ask(number)));
  assert.deepEqual(
    answers.map(({ path }) => path),
    Array.from({ length: 200 }, (_, number) => `/${number}`),
  );
  await running.stop();
});

test('an error is 500 without its stack, which only the log has', async (t) => {
  const source = "exports.handler = async (event, context) => { throw new RangeError('no table'); };";
  const running = await serve(t, source, { variables: VARIABLES });
  const response = await fetch(running.url('/'));
  const message = 'function invocation exception, error: no table';
  assert.equal(response.status, 500);
  assert.deepEqual(await response.json(), { errorType: 'RangeError', errorMessage: message });
  assert.match(await running.stop(), /no table\\n +at exports\.handler \(\.\/index\.js:1:/);
});

test('what is no answer of API Gateway is 500, and says why', async (t) => {
  const running = await serve(t, "exports.handler = (event, context) => 'hello';", { variables: VARIABLES });
  const { errorType, errorMessage } = await (await fetch(running.url('/'))).json();
  assert.equal(errorType, 'FunctionResultInvalid');
  assert.match(errorMessage, /expected a JSON object/);
});
