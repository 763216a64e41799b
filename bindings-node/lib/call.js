'use strict';

// How a handler is called, and how its one outcome is found among all that it may give.

const { StartFailure, describe, ENTRY, EventInvalid } = require('./errors');
const { CONFIG_ERROR } = require('./loader');
const { WRAPPED } = require('./handlers');
const { parseJson } = require('./payload');
const { respond } = require('./result');

/** @typedef {import('./native').Invocation} Invocation */

/**
 * A function of the user's, with what is known of it before it is called.
 * @typedef {object} Handler
 * @property {Function} function
 * @property {boolean} hasCallback
 * @property {(invocation: Invocation) => unknown} read
 */

/**
 * @param {Function} handler
 * @returns {Handler}
 */
function prepareHandler(handler) {
  const wrapped = /** @type {any} */ (handler)[WRAPPED];
  const inner = wrapped?.handler ?? handler;
  checkArity(inner, [2, 3], 'handler expect to have 2 or 3 parameters', '(event, context) => …');
  return { function: inner, hasCallback: inner.length === 3, read: wrapped?.reader.received ?? parseJson };
}

/**
 * @param {Function} callable
 * @param {number[]} accepted
 * @param {string} expectation
 * @param {string} example
 */
function checkArity(callable, accepted, expectation, example) {
  const count = callable.length;
  if (accepted.includes(count) || (count < accepted[0] && takesMore(callable))) return;
  throw new StartFailure(CONFIG_ERROR, `${expectation}, but received ${count}; write: ${example}`);
}

/** Whether it has parameters that do not count: optional ones, `...rest`, or `arguments`. @param {Function} callable */
function takesMore(callable) {
  const source = Function.prototype.toString.call(callable);
  return /\.\.\.|=/.test(parametersOf(source)) || /\barguments\b|\[native code\]/.test(source);
}

/** What is in the first brackets; nothing of an arrow function without. @param {string} source */
function parametersOf(source) {
  if (/^(async\s+)?[^\s()]+\s*=>/.test(source)) return '';
  let depth = 0;
  for (const { 0: bracket, index } of source.matchAll(/[()]/g)) {
    depth += bracket === '(' ? 1 : -1;
    if (depth === 0) return source.slice(source.indexOf('('), index);
  }
  return source;
}

/** One invocation, from its arrival to its one outcome: what settles it first counts. */
class Call {
  #invocation;
  #ended;
  /** @type {string | undefined} What settled it. */
  #settledBy;

  /**
   * @param {Invocation} invocation
   * @param {(call: Call) => void} ended Called once, when it is settled.
   */
  constructor(invocation, ended) {
    this.#invocation = invocation;
    this.#ended = ended;
    this.context = invocation.context();
  }

  /** @param {Handler} handler */
  begin(handler) {
    let event;
    try {
      event = handler.read(this.#invocation);
    } catch (error) {
      const isInvalid = error instanceof EventInvalid;
      const failure = isInvalid ? { type: error.name, message: error.message, stackTrace: [] } : describe(error);
      return this.#fail('its event', failure);
    }
    this.#call(handler, event);
  }

  /**
   * @param {Handler} handler
   * @param {unknown} event
   */
  #call({ function: callable, hasCallback }, event) {
    try {
      this.#returned(
        hasCallback ? callable(event, this.context, this.#callback) : callable(event, this.context),
        hasCallback,
      );
    } catch (error) {
      this.fail('what it threw', error);
    }
  }

  get isOpen() {
    return this.#settledBy === undefined;
  }

  /**
   * @param {any} returned
   * @param {boolean} hasCallback
   */
  #returned(returned, hasCallback) {
    if (typeof returned?.then === 'function') {
      const by = 'its promise';
      Promise.resolve(returned).then(
        (result) => this.#succeed(by, result),
        (error) => this.fail(by, error),
      );
    } else if (!hasCallback) {
      this.#succeed('what it returned', returned);
    }
  }

  #callback = (/** @type {unknown} */ error, /** @type {unknown} */ result) => {
    if (error === undefined || error === null) this.#succeed('its callback', result);
    // The documented text of what a callback is given, which is not that of what is thrown.
    else this.#fail('its callback', describe(error, ENTRY));
  };

  /**
   * @param {string} by
   * @param {unknown} result
   */
  #succeed(by, result) {
    this.#settle(by, (invocation) => respond(invocation, result));
  }

  /**
   * @param {string} by What fails it.
   * @param {unknown} error Anything that can be thrown.
   */
  fail(by, error) {
    this.#fail(by, describe(error));
  }

  /**
   * @param {string} by
   * @param {import('./errors').Failure} failure
   */
  #fail(by, { type, message, stackTrace }) {
    this.#settle(by, (invocation) => invocation.fail(type, message, stackTrace));
  }

  /** Answers that nothing will settle it any more. @param {string} reason */
  abandon(reason) {
    this.#fail('nothing', { type: 'FunctionNotReplied', message: reason, stackTrace: [] });
  }

  /**
   * @param {string} by
   * @param {(invocation: Invocation) => void} reply
   */
  #settle(by, reply) {
    if (this.#settledBy !== undefined) {
      this.context.getLogger().warn(`the invocation was settled by ${this.#settledBy} already; ${by} is ignored`);
      return;
    }
    this.#settledBy = by;
    try {
      reply(this.#invocation);
    } finally {
      this.#ended(this);
    }
  }
}

exports.Call = Call;
exports.checkArity = checkArity;
exports.prepareHandler = prepareHandler;
