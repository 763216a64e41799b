'use strict';

// From the start of the process to its end: load, initialize, serve.

const fs = require('node:fs');
const path = require('node:path');
const native = require('./native');
require('./context');
const { redirect } = require('./console');
const { prepareHandler, prepareInitializer } = require('./call');
const { describe, ENTRY, INITIALIZATION, place, StartFailure } = require('./errors');
const { load } = require('./loader');
const { Loop } = require('./loop');

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGTERM', 'SIGINT'];

/** @typedef {import('./native').Context} Context */
/** @typedef {{ handler: Function, initializer?: Function }} Found */

/**
 * Runs the handler of that name, or of the settings' if it is empty.
 * @param {string} name
 */
function runNamed(name) {
  return run(async (context, root) => {
    const handler = name || String(context.setting('handler') ?? '');
    if (handler === '') {
      throw new StartFailure(
        'FunctionConfigError',
        'no handler is named; say which, as in: npx fgruntime index.handler',
      );
    }
    const found = await load(handler, root);
    const initializer = context.setting('initializer');
    if (typeof initializer !== 'string' || initializer === '') return { handler: found };
    return { handler: found, initializer: await during(INITIALIZATION, () => load(initializer, root)) };
  });
}

/**
 * Runs functions that are there already.
 * @param {Function} handler
 * @param {Function | undefined} initializer
 */
function runHandler(handler, initializer) {
  return run(async () => {
    checkGiven('handler', handler);
    if (initializer !== undefined) await during(INITIALIZATION, async () => checkGiven('initializer', initializer));
    return { handler, initializer };
  });
}

/**
 * @param {string} what
 * @param {unknown} given
 */
function checkGiven(what, given) {
  if (typeof given === 'function') return;
  throw new StartFailure('FunctionConfigError', `the ${what} given to run() is no function but ${typeof given}`);
}

/** @param {(context: Context, root: string) => Promise<Found>} find */
async function run(find) {
  const runtime = start();
  const context = runtime.initializerContext();
  place.codeRoot = codeRoot(String(context.setting('code_root')));
  const outside = context.getLogger();
  redirect(outside);
  const loop = new Loop(runtime, outside);
  try {
    const { handler, initializer } = await find(context, place.codeRoot);
    const prepared = prepareHandler(handler);
    if (initializer !== undefined) await during(INITIALIZATION, () => initialize(initializer, context));
    loop.serve(prepared);
  } catch (error) {
    loop.refuse(failureOf(error));
  }
}

function start() {
  for (const signal of SIGNALS) dropHandler(signal);
  try {
    return new native.Runtime();
  } catch (error) {
    process.stderr.write(`fgruntime: ${/** @type {Error} */ (error).message}\n`);
    process.exit(1);
  }
}

/**
 * Node's own handler, which the native module's would call, ends the process at once. Where nobody listens any more there is none.
 * @param {NodeJS.Signals} signal
 */
function dropHandler(signal) {
  const listener = () => {};
  process.on(signal, listener).off(signal, listener);
}

/** The folder of the function's files, by its real name: that is how Node names it in stack traces. @param {string} configured */
function codeRoot(configured) {
  return fs.realpathSync(fs.existsSync(configured) ? path.resolve(configured) : process.cwd());
}

/**
 * @param {Function} initializer
 * @param {Context} context
 */
async function initialize(initializer, context) {
  const { function: callable, hasCallback } = prepareInitializer(initializer);
  try {
    if (!hasCallback) return await callable(context);
    await new Promise((resolve, reject) => {
      const callback = (/** @type {unknown} */ error) =>
        error === undefined || error === null ? resolve(undefined) : reject(error);
      const returned = callable(context, callback);
      if (typeof returned?.then === 'function') returned.then(resolve, reject);
    });
  } catch (error) {
    const { type, message, stackTrace } = describe(error, '');
    throw new StartFailure('FunctionInitError', `${type}: ${message}`, { stackTrace, cause: error });
  }
}

/**
 * @template T
 * @param {string} prefix
 * @param {() => Promise<T>} step
 */
async function during(prefix, step) {
  try {
    return await step();
  } catch (error) {
    if (error instanceof StartFailure) error.prefix = prefix;
    throw error;
  }
}

/**
 * @param {unknown} error
 * @returns {import('./errors').Failure}
 */
function failureOf(error) {
  if (!(error instanceof StartFailure)) return describe(error, ENTRY);
  return { type: error.type, message: error.prefix + error.message, stackTrace: error.stackTrace };
}

module.exports = { runHandler, runNamed };
