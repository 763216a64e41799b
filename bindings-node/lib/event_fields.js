'use strict';

// How each sort of field is read: of what JSON.parse gave, where that is as documented, else by the core.

const { fromEntries } = require('./context');

/** @typedef {import('./native').Event} NativeEvent */
/** @typedef {import('./native').EventField} Field */

/** What is not as documented: the core is asked. */
const ASK = Symbol('fgruntime.ask');

/**
 * A sort of field. What is neither there nor null is as documented; `empty` gives what it is read as.
 * @typedef {object} Sort
 * @property {boolean} [isMade] Whether JavaScript makes something of it, which is to be the same each time.
 * @property {() => unknown} empty
 * @property {(value: any, inner: Inner | undefined) => unknown} plain
 * @property {(event: NativeEvent, row: number, path: number[] | undefined, inner: Inner) => unknown} native
 */

/**
 * Makes the object that is inside, or the element of that number.
 * @typedef {(plain: object | undefined, index?: number) => unknown} Inner
 */

const nothing = () => undefined;

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @type {Sort} */
const text = {
  empty: nothing,
  plain: (value) => (typeof value === 'string' ? value : ASK),
  native: (event, row, path) => event.text(row, path),
};

/** @type {Record<string, Sort>} */
const SORTS = {
  text,
  jsonText: text,
  base64: text,
  time: text,
  boolean: {
    empty: () => false,
    plain: (value) => (typeof value === 'boolean' ? value : ASK),
    native: (event, row, path) => event.boolean(row, path),
  },
  number: {
    empty: nothing,
    plain: () => ASK,
    native: (event, row, path) => safeInteger(event.integer(row, path)),
  },
  any: {
    isMade: true,
    empty: nothing,
    plain: (value) => value,
    native: (event, row, path) => parsed(event.json(row, path)),
  },
  map: {
    isMade: true,
    empty: () => Object.create(null),
    // Nobody else has it, and a copy would cost as much as reading it did.
    plain: (value) => (isTextMap(value) ? Object.setPrototypeOf(value, null) : ASK),
    native: (event, row, path) => fromEntries(event.map(row, path)),
  },
  texts: {
    isMade: true,
    empty: () => [],
    plain: (value) => (Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : ASK),
    native: (event, row, path) => event.texts(row, path),
  },
  object: {
    isMade: true,
    empty: nothing,
    plain: (value, inner) => (isObject(value) ? inner?.(value) : ASK),
    native: (event, row, path = [], inner) => (event.has([...path, row]) ? inner(undefined) : undefined),
  },
  list: {
    isMade: true,
    empty: () => [],
    plain: (value, inner) =>
      Array.isArray(value) && value.every(isObject) ? value.map((one, index) => inner?.(one, index)) : ASK,
    native: (event, row, path, inner) =>
      Array.from({ length: event.count(row, path) }, (_, index) => inner(undefined, index)),
  },
};

/** @param {unknown} value */
function isTextMap(value) {
  return isObject(value) && Object.values(value).every((one) => typeof one === 'string');
}

/** @param {number | null} number */
function safeInteger(number) {
  return number !== null && Number.isSafeInteger(number) ? number : undefined;
}

/** @param {string | undefined} json */
function parsed(json) {
  return json === undefined ? undefined : JSON.parse(json);
}

/**
 * The first text of a name in a map, as the core finds it: of the name written so, else of one that differs only in case.
 * @param {Record<string, unknown>} map
 * @param {string} name
 */
function findText(map, name) {
  const exact = map[name];
  if (typeof exact === 'string' && Object.hasOwn(map, name)) return exact;
  if (!isTextMap(map)) return ASK;
  // Only ASCII's letters have a case here; all names of the map are ASCII.
  if (!/^[\0-\x7f]*$/.test(name)) return undefined;
  const wanted = name.toLowerCase();
  const known = Object.keys(map).find((one) => one.toLowerCase() === wanted);
  return known === undefined ? undefined : map[known];
}

module.exports = { ASK, SORTS, findText, isObject };
