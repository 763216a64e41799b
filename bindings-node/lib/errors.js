'use strict';

// Errors of the user's code, as the platform is told of them.

const path = require('node:path');
const { inspect } = require('node:util');
const { fileURLToPath, pathToFileURL } = require('node:url');

const ENTRY = 'function entry exception, error: ';
const INITIALIZATION = 'function initialization exception, error: ';
const INVOCATION = 'function invocation exception, error: ';
const MOST_CAUSES = 10;
const OWN = path.dirname(__dirname) + path.sep;

/** Where the function's files are; `program.js` says it. */
const place = { codeRoot: process.cwd() };

/**
 * Type, message and stack trace of a failed invocation.
 * @typedef {{ type: string, message: string, stackTrace: string[] }} Failure
 */

/** A payload is not JSON, or exceeds a limit. */
class EventInvalid extends Error {
  /** @param {{ message: string, offset: number, reason: string }} failure */
  constructor({ message, offset, reason }) {
    super(message);
    this.name = 'EventInvalid';
    this.offset = offset;
    this.reason = reason;
  }
}

/** Why the function cannot be called at all. The first invocation is answered with it. */
class StartFailure extends Error {
  /**
   * @param {string} type
   * @param {string} text
   * @param {{ stackTrace?: string[], cause?: unknown }} [more]
   */
  constructor(type, text, more = {}) {
    super(text, { cause: more.cause });
    this.type = type;
    this.stackTrace = more.stackTrace ?? [];
    this.prefix = ENTRY;
  }
}

/**
 * What a handler threw or rejected with, which may be anything.
 * @param {unknown} thrown
 * @param {string} [prefix]
 * @returns {Failure}
 */
function describe(thrown, prefix = INVOCATION) {
  return { type: nameOf(thrown), message: prefix + textOf(thrown), stackTrace: stackTrace(thrown) };
}

/** @param {unknown} thrown */
function nameOf(thrown) {
  const name = member(thrown, 'name');
  return typeof name === 'string' && name !== '' ? name : 'Error';
}

/** @param {unknown} thrown */
function textOf(thrown) {
  if (typeof thrown === 'string') return thrown;
  const message = member(thrown, 'message');
  if (typeof message === 'string') return message === '' ? nameOf(thrown) : message;
  try {
    return inspect(thrown);
  } catch {
    return 'something that cannot be shown';
  }
}

/**
 * A member of what may be no object, or have a getter that throws.
 * @param {unknown} value
 * @param {string} name
 * @returns {unknown}
 */
function member(value, name) {
  try {
    return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The frames of the error, the innermost first, and then those of what led to it.
 * @param {unknown} thrown
 */
function stackTrace(thrown) {
  const lines = framesOf(thrown);
  const seen = new Set([thrown]);
  for (let cause = member(thrown, 'cause'); cause !== undefined; cause = member(cause, 'cause')) {
    if (seen.has(cause) || seen.size > MOST_CAUSES) break;
    seen.add(cause);
    lines.push(`caused by ${nameOf(cause)}: ${textOf(cause)}`, ...framesOf(cause));
  }
  for (const [index, part] of partsOf(thrown).entries()) {
    lines.push(`${index + 1}. ${nameOf(part)}: ${textOf(part)}`, ...framesOf(part));
  }
  return lines;
}

/**
 * The errors in an `AggregateError`.
 * @param {unknown} thrown
 * @returns {unknown[]}
 */
function partsOf(thrown) {
  const parts = member(thrown, 'errors');
  try {
    return Array.isArray(parts) ? parts.slice(0, MOST_CAUSES) : [];
  } catch {
    return [];
  }
}

/**
 * Without those of Node and of this package.
 * @param {unknown} thrown
 */
function framesOf(thrown) {
  const stack = member(thrown, 'stack');
  if (typeof stack !== 'string') return [];
  const isShown = (/** @type {string} */ line) => /^ +at /.test(line) && !/[( ]node:/.test(line) && !line.includes(OWN);
  return stack
    .split('\n')
    .filter(isShown)
    .map((line) => relative(line.trim()));
}

/**
 * Paths are shown from the code root.
 * @param {string} text
 */
function relative(text) {
  const root = place.codeRoot + path.sep;
  return text.replaceAll(pathToFileURL(root).href, './').replaceAll(root, './');
}

/**
 * Where it happened in the user's code: ` (index.js, line 3)`; nothing if it is not known.
 * @param {unknown} thrown
 */
function placeOf(thrown) {
  // Errors of syntax begin with the place: "/code/index.js:3". Their frames are those of who loads the file.
  const header = /^(\/.+|file:.+):(\d+)$/m.exec(String(member(thrown, 'stack')).split('\n', 1)[0]);
  const [frame] = framesOf(thrown).filter((line) => line.includes('./'));
  const found = header ?? frame?.match(/\(?(\.\/[^()]*):(\d+):\d+\)?$/);
  if (found === null || found === undefined) return '';
  const file = found[1].startsWith('file:') ? fileURLToPath(found[1]) : found[1];
  return ` (${relative(file).replace(/^\.\//, '')}, line ${found[2]})`;
}

module.exports = {
  ENTRY,
  INITIALIZATION,
  EventInvalid,
  StartFailure,
  describe,
  framesOf,
  place,
  placeOf,
  nameOf,
  stackTrace,
  textOf,
};
