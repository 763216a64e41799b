'use strict';

// Payloads as `JSON.parse` reads them.

const { EventInvalid } = require('./errors');

/** @typedef {import('./native').Invocation} Invocation */

/**
 * The payload as JavaScript; `null` of none.
 * @param {Invocation} invocation
 */
function parseJson(invocation) {
  const parts = invocation.split();
  const found = parts.length === 0 ? undefined : parseAround(...parts);
  if (found !== undefined) return found.value;
  const text = invocation.text();
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    // What Node says of it has part of the payload in it, which may be secret, and no place.
    const failure = { message: 'the payload is not JSON', offset: 0, reason: 'not_json' };
    throw new EventInvalid(invocation.failure() ?? failure);
  }
}

/**
 * What is around a string, with the string in it; undefined if there is no string of its own, which only shows now.
 * @param {string} around
 * @param {string} mark
 * @param {string} inside
 * @returns {{ value: unknown } | undefined}
 */
function parseAround(around, mark, inside) {
  const whole = parseOrNothing(around);
  if (whole === mark) return { value: inside };
  const open = isObject(whole) ? [whole] : [];
  for (let object = open.pop(); object !== undefined; object = open.pop()) {
    for (const key of Object.keys(object)) {
      const member = object[key];
      if (member === mark) {
        object[key] = inside;
        return { value: whole };
      }
      if (isObject(member)) open.push(member);
    }
  }
  return undefined;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parseOrNothing(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

module.exports = { parseJson };
