'use strict';

// For tests of handlers: sample events, contexts, and the log that a handler wrote.

const fs = require('node:fs');
const path = require('node:path');
const native = require('./lib/native');
require('./lib/context');

const SAMPLES = path.join(__dirname, 'samples');

/** @typedef {{ level: string, message: string, requestId: string }} LogRecord */

/**
 * An event of that kind, as a handler gets it that is not wrapped. `overrides` replace members by their names in JSON; a name with
 * dots reaches further in: `{ 'records.0.topic_id': 'orders' }`.
 * @param {string} kind
 * @param {Record<string, unknown>} [overrides]
 */
function sampleEvent(kind, overrides = {}) {
  const file = path.join(SAMPLES, `${path.basename(kind)}.json`);
  if (!fs.existsSync(file)) {
    const kinds = fs.readdirSync(SAMPLES).map((name) => path.basename(name, '.json'));
    throw new Error(`there is no sample event '${kind}'; there are ${kinds.join(', ')}`);
  }
  const event = JSON.parse(fs.readFileSync(file, 'utf8'));
  for (const [way, value] of Object.entries(overrides)) replace(event, way.split('.'), value);
  return event;
}

/**
 * @param {any} event
 * @param {string[]} steps
 * @param {unknown} value
 */
function replace(event, steps, value) {
  let object = event;
  for (const step of steps.slice(0, -1)) {
    if (!Object.hasOwn(object, step)) define(object, step, {});
    object = object[step];
  }
  define(object, steps[steps.length - 1], value);
}

/**
 * As JSON.parse does: `__proto__` is just a name.
 * @param {object} object
 * @param {string} name
 * @param {unknown} value
 */
function define(object, name, value) {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

/** What a handler wrote with its context's logger, for `makeContext({ log })`. */
class CapturedLog {
  /** Where the context writes. */
  lines = new native.CapturedLines();
  /** @type {LogRecord[]} */
  #records = [];

  get records() {
    for (const line of this.lines.take()) {
      const { level, message, request_id: requestId } = JSON.parse(line);
      this.#records.push({ level, message, requestId });
    }
    return this.#records;
  }

  get messages() {
    return this.records.map(({ message }) => message);
  }

  /** @param {string} text */
  includes(text) {
    return this.messages.some((message) => message.includes(text));
  }
}

/** @param {import('./testing').ContextOptions} [options] */
function makeContext({
  requestId = 'test-request',
  functionName = 'test',
  version = 'latest',
  package: packageName = 'default',
  projectId = 'test-project',
  timeoutSeconds = 30,
  memorySize = 256,
  logLevel = 'DEBUG',
  userData = {},
  headers = {},
  variables = {},
  log = new CapturedLog(),
} = {}) {
  const settings = {
    RUNTIME_FUNC_NAME: functionName,
    RUNTIME_FUNC_VERSION: version,
    RUNTIME_PACKAGE: packageName,
    RUNTIME_PROJECT_ID: projectId,
    RUNTIME_TIMEOUT: String(timeoutSeconds),
    RUNTIME_MEMORY: String(memorySize),
  };
  const options = {
    requestId,
    headers: Object.entries(headers).flat(),
    variables: { ...settings, ...variables },
    userData,
    logFormat: 'json',
  };
  const context = native.makeContext(options, /** @type {CapturedLog} */ (log).lines);
  context.getLogger().setLevel(logLevel);
  return context;
}

module.exports = { CapturedLog, makeContext, sampleEvent };
