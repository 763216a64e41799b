'use strict';

// From `index.handler` to the function.

const fs = require('node:fs');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { StartFailure, nameOf, placeOf, stackTrace, textOf } = require('./errors');

const CONFIG_ERROR = 'FunctionConfigError';
const LOAD_ERROR = 'FunctionLoadError';
const EXTENSIONS = ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts'];
// What Node's `require` says of a file that only `import` can load.
const NOT_REQUIRED = new Set(['ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE']);

/**
 * The function that a setting such as `index.handler` or `src/index.handler` names.
 * @param {string} name
 * @param {string} root The folder of the function's files.
 * @returns {Promise<Function>}
 */
async function load(name, root) {
  const { file, exported } = split(name, root);
  const shown = `./${path.relative(root, file)}`;
  const module = Object(await importFile(file, shown));
  const found = module[exported] ?? module.default?.[exported];
  if (found === undefined) {
    throw new StartFailure(
      CONFIG_ERROR,
      `handler '${exported}' not found in module '${shown}'; export it there: ${example(file, exported)}${functionsOf(module)}`,
    );
  }
  if (typeof found !== 'function') {
    throw new StartFailure(CONFIG_ERROR, `'${exported}' in module '${shown}' is no function but ${typeof found}`);
  }
  return found;
}

/**
 * @param {string} name
 * @param {string} root
 */
function split(name, root) {
  const dot = name.lastIndexOf('.');
  const [stem, exported] = [name.slice(0, dot).replace(/^\.\//, ''), name.slice(dot + 1)];
  if (dot < 0 || stem === '' || exported === '') {
    throw new StartFailure(CONFIG_ERROR, `'${name}' is not FILE.FUNCTION, for example index.handler`);
  }
  if (EXTENSIONS.includes(`.${exported}`)) {
    const text = `'${name}' is a file; name the function in it instead of its ending, for example ${stem}.handler`;
    throw new StartFailure(CONFIG_ERROR, text);
  }
  const candidates = EXTENSIONS.map((extension) => path.join(root, stem + extension));
  const file = candidates.find((candidate) => fs.existsSync(candidate));
  if (file === undefined) {
    const text = `not found module './${stem}.js' in ${root}; the handler is '${name}': put the file there, or correct the handler`;
    throw new StartFailure(LOAD_ERROR, text + neighbours(root));
  }
  return { file, exported };
}

/** @param {string} root */
function neighbours(root) {
  const names = fs.existsSync(root) ? fs.readdirSync(root) : [];
  const files = names.filter((name) => EXTENSIONS.includes(path.extname(name))).sort();
  return files.length === 0 ? '' : `; there are ${files.slice(0, 10).join(', ')}`;
}

/**
 * @param {string} file
 * @param {string} shown
 * @returns {Promise<any>}
 */
async function importFile(file, shown) {
  checkTypeScript(file, shown);
  try {
    return await (isModule(file) ? import(pathToFileURL(file).href) : requireFile(file));
  } catch (error) {
    throw new StartFailure(LOAD_ERROR, failureText(error, file), { stackTrace: stackTrace(error), cause: error });
  }
}

/**
 * @param {string} file
 * @param {string} shown
 */
function checkTypeScript(file, shown) {
  if (!/\.[cm]?ts$/.test(file)) return;
  if ('typescript' in process.features && process.features.typescript) return;
  const text = `Node ${process.version} does not run TypeScript, which '${shown}' is; use Node 22.18 or newer, or compile it to JavaScript`;
  throw new StartFailure(LOAD_ERROR, text);
}

/** Whether the file must be imported: so says its ending, else the nearest package.json. @param {string} file */
function isModule(file) {
  const extension = path.extname(file);
  if (extension.length === 4) return extension[1] === 'm';
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = path.join(folder, 'package.json');
    if (fs.existsSync(manifest)) return typeOf(manifest) === 'module';
    if (folder === path.dirname(folder)) return false;
  }
}

/** @param {string} manifest */
function typeOf(manifest) {
  try {
    return JSON.parse(fs.readFileSync(manifest, 'utf8')).type;
  } catch {
    return undefined; // Node says what is wrong with it when it loads the file.
  }
}

/** @param {string} file */
function requireFile(file) {
  try {
    return require(file);
  } catch (error) {
    if (!NOT_REQUIRED.has(/** @type {NodeJS.ErrnoException} */ (error)?.code ?? '')) throw error;
    return import(pathToFileURL(file).href);
  }
}

/**
 * @param {unknown} error
 * @param {string} file
 */
function failureText(error, file) {
  const where = placeOf(error) || (nameOf(error) === 'SyntaxError' ? placeOfSyntaxError(file) : '');
  // Node lists after its first line who required what.
  const [text] = textOf(error).split('\nRequire stack:');
  return `${nameOf(error)}: ${text}${where}${advice(error)}`;
}

/** Node does not tell where an imported file is wrong; when it only checks the file, it prints it. @param {string} file */
function placeOfSyntaxError(file) {
  const { spawnSync } = require('node:child_process');
  const { stderr } = spawnSync(process.execPath, ['--check', file], { encoding: 'utf8' });
  return placeOf({ stack: stderr });
}

/** @param {unknown} error */
function advice(error) {
  const text = textOf(error);
  if (/^Cannot use import statement|^Unexpected token 'export'/.test(text)) {
    return '; files with import and export are called .mjs, or have "type": "module" in package.json';
  }
  const missing = /^Cannot find (?:module|package) '([^'./][^']*)'/.exec(text)?.[1];
  if (missing === undefined || missing.startsWith('node:')) return '';
  const name = missing.split('/', missing.startsWith('@') ? 2 : 1).join('/');
  return `; install it into the folder of the code: npm install ${name}`;
}

/**
 * @param {string} file
 * @param {string} exported
 */
function example(file, exported) {
  return isModule(file) ? `export function ${exported}(event, context)` : `exports.${exported} = (event, context) => …`;
}

/** What is there instead. @param {Record<string, any>} module */
function functionsOf(module) {
  const names = new Set([...Object.keys(module), ...Object.keys(Object(module.default))]);
  const isFunction = (/** @type {string} */ name) => typeof (module[name] ?? module.default?.[name]) === 'function';
  const functions = [...names].filter((name) => name !== 'default' && isFunction(name));
  return functions.length === 0 ? '' : `; there are ${functions.slice(0, 10).join(', ')}`;
}

module.exports = { CONFIG_ERROR, load };
