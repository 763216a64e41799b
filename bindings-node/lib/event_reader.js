'use strict';

// Payloads as typed events.
//
// Small ones that JSON.parse reads as the core does are read by it: to keep an object of the core's costs Node many times what reading
// them does. Whatever is not as documented in them is read by the core all the same, when somebody asks for it.

const { isAscii } = require('node:buffer');
const native = require('./native');
const { isTyped, ofCore, ofPlain } = require('./events');

/** Of longer ones the core needs less time. */
const MOST_PLAIN = 16 << 10;
/** The core's limit of levels: what has no more brackets cannot nest deeper. */
const MOST_BRACKETS = 128;

/**
 * The event of an invocation, as one of that kind, or of the one its shape shows.
 * @param {import('./native').Invocation} invocation
 * @param {string | undefined} kind
 */
function received(invocation, kind) {
  const text = invocation.ascii(MOST_PLAIN);
  const plain = text === undefined ? undefined : parsePlain(text, () => kind ?? invocation.kind());
  return plain ?? ofCore(invocation.event(kind));
}

/**
 * The event in a payload, as one of that kind, or of the one its shape shows.
 * @param {string | Uint8Array} payload
 * @param {string | undefined} kind
 */
function parse(payload, kind) {
  const bytes = typeof payload === 'string' ? Buffer.from(payload) : asBuffer(payload);
  const isShort = bytes.length <= MOST_PLAIN && isAscii(bytes);
  const plain = isShort ? parsePlain(latin1Slice(bytes), () => kind ?? native.kindOf(bytes)) : undefined;
  return plain ?? ofCore(native.parseEvent(bytes, kind));
}

/** @param {Uint8Array} bytes */
function asBuffer(bytes) {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** What `toString('latin1')` does, without looking for the name of the encoding first. @param {any} bytes */
function latin1Slice(bytes) {
  return /** @type {string} */ (bytes.latin1Slice());
}

/**
 * An event of a text of ASCII; undefined if it is not certain that JSON.parse reads it as the core does: nothing in it may be half a
 * character, or nest too deep.
 * @param {string} text
 * @param {() => string} kindOf
 */
function parsePlain(text, kindOf) {
  if (text.includes('\\u') || count(text, '{') + count(text, '[') > MOST_BRACKETS) return undefined;
  try {
    return ofPlain(kindOf(), text, JSON.parse(text));
  } catch {
    return undefined; // The core says what is wrong with it.
  }
}

/**
 * @param {string} text
 * @param {string} character
 */
function count(text, character) {
  let found = 0;
  for (let place = text.indexOf(character); place >= 0; place = text.indexOf(character, place + 1)) found += 1;
  return found;
}

module.exports = { isTyped, parse, received };
