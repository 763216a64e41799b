'use strict';

// The native module: of a package for this platform, or, where fgruntime is developed, built beside this folder.

/** @type {Record<string, string>} */
const TRIPLES = {
  'linux x64': 'linux-x64-gnu',
  'linux arm64': 'linux-arm64-gnu',
  'darwin x64': 'darwin-x64',
  'darwin arm64': 'darwin-arm64',
};

function load() {
  const platform = `${process.platform} ${process.arch}`;
  const triple = TRIPLES[platform];
  if (triple === undefined) {
    throw new Error(
      `fgruntime has no native module for ${platform}; there are some for ${Object.keys(TRIPLES).join(', ')}`,
    );
  }
  try {
    return require(`fgruntime-${triple}`);
  } catch (error) {
    if (!isMissing(error)) throw unusable(triple, error);
  }
  try {
    return require(`../fgruntime.${triple}.node`);
  } catch (error) {
    if (!isMissing(error)) throw unusable(triple, error);
  }
  throw new Error(
    `the package fgruntime-${triple} is missing, which has the native module; run npm install without --omit=optional, ` +
      'on the platform that the function is to run on',
  );
}

/**
 * @param {unknown} error
 * @returns {boolean}
 */
function isMissing(error) {
  return /** @type {NodeJS.ErrnoException} */ (error).code === 'MODULE_NOT_FOUND';
}

/**
 * @param {string} triple
 * @param {unknown} cause
 */
function unusable(triple, cause) {
  const text = `the native module of fgruntime-${triple} cannot be loaded: ${/** @type {Error} */ (cause).message}; it needs glibc 2.17 or newer on Linux (not musl)`;
  return new Error(text, { cause });
}

module.exports = load();
