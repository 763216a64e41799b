'use strict';

const { format } = require('node:util');

/** Writes records that carry their request. The arguments are those of `console.log`. */
class Logger {
  #native;

  /** @param {import('./native').Logger} native */
  constructor(native) {
    this.#native = native;
  }

  /** @param {unknown[]} values A record without a level. */
  log(...values) {
    this.#native.log(null, format(...values));
  }

  /** @param {unknown[]} values */
  debug(...values) {
    this.#write('DEBUG', values);
  }

  /** @param {unknown[]} values */
  info(...values) {
    this.#write('INFO', values);
  }

  /** @param {unknown[]} values */
  warn(...values) {
    this.#write('WARN', values);
  }

  /** @param {unknown[]} values */
  error(...values) {
    this.#write('ERROR', values);
  }

  /**
   * What is not written is not formatted either.
   * @param {string} level
   * @param {unknown[]} values
   */
  #write(level, values) {
    if (this.#native.isEnabled(level)) this.#native.log(level, format(...values));
  }

  /**
   * Whether a record of this level would be written.
   * @param {string} level
   */
  isEnabled(level) {
    return this.#native.isEnabled(String(level));
  }

  /**
   * Sets the lowest level that is written. A level that is none is ignored, as by the platform's own logger.
   * @param {string} level
   */
  setLevel(level) {
    this.#native.setLevel(String(level));
  }
}

exports.Logger = Logger;
