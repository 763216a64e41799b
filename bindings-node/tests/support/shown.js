'use strict';

const { createHash } = require('node:crypto');
const { inspect } = require('node:util');

const EVERYTHING = { breakLength: Infinity, depth: Infinity, maxArrayLength: null, maxStringLength: null };
const LONGEST = 10_000;

/**
 * A value as a text that tells it from any other, by the order of its members, negative zero and a member `__proto__` as well. What is
 * long is cut short, with a digest of all of it.
 */
module.exports = (value) => {
  const text = inspect(value, EVERYTHING);
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)}… ${createHash('sha256').update(text).digest('hex')}`;
};
