/** Bundles the hooks and the CLI into dist/. Owns how; what belongs into a bundle is decided by the imports. */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { splitPrograms } from './build/split-programs.mjs';
import { stripWords } from './build/strip-words.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
process.chdir(root);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const begin = performance.now();

/** The events that Codex asks about. Their names are in people's wiring: never rename one. */
const EVENTS = [
  'session-start',
  'session-end',
  'user-prompt-submit',
  'pre-tool-use',
  'permission-request',
  'post-tool-use',
  'pre-compact',
  'subagent-start',
  'subagent-stop',
  'stop',
];

/** Families of program pages that are loaded together, with what other families take from them. */
const FAMILIES = {
  files: ['archive.ts', 'coreutils/index.ts', 'disk.ts', 'text-filters.ts'],
  git: ['git/index.ts', 'git/read-git.ts'],
  forge: ['forge/index.ts', 'forge/api.ts'],
  network: ['network/index.ts'],
  services: ['cloud/index.ts', 'containers/index.ts', 'databases/index.ts', 'services/index.ts'],
};
/** Too small to be loaded later. */
const AT_ONCE = ['page.ts', 'apply-patch.ts', 'shell-builtins.ts'];
const placed = new Set([...Object.values(FAMILIES).flat(), ...AT_ONCE]);
const registry = readFileSync('lib/programs/index.ts', 'utf8');
const others = [...registry.matchAll(/from '\.\/(.+?)'/g)].map(([, path]) => path);

/** Parts of the main program that few payloads need, or not all, each with the modules behind which it lies. */
const PARTS = {
  shell: ['lib/shell/interpret.ts'],
  code: ['javascript/reader.ts', 'python/reader.ts', 'script/readers.ts'].map(
    (path) => `lib/programs/code/${path}`,
  ),
  ...Object.fromEntries(
    Object.entries({ ...FAMILIES, tools: others.filter((path) => !placed.has(path)) }).map(
      ([name, paths]) => [name, paths.map((path) => `lib/programs/${path}`)],
    ),
  ),
  secrets: ['lib/secrets/all-anchors.ts'],
  policy: ['lib/policy/read-jsonc.ts', 'lib/policy/check-document.ts'],
  change: ['lib/facts/change.ts', 'lib/facts/outgoing.ts'],
  gitleaks: ['lib/secrets/gitleaks/read-config.ts', 'lib/secrets/gitleaks/ignore-file.ts'],
  toml: ['lib/codex/parse-toml.ts', 'lib/programs/tasks/toml.ts'],
  yaml: ['lib/programs/tasks/yaml.ts'],
  approve: ['lib/engine/auto-approve.ts'],
  // What a session is told at its start.
  brief: ['lib/engine/session-context.ts', ...findFiles('lib/guards', 'brief.ts')],
};

/** The files of a name in the folders of a folder. */
function findFiles(folder, name) {
  const paths = readdirSync(folder).map((each) => `${folder}/${each}/${name}`);
  return paths.filter((path) => existsSync(path)).sort();
}

/** Data that is worked out once, here, and not at every start: modules without functions among their exports. */
const SETTLED = ['lib/secrets/anchor-words.ts'];

/** Parts of Node that take milliseconds to load and that few steps need. Their functions load them at the first call. */
const LAZY = ['child_process', 'crypto', 'os'];
const lazyBuiltins = {
  name: 'lazy-builtins',
  setup(bundler) {
    bundler.onResolve({ filter: new RegExp(`^node:(${LAZY.join('|')})$`) }, ({ path, kind }) =>
      kind === 'import-statement' ? { path, namespace: 'lazy' } : { path, external: true },
    );
    bundler.onLoad({ filter: /./, namespace: 'lazy' }, async ({ path }) => {
      const names = Object.entries(await import(path)).filter(
        ([name, value]) => typeof value === 'function' && /^[a-z]/.test(name) && name !== 'default',
      );
      return {
        contents: names
          .map(([name]) => `export const ${name} = (...values) => require('${path}').${name}(...values);`)
          .join('\n'),
      };
    });
  },
};

const shared = {
  plugins: [lazyBuiltins],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Some packages' CommonJS builds load their parts by paths that a bundle does not have.
  mainFields: ['module', 'main'],
  define: { __VERSION__: JSON.stringify(version) },
  // A hook reads its whole bundle at every start: short names alone save one to two per cent of the process.
  minify: true,
  // The licences of what is bundled are in dist/THIRD-PARTY-LICENSES.txt.
  legalComments: 'none',
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  outbase: '.',
  metafile: true,
  write: false,
  logLevel: 'warning',
};
const forHooks = {
  ...shared,
  plugins: [lazyBuiltins, stripWords],
  define: { ...shared.define, 'performance.now': 'readClock', TextDecoder: 'LateTextDecoder' },
  inject: ['scripts/build/late-globals.mjs'],
};
const [split, ...results] = await Promise.all([
  splitPrograms('hooks/main.ts', PARTS, SETTLED, forHooks),
  build({ ...forHooks, entryPoints: [...EVENTS, 'make-cache'].map((name) => `hooks/${name}.ts`) }),
  build({
    ...shared,
    entryPoints: ['bin/codex-guard.ts'],
    banner: { js: '#!/usr/bin/env node' },
  }),
]).catch((error) => {
  // esbuild has said why, others have not.
  if (error.errors === undefined) process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});

const outputs = [
  ...results.flatMap(({ outputFiles }) => outputFiles),
  ...[...split.programs].map(([name, text]) => ({
    path: `dist/hooks/${name}.js`,
    contents: Buffer.from(text),
  })),
];
for (const { path, contents } of outputs) writeWhole(path, contents, path.includes('/bin/') ? 0o755 : 0o644);
const inputs = [...split.inputs, ...results.flatMap(({ metafile }) => Object.keys(metafile.inputs))];
const packages = [...new Set(inputs.map(findPackage))].filter((folder) => folder !== undefined).sort();
writeWhole(
  join('dist', 'THIRD-PARTY-LICENSES.txt'),
  packages.map(describePackage).join(`\n${'-'.repeat(78)}\n\n`),
  0o644,
);
removeStale(new Set(outputs.map(({ path }) => basename(path))));
// For the Node that runs this; others start without, only slower.
execFileSync(process.execPath, ['dist/hooks/make-cache.cjs'], { stdio: ['ignore', 'ignore', 'inherit'] });

const kilobytes = Math.round(outputs.reduce((sum, { contents }) => sum + contents.length, 0) / 1000);
process.stderr.write(
  `built ${outputs.length} files, ${kilobytes} kB, ${packages.length} packages bundled, ${Math.round(performance.now() - begin)} ms\n`,
);

/** Replaces a file at once: a hook that starts during a build must not find half a program. One that is right already stays, and with it its cache. */
function writeWhole(path, contents, mode) {
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(contents))) return;
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, contents);
  chmodSync(partial, mode);
  renameSync(partial, path);
}

/** Folder of the npm package that a bundled file belongs to; undefined for our own files. */
function findPackage(input) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input)?.[0];
}

function describePackage(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file === undefined) throw new Error(`${folder} is bundled but has no licence file`);
  return `${manifest.name} ${manifest.version} (${manifest.license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

/** Programs whose source is gone, so that nobody's wiring goes on running them. */
function removeStale(kept) {
  for (const folder of ['dist/hooks', 'dist/bin']) {
    for (const name of existsSync(folder) ? readdirSync(folder) : []) {
      if (/\.c?js$/.test(name) && !kept.has(name)) rmSync(join(folder, name));
    }
  }
}
