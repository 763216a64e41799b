'use strict';

// Where a result is that JSON.stringify refuses.

const { textOf } = require('./errors');

// Deeper ones are not looked at; their error names the level.
const MOST_LEVELS = 500;

/** What is wrong, and where. @typedef {{ reason: string, path: string }} Problem */

/**
 * Says what of a result JSON has no words for.
 * @param {unknown} result
 * @param {unknown} error What JSON.stringify threw.
 */
function problemOf(result, error) {
  const { reason, path } = find(result, '', '', []) ?? { reason: textOf(error).split('\n', 1)[0], path: '' };
  return `the result cannot be written as JSON: ${reason} at ${path === '' ? 'the top level' : `\`${path}\``}`;
}

/**
 * Goes the way that JSON.stringify goes.
 * @param {any} value
 * @param {string} key
 * @param {string} path
 * @param {object[]} around The objects that the value is in.
 * @returns {Problem | undefined}
 */
function find(value, key, path, around) {
  try {
    if (typeof value?.toJSON === 'function') value = value.toJSON(key);
  } catch (error) {
    return { reason: `its toJSON throws ${textOf(error)}`, path };
  }
  if (typeof value === 'bigint') return { reason: 'a BigInt', path };
  if (typeof value !== 'object' || value === null) return undefined;
  if (around.includes(value)) return { reason: 'a cycle', path };
  if (around.length === MOST_LEVELS) return { reason: `more than ${MOST_LEVELS} levels`, path };
  return findInside(value, path, [...around, value]);
}

/**
 * @param {any} value
 * @param {string} path
 * @param {object[]} around
 * @returns {Problem | undefined}
 */
function findInside(value, path, around) {
  let keys;
  try {
    keys = Object.keys(value);
  } catch (error) {
    return { reason: `a proxy that throws ${textOf(error)}`, path };
  }
  for (const key of keys) {
    const inside = Array.isArray(value) ? `${path}[${key}]` : `${path}${path === '' ? '' : '.'}${key}`;
    let member;
    try {
      member = value[key];
    } catch (error) {
      return { reason: `a getter that throws ${textOf(error)}`, path: inside };
    }
    const problem = find(member, key, inside, around);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

module.exports = { problemOf };
