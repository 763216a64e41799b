'use strict';

// Holds the package against the vectors of all languages.

const assert = require('node:assert/strict');
const path = require('node:path');
const test = require('node:test');
const { EventInvalid } = require('..');
const { camelCase } = require('../lib/events');
const { typed } = require('../lib/handlers');
const native = require('../lib/native');
const { start } = require('./support/function');
const { TIME } = require('./support/log');
const shown = require('./support/shown');
const { asking, casesOf, check, keepLongNumbers, like, textOf, toBytes } = require('./support/vectors');

// Findings that canonical JSON makes again, because what they are about is kept as it was.
const KEPT = new Set([
  'array',
  'null',
  'number that is not a time',
  'milliseconds',
  'string with a date',
  'string that is not a time',
  'string that is not an RFC 3339 time',
  'a member of a record',
  'a member of `notify_data`',
]);

test('events', () => check('events', event));

function event(one) {
  const payload = toBytes(one.input);
  const given = asking(one, 'name', 'input', 'as');
  let read;
  try {
    read = typed(one.as).parse(payload);
  } catch (error) {
    assert(error instanceof EventInvalid, error);
    return { ...given, error: { kind: error.reason, offset: error.offset } };
  }
  if (one.as === undefined) assert.equal(native.kindOf(payload), read.kind);
  const canonical = Buffer.from(read.toCanonical());
  given.kind = read.kind;
  given.canonical = like(one.canonical, canonical);
  given.findings = read.findings;
  for (const [member, value] of decoded(one, read)) if (member in one) given[member] = value;
  checkAgain(one, given, canonical);
  return given;
}

/** Canonical JSON is of the same kind and its own canonical form; it has no findings but those that cannot get lost. */
function checkAgain(one, given, canonical) {
  const again = typed(one.as).parse(canonical);
  assert.deepEqual([again.kind, again.toCanonical()], [given.kind, canonical.toString()], one.name);
  for (const { path: place, found, read } of again.findings) {
    const isKept = given.findings.some((first) => first.path !== '' && place.endsWith(first.path)) && KEPT.has(found);
    const isThere = given.findings.some(
      (first) => first.path === place && first.found === found && first.read === read,
    );
    assert(isKept || isThere, `${one.name}: ${place}: ${found}, read as ${read}`);
  }
}

/** What members decode. */
function* decoded(one, read) {
  if (read.kind === 'apig') {
    yield ['raw_body', like(one.raw_body, read.rawBody)];
  } else if (read.kind === 'lts') {
    yield ['raw_data', like(one.raw_data, read.lts?.rawData ?? Buffer.alloc(0))];
    yield ['logs', (read.lts?.dataFields?.logs ?? []).map(entryOf)];
  } else if (read.kind === 'dis') {
    const records = read.message?.records ?? [];
    yield ['raw_data', records.map(({ rawData }, index) => like(one.raw_data?.[index], rawData))];
  } else if (read.kind === 'obs') {
    yield ['decoded_key', read.records.map(({ s3, obs }) => (s3 ?? obs)?.object?.decodedKey ?? null)];
  } else if (['kafka', 'rocketmq', 'rabbitmq'].includes(read.kind)) {
    yield ['messages', read.records.map(({ messages }) => messages)];
  }
}

function entryOf({ message, timeEpochMs, lineNo }) {
  return { message: message ?? null, time_epoch_ms: timeEpochMs ?? null, line_no: lineNo ?? null };
}

test('untyped events are what JSON.parse gives', async (t) => {
  const index = `
    const shown = require(${JSON.stringify(path.join(__dirname, 'support/shown.js'))});
    exports.handler = (event, _context) => shown(event);`;
  const running = await start(t, index);
  let same = 0;
  for (const { file, one } of casesOf('events')) {
    const payload = toBytes(one.input);
    if (payload.length > 6 << 20) continue;
    const reply = await running.ask(payload);
    const expected = parsed(payload);
    if (expected === undefined) {
      assert.equal(reply.json.errorType, 'EventInvalid', one.name);
    } else {
      assert.equal(reply.text, shown(expected.value), `${file}: ${one.name}`);
      same += 1;
    }
  }
  assert(same > 650, `${same} cases`);
});

/** Undefined if it is not JSON. */
function parsed(payload) {
  const text = payload.toString().replace(/^\ufeff/, '');
  try {
    return { value: text === '' ? null : JSON.parse(text) };
  } catch {
    return undefined;
  }
}

test('context', () => check('context', context));

/** The warnings are records of the log here, as in C. */
function context(one) {
  const id = one.headers.find(([name]) => name.toLowerCase() === 'x-cff-request-id')?.[1] ?? '';
  const { variables, headers } = one;
  const asked = makeContext({ requestId: id, headers: headers.flat(), variables });
  const answers = Object.entries(one.expect).map(([name, expected]) => [name, answer(asked, name, expected)]);
  return { ...asking(one, 'name', 'variables', 'headers', 'warnings'), expect: Object.fromEntries(answers) };
}

function makeContext(options, log = new native.CapturedLines()) {
  return native.makeContext(
    { requestId: '', headers: [], variables: {}, userData: {}, logFormat: 'text', ...options },
    log,
  );
}

function answer(asked, name, expected) {
  if (name === 'user_data') {
    return Object.fromEntries(Object.keys(expected).map((key) => [key, asked.getUserData(key) ?? null]));
  }
  const property = camelCase(name);
  const value = property in asked ? asked[property] : asked.setting(name);
  assert.notEqual(value, null, `${name} is absent by being undefined`);
  return value ?? null;
}

test('logging', () => check('logging', logging));

function logging(one) {
  const log = new native.CapturedLines();
  const variables = { RUNTIME_FUNC_NAME: one.function, RUNTIME_FUNC_VERSION: one.version };
  const options = { requestId: one.request_id, headers: one.headers.flat(), variables, logFormat: one.format };
  const logger = makeContext(options, log).getLogger();
  if (one.threshold !== undefined) logger.setLevel(one.threshold);
  logger[one.level?.toLowerCase() ?? 'log'](toBytes(one.text).toString());
  const asked = ['format', 'request_id', 'function', 'version', 'threshold', 'headers', 'level', 'text'];
  const lines = log.take();
  const given = Array.isArray(one.lines) ? lines.map((line) => line.replace(TIME, 'TIME')) : summary(one, lines);
  return { ...asking(one, 'name', ...asked), lines: given };
}

function summary(one, lines) {
  return {
    count: lines.length,
    longest: Math.max(...lines.map((line) => Buffer.byteLength(line))),
    joined: like(one.lines.joined, Buffer.from(lines.map((line) => messageOf(one, line)).join(''))),
  };
}

function messageOf(one, line) {
  if (one.format === 'json') return JSON.parse(line).message;
  const prefix = `TIME ${one.request_id} ${one.level === null ? '' : `${one.level} `}`;
  const text = line.replace(TIME, 'TIME');
  assert(text.startsWith(prefix) && text.endsWith('\n'), text.slice(0, 200));
  return text.slice(prefix.length, -1);
}

for (const area of ['response', 'error']) {
  test(area, async (t) => {
    const ask = answering(t);
    await check(area, async (one) => replied(one, await ask(one)), keepLongNumbers);
  });
}

/** Functions by their limits, asked for outcomes. */
function answering(t) {
  const running = new Map();
  const command = [process.execPath, path.join(__dirname, 'support/answering.js')];
  return async ({ max_size: limit = 6 << 20, outcome }) => {
    const variables = { RUNTIME_MAX_RESP_BODY_SIZE: String(limit) };
    if (!running.has(limit)) running.set(limit, await start(t, {}, { command, variables }));
    return running.get(limit).ask(outcome);
  };
}

function replied(one, { outcome, contentType, body }) {
  const reply = { path: outcome, body: like(one.reply.body, body) };
  if (outcome === 'response') reply.content_type = contentType ?? null;
  return { ...asking(one, 'name', 'outcome', 'max_size'), reply };
}

const STRICT = `
  exports.handler = (event, _context) => {
    const bytes = Buffer.from(event.body, 'base64');
    const text = bytes.toString();
    return Buffer.from(text).equals(bytes) ? text : bytes;
  };`;
const QUESTION = {
  httpMethod: 'GET',
  path: '/',
  headers: {},
  queryStringParameters: {},
  pathParameters: {},
  isBase64Encoded: true,
  requestContext: { apiId: 'a', requestId: 'b', stage: 'RELEASE' },
};
const REJECTED = 'API Gateway will not accept this answer and send 500 instead: ';

test('apig_contract', async (t) => {
  const running = await start(t, STRICT, { variables: { FGRUNTIME_STRICT_RESPONSE: '1' } });
  await check('apig_contract', async (one) => {
    const bytes = toBytes(one.answer);
    const reply = await running.ask({ ...QUESTION, body: bytes.toString('base64') });
    return { ...asking(one, 'name', 'answer'), breaches: breachesOf(one, bytes, reply) };
  });
});

function breachesOf(one, bytes, reply) {
  if (reply.outcome === 'response') {
    assert.equal(textOf(reply.body), textOf(bytes));
    return [];
  }
  assert.equal(reply.json.errorType, 'FunctionResultInvalid');
  const told = reply.json.errorMessage.split(REJECTED)[1];
  return told === one.breaches.join('; ') ? one.breaches : [told];
}
