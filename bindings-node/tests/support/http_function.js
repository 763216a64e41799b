'use strict';

// A function that serves HTTP, and clients of it.

const http = require('node:http');
const net = require('node:net');
const { once } = require('node:events');
const { setTimeout: sleep } = require('node:timers/promises');
const { folderWith } = require('./folder');
const { PROGRAM, SETTINGS } = require('./function');
const { Running } = require('./running');

const HOST = '127.0.0.1';

class HttpFunction extends Running {
  /** Connections that are kept, as many as are needed. */
  agent = new http.Agent({ keepAlive: true });

  /**
   * @param {string} folder
   * @param {{ args?: string[], command?: string[], variables?: Record<string, string> }} how
   */
  async start(folder, { args = ['index.handler'], command = [process.execPath, PROGRAM, ...args], variables }) {
    this.port = await freePort();
    const own = {
      RUNTIME_CODE_ROOT: folder,
      FGRUNTIME_TRANSPORT: 'http',
      FGRUNTIME_HTTP_ADDR: `${HOST}:${this.port}`,
      FGRUNTIME_LOG_FORMAT: 'json',
    };
    this.spawn(command, folder, { ...SETTINGS, ...own, ...variables });
    await this.#listens();
    return this;
  }

  /** Where a path is served. */
  url(path = '/') {
    return `http://${HOST}:${this.port}${path}`;
  }

  /**
   * @param {string} path
   * @param {{ method?: string, headers?: Record<string, string>, body?: string | Buffer, agent?: http.Agent }} [how]
   */
  async request(path, { method = 'POST', headers, body = '', agent = this.agent } = {}) {
    const request = http.request(this.url(path), { method, headers, agent });
    request.end(body);
    const [response] = await once(request, 'response');
    const pieces = [];
    for await (const piece of response) pieces.push(piece);
    return { status: response.statusCode, headers: response.headers, text: Buffer.concat(pieces).toString() };
  }

  /**
   * Posts an event, as JSON.
   * @param {unknown} event
   * @param {Record<string, string>} [headers]
   */
  invoke(event, headers) {
    return this.request('/invoke', { body: JSON.stringify(event), headers });
  }

  /** A connection of its own. */
  async connect() {
    const socket = net.connect(this.port, HOST);
    await once(socket, 'connect');
    return socket;
  }

  /** Without the line that says where it serves, which is no test's concern. */
  async ended() {
    const { out, ...end } = await super.ended();
    const isOther = (/** @type {string} */ line) => !line.includes(`serving HTTP on ${HOST}:`);
    return { ...end, out: out.split('\n').filter(isOther).join('\n') };
  }

  async close() {
    await super.close();
    this.agent.destroy();
  }

  async #listens() {
    while (!this.process.ended) {
      const socket = net.connect(this.port, HOST).on('error', () => {});
      const isConnected = await new Promise((resolve) => {
        socket.on('connect', () => resolve(true)).on('close', () => resolve(false));
      });
      socket.destroy();
      if (isConnected) return;
      await sleep(10);
    }
    throw new Error(`it ended without listening: ${this.process.show()}`);
  }
}

async function freePort() {
  const server = net.createServer().listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Starts a function that ends with the test.
 * @param {import('node:test').TestContext} t
 * @param {string | Record<string, string>} files The text of index.js, or texts by the names of their files.
 * @param {{ args?: string[], command?: string[], variables?: Record<string, string> }} [how]
 */
async function serve(t, files, how = {}) {
  const folder = folderWith(t, typeof files === 'string' ? { 'index.js': files } : files);
  const running = new HttpFunction();
  t.after(() => running.process && running.close());
  return running.start(folder, how);
}

module.exports = { serve };
