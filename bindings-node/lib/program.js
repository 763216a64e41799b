'use strict';

// From the start of the process to its end: load, initialize, serve.

const fs = require('node:fs');
const path = require('node:path');
const native = require('./native');
require('./context');
const { redirect } = require('./console');
const { prepareHandler } = require('./call');
const { describe, ENTRY, INITIALIZATION, place, StartFailure } = require('./errors');
const { callHook, prepareHook } = require('./hook');
const { load } = require('./loader');
const { Loop } = require('./loop');
const { shutDown } = require('./shutdown');
const { watch } = require('./stuck');

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGTERM', 'SIGINT'];

/** @typedef {import('./native').Context} Context */
/** @typedef {{ initializer?: Function, onShutdown?: Function }} Hooks */
/** @typedef {Hooks & { handler: Function }} Found */

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
    const named = async (/** @type {string} */ setting) => {
      const hook = context.setting(setting);
      return typeof hook === 'string' && hook !== '' ? load(hook, root) : undefined;
    };
    return during(INITIALIZATION, async () => ({
      handler: found,
      initializer: await named('initializer'),
      onShutdown: await named('pre_stop_handler'),
    }));
  });
}

/**
 * Runs functions that are there already.
 * @param {Function} handler
 * @param {Hooks} hooks
 */
function runHandler(handler, hooks) {
  return run(async () => {
    checkGiven('handler', handler);
    await during(INITIALIZATION, async () => {
      for (const [what, given] of Object.entries(hooks)) if (given !== undefined) checkGiven(what, given);
    });
    return { handler, ...hooks };
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
    const { handler, initializer, onShutdown } = await find(context, place.codeRoot);
    const prepared = prepareHandler(handler);
    const atEnd = await during(INITIALIZATION, async () => {
      const hook = onShutdown && prepareHook(onShutdown, 'pre-stop handler');
      if (initializer !== undefined) await initialize(initializer, context);
      return hook;
    });
    await watch(outside);
    loop.serve(prepared, async () => atEnd && shutDown(atEnd, context));
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
  const hook = prepareHook(initializer, 'initializer');
  try {
    await callHook(hook, context);
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
