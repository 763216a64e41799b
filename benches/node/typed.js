'use strict';
// What reading a typed event costs beside JSON.parse of the same bytes, with the same fields touched: `node typed.js [ROUNDS]`.
// Each round runs both in turn; medians of the rounds.

const path = require('node:path');

const modules = process.env.FGRUNTIME_NODE_MODULES ?? path.join(__dirname, '../../target/bench-node/node_modules');
const { apig, kafka } = require(path.join(modules, 'fgruntime'));

const REQUEST = Buffer.from(
  JSON.stringify({
    body: '',
    requestContext: {
      apiId: '6c2b8f9e-1c3a-4f5e-9d7b-0a1b2c3d4e5f',
      requestId: '9f86d081884c7d659a2feaa0c55ad015',
      stage: 'RELEASE',
    },
    queryStringParameters: { responseType: 'html', name: 'Ada' },
    httpMethod: 'POST',
    pathParameters: {},
    headers: {
      'accept-language': 'en-US,en;q=0.9',
      'accept-encoding': 'gzip, deflate, br',
      'x-forwarded-port': '443',
      'x-forwarded-for': '192.0.2.44',
      accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      'content-type': 'application/octet-stream',
      host: 'orders.example.com',
      'x-forwarded-proto': 'https',
      'cache-control': 'no-cache',
      'upgrade-insecure-requests': '1',
      referer: 'https://www.example.com/orders/4711/attachments?lang=en',
      'x-real-ip': '192.0.2.44',
      'x-request-id': '9f86d081884c7d659a2feaa0c55ad015',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36',
    },
    path: '/orders/upload',
    isBase64Encoded: true,
  }),
);
const MESSAGE = JSON.stringify({
  order: 1,
  lines: [{ sku: 'A-1', count: 2 }],
  note: 'leave at the door, ring twice; '.repeat(18),
});
const BATCH = Buffer.from(
  JSON.stringify({
    event_version: 'v1.0',
    trigger_type: 'KAFKA',
    region: 'eu-de',
    event_time: 1735689600,
    instance_id: '6c2b8f9e-1c3a-4f5e-9d7b-0a1b2c3d4e5f',
    records: [{ messages: Array(2000).fill(MESSAGE), topic_id: 'orders' }],
  }),
);

/** What was touched last: a value that goes nowhere would not be read. */
exports.touched = undefined;
const touch = (value) => (exports.touched = value);

const CASES = [
  {
    name: `API Gateway, ${(REQUEST.length / 1000).toFixed(1)} KB, five fields`,
    calls: 50_000,
    plain() {
      const event = JSON.parse(REQUEST);
      [event.httpMethod, event.path, event.headers['user-agent'], event.queryStringParameters.name, event.body].forEach(
        touch,
      );
    },
    typed() {
      const event = apig.parse(REQUEST);
      [
        event.httpMethod,
        event.path,
        event.header('user-agent'),
        event.queryStringParameter('name'),
        event.body,
      ].forEach(touch);
    },
  },
  {
    name: `Kafka, ${(BATCH.length / 1e6).toFixed(2)} MB, every message`,
    calls: 50,
    plain() {
      for (const record of JSON.parse(BATCH).records) record.messages.forEach(touch);
    },
    typed() {
      for (const record of kafka.parse(BATCH).records) record.messages.forEach(touch);
    },
  },
];

const rest = () => new Promise(setImmediate);

/** Nanoseconds of one call. What the collector has to do for it belongs to it. */
async function measure(call, calls) {
  const begin = process.cpuUsage();
  for (let done = 0; done < calls; done += 1) {
    call();
    // As between two invocations; objects of the core are let go only then.
    if (done % 100 === 0) await rest();
  }
  const { user, system } = process.cpuUsage(begin);
  return ((user + system) * 1e3) / calls;
}

const median = (values) => values.sort((one, other) => one - other)[values.length >> 1];

async function main(rounds) {
  console.log('\n| typed event, µs of processor time | JSON.parse | fgruntime | ratio |\n|---|---|---|---|');
  for (const { name, calls, plain, typed } of CASES) {
    await measure(plain, calls);
    await measure(typed, calls);
    const times = { plain: [], typed: [], ratio: [] };
    for (let round = 0; round < rounds; round += 1) {
      const [one, other] = [await measure(plain, calls), await measure(typed, calls)];
      times.plain.push(one / 1e3);
      times.typed.push(other / 1e3);
      times.ratio.push(other / one);
    }
    const [one, other, ratio] = [times.plain, times.typed, times.ratio].map(median);
    console.log(`| ${name} | ${one.toFixed(2)} | ${other.toFixed(2)} | ${ratio.toFixed(2)} |`);
  }
}

main(Number(process.argv[2] ?? 9));
