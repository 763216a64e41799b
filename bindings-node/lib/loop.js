'use strict';

// The loop: invocations in, one reply each out. Waiting for both is done by threads of the native module.

const { AsyncResource } = require('node:async_hooks');
const current = require('./current');
const { Call } = require('./call');
const { describe, INITIALIZATION } = require('./errors');
const { NEVER_ENDS } = require('./shutdown');

// So many milliseconds after a signal another one may be the same: a terminal sends it to a whole group of processes, and those in it
// hand it on.
const ONE_SIGNAL = 100;
const LONGEST_INTERVAL = 2 ** 31 - 1;
const NOT_REPLIED =
  'the handler ended without a reply: its promise or callback never settles, and nothing is left that could settle it';
const NOT_STARTED =
  'the module or its initializer never settles: it awaits something, and nothing is left that could make it come';

class Loop {
  #runtime;
  #outside;
  /** @type {Set<Call>} */
  #open = new Set();
  #isServing = false;
  #isStopped = false;
  #isShuttingDown = false;
  /** When the first signal came. @type {number | undefined} */
  #signalledAt;
  #isGivenUp = false;
  #isExiting = false;
  #sharesSignals = false;
  #end = () => {};
  /**
   * Keeps the process alive while it waits for an event, and only then. So Node tells when an invocation, or what comes before all
   * invocations, waits for something that cannot come.
   */
  #idle = setInterval(() => {}, LONGEST_INTERVAL).unref();

  /**
   * @param {import('./native').Runtime} runtime
   * @param {import('../index').Logger} outside The log of what belongs to no invocation.
   */
  constructor(runtime, outside) {
    this.#runtime = runtime;
    this.#outside = outside;
    process.on('uncaughtException', (error) => this.#uncaught('an uncaught exception', error));
    process.on('unhandledRejection', (error) => this.#uncaught('an unhandled rejection', error));
    process.on('beforeExit', () => this.#abandon());
    process.on('exit', (status) => this.#exit(status));
    process.on('newListener', (event) => this.#shareSignal(event));
  }

  /**
   * Calls the handler for every invocation until the process is told to stop; then `atEnd` is called, and the process ends.
   * @param {import('./call').Handler} handler
   * @param {() => Promise<void>} atEnd Never fails.
   */
  serve(handler, atEnd) {
    // What ends last would lend it its request otherwise.
    this.#end = AsyncResource.bind(() => this.#shutDown(atEnd));
    this.#stayAlive();
    this.#runtime.start((invocation) => {
      if (invocation === null) return this.#stop();
      const call = new Call(invocation, this.#ended);
      if (this.#open.size === 0) this.#idle.unref();
      this.#open.add(call);
      current.run(call, () => call.begin(handler));
    });
  }

  /**
   * Answers the first invocation with the reason why there is no function, for the platform has no other way to be told; then the
   * process ends.
   * @param {import('./errors').Failure} failure
   */
  refuse({ type, message, stackTrace }) {
    // Nobody knows when the first event comes.
    this.#outside.error(message);
    this.#stayAlive();
    this.#runtime.refuse(type, message, stackTrace, () => process.exit(1));
  }

  #stayAlive() {
    this.#isServing = true;
    this.#idle.ref();
  }

  #ended = (/** @type {Call} */ call) => {
    this.#open.delete(call);
    if (this.#open.size > 0 || this.#isExiting) return;
    this.#idle.ref();
    if (this.#isStopped) this.#end();
  };

  #stop() {
    this.#isStopped = true;
    if (this.#open.size === 0) this.#end();
  }

  /** @param {() => Promise<void>} atEnd */
  async #shutDown(atEnd) {
    this.#isShuttingDown = true;
    this.#idle.unref();
    await atEnd();
    process.exit();
  }

  /**
   * @param {string} what
   * @param {unknown} error
   */
  #uncaught(what, error) {
    const call = current.getStore() ?? this.#onlyCall();
    if (call?.isOpen) return call.fail(what, error);
    const { type, message, stackTrace } = describe(error, '');
    const logger = call === undefined ? this.#outside : call.context.getLogger();
    logger.error([`${what}, in no running invocation: ${type}: ${message}`, ...stackTrace].join('\n    '));
  }

  /** What is thrown where nobody knows for whom can only be its fault. */
  #onlyCall() {
    return this.#open.size === 1 ? [...this.#open][0] : undefined;
  }

  #abandon() {
    if (this.#isShuttingDown) {
      this.#outside.error(NEVER_ENDS);
      process.exit();
    }
    for (const call of this.#open) call.abandon(NOT_REPLIED);
    if (this.#isServing) return;
    this.refuse({ type: 'FunctionInitError', message: INITIALIZATION + NOT_STARTED, stackTrace: [] });
  }

  /** @param {number} status */
  #exit(status) {
    this.#isExiting = true;
    if (this.#isGivenUp) return;
    // The platform cannot be told: it is asked for the first event later.
    if (!this.#isServing) this.#outside.error(`${INITIALIZATION}the code called process.exit(${status})`);
    for (const call of this.#open) call.fail('process.exit', `the code called process.exit(${status})`);
    // Replies are on their way; those of this moment, too.
    this.#runtime.finish();
  }

  /** A listener of the user's takes a signal away from the native module. @param {string | symbol} event */
  #shareSignal(event) {
    if (this.#sharesSignals || (event !== 'SIGTERM' && event !== 'SIGINT')) return;
    this.#sharesSignals = true;
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => this.#signalled());
  }

  #signalled() {
    if (this.#signalledAt === undefined) {
      this.#signalledAt = performance.now();
      return this.#runtime.stop();
    }
    if (performance.now() - this.#signalledAt <= ONE_SIGNAL) return;
    // At once: nobody waits for anything any more.
    this.#isGivenUp = true;
    this.#runtime.giveUp();
    process.exit(1);
  }
}

module.exports = { Loop };
