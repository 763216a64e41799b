'use strict';

// What contexts have that is JavaScript's own. Everything else is in the native class.

const { inspect } = require('node:util');
const { Context } = require('./native');
const { Logger } = require('./logger');

/** The logger of a context, in the context itself: entries of a WeakMap would let the heap grow with every invocation for a while. */
const LOGGER = Symbol('fgruntime.logger');

/** @this {import('./native').Context & { [LOGGER]?: Logger }} */
function getLogger() {
  this[LOGGER] ??= new Logger(this.nativeLogger());
  return this[LOGGER];
}

/** @this {import('./native').Context} */
function userData() {
  return fromEntries(this.userDataEntries());
}

/**
 * An object of names and texts that has nothing else, not even a prototype.
 * @param {string[]} entries Name, text, name, text.
 */
function fromEntries(entries) {
  /** @type {Record<string, string>} */
  const object = Object.create(null);
  for (let index = 0; index < entries.length; index += 2) {
    // The first of several counts.
    object[entries[index]] ??= entries[index + 1];
  }
  return object;
}

Object.defineProperties(Context.prototype, {
  getLogger: { value: getLogger },
  logger: { get: getLogger },
  userData: { get: userData },
  // What is in it may be credentials.
  [inspect.custom]: {
    /** @this {import('./native').Context} */
    value() {
      return `Context { requestId: ${inspect(this.requestId)} }`;
    },
  },
});

module.exports = { Context, fromEntries };
