'use strict';

// Waiting for what must happen, however slow the machine is.

const PATIENCE_MS = 20_000;

/**
 * Gives what `find` finds, which is asked again whenever `changes` emits `change`.
 * @template T
 * @param {import('node:events').EventEmitter} changes
 * @param {() => T | undefined} find May throw, if nothing will be found any more.
 * @param {() => string} what What was waited for in vain.
 * @returns {Promise<T>}
 */
function until(changes, find, what) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(reject, new Error(`waited in vain for ${what()}`)), PATIENCE_MS);
    const end = (settle, value) => {
      clearTimeout(timer);
      changes.off('change', ask);
      settle(value);
    };
    const ask = () => {
      try {
        const found = find();
        if (found !== undefined) end(resolve, found);
      } catch (error) {
        end(reject, error);
      }
    };
    changes.on('change', ask);
    ask();
  });
}

module.exports = { until };
