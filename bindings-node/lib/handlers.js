'use strict';

// Handlers that ask for something else than what `JSON.parse` gives: `apig(handler)`, `raw(handler)`.

/** What a wrapped handler is made of. */
const WRAPPED = Symbol('fgruntime.wrapped');

/**
 * How a handler gets its event.
 * @typedef {object} Reader
 * @property {(invocation: import('./native').Invocation) => unknown} received Of an invocation.
 * @property {(event: unknown) => unknown} given Of what somebody calls the handler with, as in a test.
 */

/**
 * The handler as a function that can be called with any event, and by which the loop knows what it asks for.
 * @param {Function} handler
 * @param {Reader} reader
 */
function wrap(handler, reader) {
  if (typeof handler !== 'function') throw new TypeError(`a handler is a function, but this is ${typeof handler}`);
  /** @type {(event: unknown, ...rest: unknown[]) => unknown} */
  const wrapped = (event, ...rest) => handler(reader.given(event), ...rest);
  Object.defineProperties(wrapped, {
    length: { value: handler.length },
    name: { value: handler.name },
    [WRAPPED]: { value: { handler, reader } },
  });
  return wrapped;
}

/** @param {string | undefined} kind Undefined if the shape of the payload is to show it. */
function typed(kind) {
  /** @type {typeof import('./event_reader')} */
  let module;
  // The classes of events are made when the first handler asks for one.
  const events = () => (module ??= require('./event_reader'));
  const parse = (/** @type {unknown} */ payload) => events().parse(toPayload(payload), kind);
  const reader = {
    received: (/** @type {import('./native').Invocation} */ invocation) => events().received(invocation, kind),
    given: (/** @type {unknown} */ event) => (events().isTyped(event) ? event : parse(event)),
  };
  return Object.assign((/** @type {Function} */ handler) => wrap(handler, reader), { parse });
}

/** @param {unknown} event */
function toPayload(event) {
  if (typeof event === 'string' || event instanceof Uint8Array) return event;
  return JSON.stringify(event) ?? '';
}

/** @param {Function} handler */
const raw = (handler) =>
  wrap(handler, {
    received: (invocation) => invocation.bytes(),
    given: (event) => (event instanceof Uint8Array ? event : Buffer.from(toPayload(event))),
  });

module.exports = { WRAPPED, raw, typed };
