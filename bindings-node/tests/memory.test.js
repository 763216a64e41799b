'use strict';

// What a function that lives long needs.

const assert = require('node:assert/strict');
const { EventEmitter, once } = require('node:events');
const fs = require('node:fs');
const net = require('node:net');
const test = require('node:test');
const { folderWith } = require('./support/folder');
const { PROGRAM, SETTINGS } = require('./support/function');
const { until } = require('./support/patience');
const { FunctionProcess } = require('./support/process');

const STEP = 5_000;
const ALL = 100_000;
const MOST_GROWTH_KB = 8 * 1024;
/** Events that may be open at once: the function asks for one while it answers another. */
const MOST_OPEN = 8;
const EVENT =
  '{"httpMethod":"GET","path":"/","headers":{"a":"b"},"queryStringParameters":{"n":"1"},"requestContext":{"stage":"S"}}';
const ANSWER = `HTTP/1.1 200 OK\r\nX-Cff-Request-Id: r\r\nContent-Length: ${EVENT.length}\r\n\r\n${EVENT}`;
const TAKEN = 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n';

const INDEX = `
  const { apig } = require('fgruntime');
  exports.handler = apig((event, context) => {
    context.getLogger().debug('%s', context.requestId);
    const body = event.path + event.requestContext.stage;
    return { statusCode: 200, headers: { ...event.headers }, body, isBase64Encoded: false };
  });`;
const RESULT = '{"statusCode":200,"headers":{"a":"b"},"body":"/S","isBase64Encoded":false}';

/** The least platform: on sockets, since parsing HTTP would take longer than the function. */
class Platform {
  changes = new EventEmitter();
  answered = 0;
  #sent = 0;
  #limit = 0;
  /** @type {net.Socket[]} Connections over which an event is asked for. */
  #asking = [];
  #connections = [];
  #server = net.createServer({ noDelay: true }, (connection) => {
    this.#connections.push(connection);
    connection.setEncoding('latin1').on('error', () => {});
    connection.on('data', (text) => this.#serve(connection, text));
  });

  async listen() {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return `127.0.0.1:${this.#server.address().port}`;
  }

  /** Hands out events until so many have been. @param {number} limit */
  async invoke(limit) {
    this.#limit = limit;
    this.#handOut();
    await until(
      this.changes,
      () => this.answered === limit || undefined,
      () => `${this.answered} of ${limit} replies`,
    );
  }

  close() {
    this.#server.close();
    for (const connection of this.#connections) connection.destroy();
  }

  /** Requests are short: each is one piece. */
  #serve(connection, text) {
    if (text.startsWith('GET ')) {
      this.#asking.push(connection);
    } else {
      assert(text.startsWith('POST /v1/runtime/invocation/response/r ') && text.endsWith(RESULT), text);
      connection.write(TAKEN);
      this.answered += 1;
      if (this.answered === this.#limit) this.changes.emit('change');
    }
    this.#handOut();
  }

  #handOut() {
    while (this.#asking.length > 0 && this.#sent < Math.min(this.#limit, this.answered + MOST_OPEN)) {
      this.#sent += 1;
      this.#asking.pop().write(ANSWER);
    }
  }
}

// It reads /proc.
const onLinux = process.platform === 'linux' ? test : () => {};

onLinux('memory does not grow with invocations', async (t) => {
  const platform = new Platform();
  t.after(() => platform.close());
  const variables = { ...SETTINGS, RUNTIME_API_ADDR: await platform.listen() };
  const folder = folderWith(t, { 'index.js': INDEX });
  const running = new FunctionProcess(
    [process.execPath, PROGRAM, 'index.handler'],
    folder,
    variables,
    platform.changes,
  );
  t.after(() => running.kill('SIGKILL'));
  await platform.invoke(STEP);
  const before = residentKb(running.id);
  for (let count = 2 * STEP; count <= ALL; count += STEP) await platform.invoke(count);
  const after = residentKb(running.id);
  assert(after - before < MOST_GROWTH_KB, `${before} KB after ${STEP} invocations, ${after} KB after ${ALL}`);
});

/** @param {number} id Of a process. */
function residentKb(id) {
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(fs.readFileSync(`/proc/${id}/status`, 'utf8'))[1]);
}
