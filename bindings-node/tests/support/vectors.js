'use strict';

// The vectors, which every language answers; tests/vectors/README.md of the repository describes them.

const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { isDeepStrictEqual } = require('node:util');

const FOLDER = path.resolve(__dirname, '../../../tests/vectors');

/**
 * The cases of an area, each with the name of its file.
 * @param {string} area
 * @param {(text: string) => string} [prepare] Changes the text of a file before it is read.
 */
function* casesOf(area, prepare = (text) => text) {
  const folder = path.join(FOLDER, area);
  for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const cases = JSON.parse(prepare(fs.readFileSync(path.join(folder, file), 'utf8')));
    for (const one of cases) yield { file, one };
  }
}

/**
 * Holds each case of an area against the case that `give` makes of it, and their number against the manifest.
 * @param {string} area
 * @param {(one: any) => any} give
 * @param {(text: string) => string} [prepare]
 */
async function check(area, give, prepare) {
  let count = 0;
  const differences = [];
  for (const { file, one } of casesOf(area, prepare)) {
    count += 1;
    const given = await give(one);
    if (!isDeepStrictEqual(given, one)) differences.push(`${file}: ${one.name}: ${difference(one, given)}`);
  }
  assert.equal(differences.length, 0, `${differences.length} differences\n${differences.slice(0, 40).join('\n')}`);
  const counts = JSON.parse(fs.readFileSync(path.join(FOLDER, 'manifest.json'), 'utf8'));
  assert.equal(count, counts[area]);
}

/** Integers in arrays and members that JavaScript has no number for, as texts. @param {string} json */
function keepLongNumbers(json) {
  return json.replace(/(?<=^ *(?:"\w+": )?)-?\d{16,}(?=,?$)/gm, '"number $&"');
}

/** @param {string} json What was made of it. */
function restoreLongNumbers(json) {
  return json.replace(/"number (-?\d+)"/g, '$1');
}

function difference(one, given) {
  const members = new Set([...Object.keys(one), ...Object.keys(given)]);
  const different = [...members].filter((name) => !isDeepStrictEqual(one[name], given[name]));
  return different.map((name) => `${name}: expected ${short(one[name])}, given ${short(given[name])}`).join('; ');
}

function short(value) {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length < 1000 ? text : `${text.slice(0, 1000)}…`;
}

/** The members of a case that say what is asked. Those that nobody knows are left out, which makes the case fail. */
function asking(one, ...members) {
  return Object.fromEntries(Object.entries(one).filter(([name]) => members.includes(name)));
}

/** The bytes that a TEXT of the vectors stands for. */
function toBytes(text) {
  if (typeof text === 'string') return Buffer.from(text);
  if (text.base64 !== undefined) return Buffer.from(text.base64, 'base64');
  const repeated = Array.from({ length: text.count }, (_, n) => text.repeat.replaceAll('{n}', n));
  return Buffer.from(text.prefix + repeated.join('') + text.suffix);
}

/** Bytes as a TEXT, in the form that the case has if it says the same. */
function like(known, given) {
  if (known !== undefined && known !== null && toBytes(known).equals(given)) return known;
  return textOf(given) ?? { base64: given.toString('base64') };
}

/** Undefined if they are not UTF-8. @param {Buffer} bytes */
function textOf(bytes) {
  const text = bytes.toString();
  return Buffer.from(text).equals(bytes) ? text : undefined;
}

module.exports = { asking, casesOf, check, keepLongNumbers, like, restoreLongNumbers, textOf, toBytes };
