'use strict';

// Typed events: classes made from the core's field tables. Fields are read when they are asked for.

const { inspect } = require('node:util');
const native = require('./native');
const { fromEntries } = require('./context');

/** @typedef {import('./native').Event} NativeEvent */
/** @typedef {import('./native').EventField} Field */

/** @type {unique symbol} */
const MAKE = Symbol('fgruntime.make');

/** An object in an event, or the event itself. */
class View {
  /** @type {NativeEvent} */
  #event;
  /** @type {number[] | undefined} Rows and indices from the event to here; none of the event itself. */
  #path;
  /** @type {Map<string, unknown> | undefined} What JavaScript made of fields, so that it is the same each time. */
  #made;

  /**
   * @param {typeof MAKE} make
   * @param {NativeEvent} event
   * @param {number[]} [path]
   */
  constructor(make, event, path) {
    if (make !== MAKE) throw new TypeError('typed events are made by the functions called parse');
    this.#event = event;
    this.#path = path;
  }

  /**
   * @template T
   * @param {View} view
   * @param {(event: NativeEvent, path: number[] | undefined) => T} read
   */
  static read(view, read) {
    return read(view.#event, view.#path);
  }

  /**
   * @template T
   * @param {View} view
   * @param {string} name
   * @param {(event: NativeEvent, path: number[] | undefined) => T} make
   * @returns {T}
   */
  static once(view, name, make) {
    view.#made ??= new Map();
    if (!view.#made.has(name)) view.#made.set(name, make(view.#event, view.#path));
    return /** @type {T} */ (view.#made.get(name));
  }

  /** With what the documents do not know. */
  toJSON() {
    return JSON.parse(this.#path === undefined ? this.#event.wire() : this.#event.jsonOf(this.#path));
  }

  /** What it contains may be credentials. */
  [inspect.custom]() {
    return `<fgruntime ${this.constructor.name}>`;
  }
}

class TypedEvent extends View {
  get kind() {
    return View.read(this, (event) => event.kind);
  }

  get findings() {
    return View.read(this, (event) => event.findings());
  }

  toCanonical() {
    return View.read(this, (event) => event.canonical());
  }

  toWire() {
    return View.read(this, (event) => event.wire());
  }

  unknownFields() {
    return View.read(this, (event, path) => {
      const fields = fromEntries(event.unknown(path));
      for (const name of Object.keys(fields)) fields[name] = JSON.parse(fields[name]);
      return /** @type {Record<string, unknown>} */ (fields);
    });
  }
}

/** @type {Map<string, typeof View>} By the names of the tables. */
const classes = new Map();
/** @type {Map<string, typeof View>} By the kinds of events. */
const kinds = new Map();

/** @typedef {(row: number, name: string, field: Field) => Record<string, (this: View) => unknown>} Accessors */

/** What each sort of field is read by. @type {Record<string, Accessors>} */
const ACCESSORS = {
  text: (row, name) => ({ [name]: text(row) }),
  jsonText: (row, name, field) => ({ [name]: text(row), ...fieldsOf(row, name, field) }),
  boolean: (row, name) => ({ [name]: reader((event, path) => event.boolean(row, path)) }),
  number: (row, name) => ({
    [name]: reader((event, path) => safeInteger(event.integer(row, path))),
    [`${name}Text`]: text(row),
  }),
  time: (row, name) => ({
    [name]: text(row),
    [`${name}EpochMs`]: reader((event, path) => event.epochMs(row, path) ?? undefined),
  }),
  base64: (row, name, field) => ({
    [name]: text(row),
    [`raw${name[0].toUpperCase()}${name.slice(1)}`]: made(name, (event, path) => event.decoded(row, path)),
    ...fieldsOf(row, name, field),
  }),
  any: (row, name, field) => ({
    [name]: made(name, (event, path) => parsed(event.json(row, path))),
    ...fieldsOf(row, name, field),
  }),
  map: (row, name) => ({ [name]: made(name, (event, path) => fromEntries(event.map(row, path))) }),
  texts: (row, name) => ({ [name]: made(name, (event, path) => event.texts(row, path)) }),
  object: (row, name, field) => ({ [name]: object(row, name, field) }),
  list: (row, name, field) => ({ [name]: made(name, (event, path) => elements(event, path, row, field)) }),
};

/** @param {number} row */
function text(row) {
  return reader((event, path) => event.text(row, path));
}

/** @param {(event: NativeEvent, path: number[] | undefined) => unknown} read */
function reader(read) {
  return /** @this {View} */ function () {
    return View.read(this, read);
  };
}

/**
 * @param {string} name
 * @param {(event: NativeEvent, path: number[] | undefined) => unknown} make
 */
function made(name, make) {
  return /** @this {View} */ function () {
    return View.once(this, name, make);
  };
}

/** The documented fields in a text, or in any JSON. @type {Accessors} */
function fieldsOf(row, name, field) {
  return field.table === undefined ? {} : { [`${name}Fields`]: object(row, `${name}Fields`, field) };
}

/**
 * @param {number} row
 * @param {string} name
 * @param {Field} field
 */
function object(row, name, field) {
  return made(name, (event, path = []) => {
    const inside = [...path, row];
    return event.has(inside) ? newView(field, event, inside) : undefined;
  });
}

/**
 * @param {NativeEvent} event
 * @param {number[] | undefined} path
 * @param {number} row
 * @param {Field} field
 */
function elements(event, path = [], row, field) {
  return Array.from({ length: event.count(row, path) }, (_, index) => newView(field, event, [...path, row, index]));
}

/**
 * @param {Field} field
 * @param {NativeEvent} event
 * @param {number[]} path
 */
function newView(field, event, path) {
  const Class = classes.get(/** @type {string} */ (field.table)) ?? View;
  return new Class(MAKE, event, path);
}

/** @param {number | null} number */
function safeInteger(number) {
  return number !== null && Number.isSafeInteger(number) ? number : undefined;
}

/** @param {string | undefined} json */
function parsed(json) {
  return json === undefined ? undefined : JSON.parse(json);
}

/** @param {string} name A name in snake case. */
function camelCase(name) {
  return name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
}

/** @param {import('./native').EventTable} table */
function define(table) {
  const Class = { [table.name]: class extends (table.kind === undefined ? View : TypedEvent) {} }[table.name];
  for (const [row, field] of table.fields.entries()) {
    if (field.moved) continue;
    addGetters(Class, ACCESSORS[field.kind](row, camelCase(field.name), field));
    if (field.kind === 'map') addLookUps(Class, row, camelCase(field.name));
  }
  for (const [number, name] of table.extras.entries()) {
    addGetters(Class, { [camelCase(name)]: reader((event, path) => event.extra(number, path) ?? undefined) });
  }
  classes.set(table.name, Class);
  if (table.kind !== undefined) kinds.set(table.kind, Class);
}

/**
 * @param {typeof View} Class
 * @param {Record<string, (this: View) => unknown>} getters
 */
function addGetters(Class, getters) {
  for (const [name, get] of Object.entries(getters)) {
    Object.defineProperty(Class.prototype, name, { get, enumerable: true, configurable: true });
  }
}

/**
 * `headers` has `header(name)` for the first value and `headerValues(name)` for all; both ignore case.
 * @param {typeof View} Class
 * @param {number} row
 * @param {string} name
 */
function addLookUps(Class, row, name) {
  const one = name.replace(/s$/, '');
  const methods = {
    /** @this {View} @param {string} key */
    [one](key) {
      return View.read(this, (event, path) => event.find(String(key), row, path));
    },
    /** @this {View} @param {string} key */
    [`${one}Values`](key) {
      return View.read(this, (event, path) => event.findAll(String(key), row, path));
    },
  };
  for (const [method, value] of Object.entries(methods)) {
    Object.defineProperty(Class.prototype, method, { value, configurable: true, writable: true });
  }
}

for (const table of native.eventTables()) define(table);

/** @param {NativeEvent} event */
function typedEvent(event) {
  const Class = kinds.get(event.kind) ?? TypedEvent;
  return new Class(MAKE, event);
}

/** @param {unknown} event */
function isTyped(event) {
  return event instanceof TypedEvent;
}

module.exports = { camelCase, isTyped, typedEvent };
