'use strict';

// The platform's side of a custom runtime: hands out events over HTTP, and takes the replies.

const http = require('node:http');
const { once } = require('node:events');

const NEXT = '/v1/runtime/invocation/request';

/** What a function answered. */
class Reply {
  /**
   * @param {http.IncomingMessage} request
   * @param {Buffer} body
   */
  constructor(request, body) {
    [this.outcome, this.requestId] = request.url.split('/').slice(4).map(decodeURIComponent);
    this.contentType = request.headers['content-type'];
    this.body = body;
  }

  get text() {
    return this.body.toString();
  }

  get json() {
    return JSON.parse(this.text);
  }
}

/** Listens on loopback. Events wait until they are asked for, requests until there is an event. */
class Platform {
  /** @type {Map<string, Reply>} By request id. */
  replies = new Map();
  /** What no platform expects. @type {string[]} */
  surprises = [];
  /** How many requests for an event the function has given up. */
  abandonedPolls = 0;
  #changes;
  #server = http.createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) =>
    this.#serve(request, response),
  );
  #count = 0;
  #events = [];
  #polls = new Set();
  /** @type {(() => void)[] | undefined} */
  #held;

  /** @param {import('node:events').EventEmitter} changes Told of everything that happens. */
  constructor(changes) {
    this.#changes = changes;
  }

  async listen() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  get address() {
    const { address, port } = this.#server.address();
    return `${address}:${port}`;
  }

  /** Whether an event is asked for. */
  get isAsked() {
    return this.#polls.size > 0;
  }

  /**
   * Hands out an event: bytes as they are, anything else as JSON. Gives its request id.
   * @param {unknown} event
   * @param {{ requestId?: string, headers?: Record<string, string> }} [how]
   */
  send(event, { requestId = `r${++this.#count}`, headers = {} } = {}) {
    const payload = Buffer.isBuffer(event) ? event : Buffer.from(JSON.stringify(event));
    this.#events.push({ head: { 'X-Cff-Request-Id': requestId, ...headers }, payload });
    this.#handOut();
    return requestId;
  }

  /** From now on replies are not answered; gives what answers them, and those to come. */
  holdReplies() {
    this.#held = [];
    return () => {
      const held = this.#held;
      this.#held = undefined;
      for (const answer of held) answer();
    };
  }

  /** Breaks all connections. */
  closeConnections() {
    this.#server.closeAllConnections();
  }

  close() {
    this.#server.close();
    this.closeConnections();
  }

  async #serve(request, response) {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    if (request.url === NEXT) return this.#poll(response);
    this.#take(new Reply(request, Buffer.concat(pieces)));
    const answer = () => response.writeHead(200, { 'Content-Length': 0 }).end();
    if (this.#held) this.#held.push(answer);
    else answer();
  }

  #take(reply) {
    if (this.replies.has(reply.requestId)) this.surprises.push(`a second reply: ${reply.text}`);
    this.replies.set(reply.requestId, reply);
    this.#changes.emit('change');
  }

  #poll(response) {
    this.#polls.add(response);
    response.on('close', () => {
      if (this.#polls.delete(response)) this.abandonedPolls += 1;
      this.#changes.emit('change');
    });
    this.#handOut();
  }

  #handOut() {
    const [response] = this.#polls;
    if (response !== undefined && this.#events.length > 0) {
      this.#polls.delete(response);
      const { head, payload } = this.#events.shift();
      response.writeHead(200, { ...head, 'Content-Length': payload.length }).end(payload);
    }
    this.#changes.emit('change');
  }
}

module.exports = { Platform };
