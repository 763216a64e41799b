'use strict';

// Typed events: classes made from the core's field tables. Fields are read when they are asked for.
//
// Small events that JSON.parse reads as the core does are read by it, since keeping an object of the core's costs Node many times what
// reading such an event does. Whatever is not as documented in them is still read by the core.

const { inspect } = require('node:util');
const native = require('./native');
const { EventInvalid } = require('./errors');
const { ASK, findText, isObject, SORTS } = require('./event_fields');
const { fromEntries } = require('./context');

/** @typedef {import('./native').Event} NativeEvent */
/** @typedef {import('./native').EventField} Field */
/** @typedef {import('./native').EventTable} Table */
/** @typedef {import('./event_fields').Sort} Sort */

/** @type {unique symbol} */
const MAKE = Symbol('fgruntime.make');

/** An object in an event, or the event itself. */
class View {
  /** @type {TypedEvent} */
  #root;
  /** Rows and indices from the event to here; none of the event itself. */
  #path;
  /** What JSON.parse gave, if it may be looked at. */
  #plain;
  /** @type {Map<string, unknown> | undefined} What JavaScript made of fields. */
  #made;

  /**
   * @param {typeof MAKE} make
   * @param {Record<string, unknown> | undefined} plain
   * @param {TypedEvent | undefined} root Undefined if this is the event.
   * @param {number[] | undefined} path
   */
  constructor(make, plain, root, path) {
    if (make !== MAKE) throw new TypeError('typed events are made by the functions called parse');
    this.#root = root ?? /** @type {TypedEvent} */ (/** @type {unknown} */ (this));
    this.#path = path;
    this.#plain = plain;
  }

  /**
   * @template T
   * @param {View} view
   * @param {(event: NativeEvent, path: number[] | undefined) => T} read
   */
  static ask(view, read) {
    return read(TypedEvent.core(view.#root), view.#path);
  }

  /**
   * @param {View} view
   * @param {Field} field
   */
  static plain(view, { key, hasAliases }) {
    if (view.#plain === undefined) return ASK;
    const value = view.#plain[key];
    return value === undefined && hasAliases ? ASK : value;
  }

  /**
   * @template T
   * @param {View} view
   * @param {string} name
   * @param {() => T} make
   */
  static once(view, name, make) {
    view.#made ??= new Map();
    if (!view.#made.has(name)) view.#made.set(name, make());
    return /** @type {T} */ (view.#made.get(name));
  }

  /**
   * @param {View} view
   * @param {Field} field
   * @param {number} row
   * @returns {import('./event_fields').Inner}
   */
  static inner(view, field, row) {
    return (plain, index) => {
      const path = [...(view.#path ?? []), row, ...(index === undefined ? [] : [index])];
      return newView(/** @type {string} */ (field.table), view.#root, path, plain);
    };
  }

  /** With what the documents do not know. */
  toJSON() {
    return View.ask(this, (event, path) => JSON.parse(path === undefined ? event.wire() : event.jsonOf(path)));
  }

  /** What it contains may be credentials. */
  [inspect.custom]() {
    return `<fgruntime ${this.constructor.name}>`;
  }
}

class TypedEvent extends View {
  /** @type {NativeEvent | undefined} */
  #core;
  #text;

  /**
   * @param {typeof MAKE} make
   * @param {NativeEvent | undefined} core
   * @param {string} text What the core's event is read from when it is needed.
   * @param {Record<string, unknown> | undefined} plain
   */
  constructor(make, core, text, plain) {
    super(make, plain, undefined, undefined);
    this.#core = core;
    this.#text = text;
  }

  /** @param {TypedEvent} event */
  static core(event) {
    event.#core ??= checked(native.parseEvent(event.#text, event.kind));
    return event.#core;
  }

  get kind() {
    return 'unknown';
  }

  get findings() {
    return View.ask(this, (event) => event.findings());
  }

  toCanonical() {
    return View.ask(this, (event) => event.canonical());
  }

  toWire() {
    return View.ask(this, (event) => event.wire());
  }

  unknownFields() {
    return View.ask(this, (event, path) => {
      const fields = fromEntries(event.unknown(path));
      for (const name of Object.keys(fields)) fields[name] = JSON.parse(fields[name]);
      return /** @type {Record<string, unknown>} */ (fields);
    });
  }
}

/** @type {Map<string, { Class: typeof View, table: Table }>} By the names of the tables. */
const objects = new Map();
/** @type {Map<string, { Class: typeof TypedEvent, table: Table }>} By the kinds of events. */
const kinds = new Map();

/**
 * @param {string} name
 * @param {TypedEvent} root
 * @param {number[]} path
 * @param {unknown} plain
 */
function newView(name, root, path, plain) {
  const { Class, table } = /** @type {{ Class: typeof View, table: Table }} */ (objects.get(name));
  // Of objects whose members may stand elsewhere only the core knows what is where.
  return new Class(MAKE, isObject(plain) && !table.isRearranged ? plain : undefined, root, path);
}

/** @param {string} name A name in snake case. */
function camelCase(name) {
  return name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
}

/** @param {Table} table */
function define(table) {
  if (table.kind === undefined) {
    const Class = class extends View {};
    addFields(Class.prototype, table);
    objects.set(table.name, { Class, table });
  } else {
    const Class = class extends TypedEvent {};
    addFields(Class.prototype, table);
    addGetter(Class.prototype, 'kind', () => table.kind);
    kinds.set(table.kind, { Class, table });
  }
}

/**
 * @param {View} prototype
 * @param {Table} table
 */
function addFields(prototype, table) {
  Object.defineProperty(prototype.constructor, 'name', { value: table.name });
  for (const [row, field] of table.fields.entries()) {
    if (!field.moved) addField(prototype, row, field, camelCase(field.name));
  }
  for (const [number, name] of table.extras.entries()) {
    addAsked(prototype, camelCase(name), (event, path) => event.extra(number, path) ?? undefined);
  }
}

/**
 * @param {View} prototype
 * @param {number} row
 * @param {Field} field
 * @param {string} name
 */
function addField(prototype, row, field, name) {
  const sort = SORTS[field.kind];
  const read = (/** @type {View} */ view) => readField(view, row, field, sort);
  (sort.isMade ? addMade : addGetter)(prototype, name, read);
  if (field.kind === 'number') addAsked(prototype, `${name}Text`, (event, path) => event.text(row, path));
  if (field.kind === 'time') {
    addAsked(prototype, `${name}EpochMs`, (event, path) => event.epochMs(row, path) ?? undefined);
  }
  if (field.kind === 'base64') {
    const raw = `raw${name[0].toUpperCase()}${name.slice(1)}`;
    addMade(prototype, raw, (view) => View.ask(view, (event, path) => event.decoded(row, path)));
  }
  if (field.kind === 'map') addLookUps(prototype, row, field, name.replace(/s$/, ''));
  if (field.table !== undefined && field.kind !== 'object' && field.kind !== 'list') {
    // The documented fields in a text, or in any JSON.
    addMade(prototype, `${name}Fields`, (view) => askField(view, row, field, SORTS.object));
  }
}

/**
 * @param {View} view
 * @param {number} row
 * @param {Field} field
 * @param {Sort} sort
 */
function readField(view, row, field, sort) {
  const plain = View.plain(view, field);
  if (plain === undefined || plain === null) return sort.empty();
  const value = plain === ASK ? ASK : sort.plain(plain, sort.isMade ? View.inner(view, field, row) : undefined);
  return value === ASK ? askField(view, row, field, sort) : value;
}

/**
 * @param {View} view
 * @param {number} row
 * @param {Field} field
 * @param {Sort} sort
 */
function askField(view, row, field, sort) {
  return View.ask(view, (event, path) => sort.native(event, row, path, View.inner(view, field, row)));
}

/**
 * @param {View} prototype
 * @param {string} name
 * @param {(view: View) => unknown} read
 */
function addGetter(prototype, name, read) {
  const get = /** @this {View} */ function () {
    return read(this);
  };
  Object.defineProperty(prototype, name, { get, enumerable: true, configurable: true });
}

/**
 * A getter of what is the same each time.
 * @param {View} prototype
 * @param {string} name
 * @param {(view: View) => unknown} make
 */
function addMade(prototype, name, make) {
  addGetter(prototype, name, (view) => View.once(view, name, () => make(view)));
}

/**
 * A getter of what only the core knows.
 * @param {View} prototype
 * @param {string} name
 * @param {(event: NativeEvent, path: number[] | undefined) => unknown} read
 */
function addAsked(prototype, name, read) {
  addGetter(prototype, name, (view) => View.ask(view, read));
}

/**
 * `headers` has `header(name)` for the first value and `headerValues(name)` for all; both ignore case.
 * @param {View} prototype
 * @param {number} row
 * @param {Field} field
 * @param {string} name
 */
function addLookUps(prototype, row, field, name) {
  /** @this {View} @param {string} key */
  const first = function (key) {
    const plain = View.plain(this, field);
    const found = isObject(plain) ? findText(plain, String(key)) : ASK;
    return found === ASK ? View.ask(this, (event, path) => event.find(String(key), row, path)) : found;
  };
  /** @this {View} @param {string} key */
  const all = function (key) {
    return View.ask(this, (event, path) => event.findAll(String(key), row, path));
  };
  Object.defineProperty(prototype, name, { value: first, configurable: true, writable: true });
  Object.defineProperty(prototype, `${name}Values`, { value: all, configurable: true, writable: true });
}

for (const table of native.eventTables()) define(table);

/**
 * @template T
 * @param {T | import('./native').ParseFailure} read
 * @returns {T}
 */
function checked(read) {
  if (read instanceof native.Event) return read;
  throw new EventInvalid(/** @type {import('./native').ParseFailure} */ (read));
}

/**
 * @param {NativeEvent | import('./native').ParseFailure} read
 * @returns {TypedEvent}
 */
function ofCore(read) {
  const event = checked(read);
  const { Class } = kinds.get(event.kind) ?? { Class: TypedEvent };
  return new Class(MAKE, event, '', undefined);
}

/**
 * An event of what JSON.parse gave; undefined if only the core knows what is where in it.
 * @param {string} kind
 * @param {string} text
 * @param {unknown} plain
 * @returns {TypedEvent | undefined}
 */
function ofPlain(kind, text, plain) {
  const definition = kinds.get(kind);
  if (definition === undefined || definition.table.isRearranged || !isObject(plain)) return undefined;
  return new definition.Class(MAKE, undefined, text, plain);
}

/** @param {unknown} event */
function isTyped(event) {
  return event instanceof TypedEvent;
}

module.exports = { camelCase, isTyped, ofCore, ofPlain };
