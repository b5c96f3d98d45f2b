/**
 * Bundles the hooks' main program and splits off the parts that few payloads need. The sources know nothing of it: an import of a
 * part becomes an import of stand-ins that load the part at their first call.
 */
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { runInThisContext } from 'node:vm';
import { build } from 'esbuild';

/** What a program is called with; see hooks/load.ts. */
const HEAD = '(function (load, require, module, exports) {';
const FOOT = '})';
/** A part gets at what it shares with the main program by this call. */
const SHARED = '__shared';
/** esbuild's name for an entry that is given as a text. */
const ENTRY = '<stdin>';
/** Marks a question to esbuild that comes from a plugin here, so that none answers it with another one. */
const PASSING = Symbol('passing');
const SHARED_USE = new RegExp(`\\b${SHARED}\\((\\d+)\\)`, 'g');

/**
 * Bundles the program of `entry` and its parts.
 *
 * @param entry module whose exports the main program has, relative to the working directory
 * @param parts name of each part → modules that it stands for. Everything they export is a function, or plain data and functions in
 * arrays and objects.
 * @param settled modules that export plain data: their values are taken as they are now
 * @param options for esbuild
 * @returns `programs` (name → text) and `inputs` (files that went into them)
 */
export async function splitPrograms(entry, parts, settled, options) {
  const accessOf = new Map([
    ...settled.map((path) => [resolve(path), undefined]),
    ...Object.entries(parts).flatMap(([name, paths]) =>
      paths.map((path, at) => [resolve(path), `load('${name}').module${at}`]),
    ),
  ]);
  const later = standIns(accessOf, options);
  const bundle = (more, ...first) =>
    build({ ...options, ...more, plugins: [...first, later, ...options.plugins] });

  const partBuilds = Object.entries(parts).map(([name, paths]) => [name, fromText(writePart(paths))]);
  const dryMain = await bundle({ entryPoints: [entry] });
  const dryParts = await Promise.all(partBuilds.map(([, what]) => bundle(what)));
  const shared = await describeShared(findShared(dryMain, dryParts), bundle);

  const used = new Set();
  const programs = new Map();
  await Promise.all(
    partBuilds.map(async ([name, what]) => {
      const text = textOf(await bundle(what, takeShared(shared)));
      for (const [, id] of text.matchAll(SHARED_USE)) used.add(Number(id));
      programs.set(name, `const ${SHARED} = (id) => load('main').shared[id];\n${text}`);
    }),
  );
  programs.set('main', textOf(await bundle(fromText(writeMain(entry, shared, used)))));
  return {
    programs: seal(programs),
    inputs: [dryMain, ...dryParts].flatMap(({ metafile }) => Object.keys(metafile.inputs)),
  };
}

function fromText(contents) {
  return { stdin: { contents, resolveDir: process.cwd(), loader: 'js' } };
}

function textOf({ outputFiles }) {
  return outputFiles[0].text;
}

/** Wraps the programs, and puts the first digits of their own hash and of that of all in front; see hooks/load.ts. */
function seal(programs) {
  const bodies = [...programs]
    .sort()
    .map(([name, text]) => [name, `${HEAD}${escapeBeyondAscii(text)}${FOOT}\n`]);
  const build = hash(bodies.join());
  return new Map(bodies.map(([name, body]) => [name, `/*${hash(body)} ${build}*/${body}`]));
}

/** esbuild leaves regular expressions as they are; one character beyond Latin-1 makes V8 keep a whole program twice as large. */
function escapeBeyondAscii(text) {
  return text.replace(/(\\?)([^\0-\x7f])/g, (_, backslash, unit) => {
    if (backslash !== '') throw new Error(`cannot escape ${JSON.stringify(unit)} behind a backslash`);
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function hash(text) {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** Modules that the main program has, or that several parts have: they are in the main program, once. */
function findShared(main, parts) {
  const times = new Map();
  for (const { metafile } of parts) {
    for (const input of inputsOf(metafile)) times.set(input, (times.get(input) ?? 0) + 1);
  }
  const shared = new Set(inputsOf(main.metafile));
  for (const [input, count] of times) if (count > 1) shared.add(input);
  return [...shared].filter((input) => times.has(input)).sort();
}

/** Files that really went into a bundle. */
function inputsOf({ outputs }) {
  return Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput > 0 && path !== ENTRY && !/^[a-z-]+:/.test(path) ? [path] : [],
    ),
  );
}

/** Path → the names it exports, each with the number under which parts find it. */
async function describeShared(paths, bundle) {
  const shared = new Map();
  let id = 0;
  if (paths.length === 0) return shared;
  const { metafile } = await bundle({ entryPoints: paths.map((path) => `./${path}`), format: 'esm' });
  for (const { entryPoint, exports } of Object.values(metafile.outputs)) {
    if (entryPoint !== undefined)
      shared.set(
        resolve(entryPoint),
        exports.map((name) => [name, id++]),
      );
  }
  return shared;
}

/** In a part, what is shared comes out of the main program. */
function takeShared(shared) {
  return {
    name: 'take-shared',
    setup(bundler) {
      onImport(bundler, (path) => (shared.has(path) ? { path, namespace: 'shared' } : undefined));
      bundler.onLoad({ filter: /./, namespace: 'shared' }, ({ path }) => ({
        contents: shared
          .get(path)
          .map(([name, id]) =>
            name === 'default'
              ? `export default /* @__PURE__ */ ${SHARED}(${id});`
              : `export const ${name} = /* @__PURE__ */ ${SHARED}(${id});`,
          )
          .join('\n'),
      }));
    },
  };
}

/** A part's entry: each of its modules under a name of its own. */
function writePart(paths) {
  return paths
    .map((path, at) => `import * as module${at} from '${resolve(path)}';\nexport { module${at} };`)
    .join('\n');
}

/** The main program's entry: what `entry` exports, and what parts take from it. */
function writeMain(entry, shared, used) {
  const lines = [`export * from './${entry}';`];
  const members = [];
  for (const [path, names] of shared) {
    for (const [name, id] of names) {
      if (!used.has(id)) continue;
      lines.push(`import { ${name} as shared${id} } from './${relative('.', path)}';`);
      members.push(`${id}: shared${id}`);
    }
  }
  return [...lines, `export const shared = { ${members.join(', ')} };`].join('\n');
}

/** Stand-ins for the modules of the parts, and the values of what is settled, wherever they are imported. */
function standIns(accessOf, options) {
  const texts = new Map();
  const write = async (path) => {
    const access = accessOf.get(path);
    return Object.entries(await evaluate(path, options))
      .map(([name, value]) => `export const ${name} = ${writeStandIn(value, access && `${access}.${name}`)};`)
      .join('\n');
  };
  return {
    name: 'stand-ins',
    setup(bundler) {
      onImport(bundler, (path) => (accessOf.has(path) ? { path, namespace: 'stand-in' } : undefined));
      bundler.onLoad({ filter: /./, namespace: 'stand-in' }, async ({ path }) => {
        if (!texts.has(path)) texts.set(path, write(path));
        return { contents: await texts.get(path) };
      });
    },
  };
}

/** A module's exports, as they are at run time. */
async function evaluate(path, options) {
  const text = textOf(await build({ ...options, entryPoints: [path] }));
  const module = { exports: {} };
  runInThisContext(`${HEAD}${text}${FOOT}`)(
    undefined,
    createRequire(import.meta.url),
    module,
    module.exports,
  );
  return module.exports;
}

/** Data as it is; functions as calls of those at `access`, which is undefined where there can be none. */
function writeStandIn(value, access) {
  if (typeof value === 'function') {
    if (access === undefined) throw new Error('only data can be settled while building');
    if (/^class\b/.test(String(value))) throw new Error(`${access} is a class: it cannot be loaded later`);
    return `(...values) => ${access}(...values)`;
  }
  if (Array.isArray(value))
    return `[${value.map((item, at) => writeStandIn(item, access && `${access}[${at}]`)).join(', ')}]`;
  if (value === undefined) return 'undefined';
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Object.getPrototypeOf(Object.getPrototypeOf(value) ?? {}) !== null)
    throw new Error(`${access} is no plain data: it cannot be loaded later`);
  return `{ ${Object.entries(value)
    .map(
      ([key, item]) =>
        `${JSON.stringify(key)}: ${writeStandIn(item, access && `${access}[${JSON.stringify(key)}]`)}`,
    )
    .join(', ')} }`;
}

/** Hands the path of every imported file to `look`, and takes what that returns. */
function onImport(bundler, look) {
  bundler.onResolve({ filter: /^[^:]+$/ }, async ({ path, kind, importer, resolveDir, pluginData }) => {
    // What an entry names is meant itself.
    if (kind !== 'import-statement' || importer === ENTRY || pluginData === PASSING) return undefined;
    if (path.endsWith('.ts')) return look(join(resolveDir, path));
    const found = await bundler.resolve(path, { kind, resolveDir, pluginData: PASSING });
    return found.errors.length > 0 || found.namespace !== 'file' ? undefined : look(found.path);
  });
}
