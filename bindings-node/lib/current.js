'use strict';

const { AsyncLocalStorage } = require('node:async_hooks');

/**
 * What runs for an invocation finds its call here: the handler, its promises, timers and streams.
 * @type {AsyncLocalStorage<import('./call').Call>}
 */
module.exports = new AsyncLocalStorage();
