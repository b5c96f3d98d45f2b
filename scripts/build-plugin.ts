/**
 * Makes dist/plugin: a marketplace for `codex plugin marketplace add`, with one plugin in it that has the hook programs and their
 * wiring. Needs what `npm run build` makes.
 */

import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { mergeHooks } from '../lib/codex/hooks-json.ts';
import { wiringEntries } from '../lib/codex/wiring.ts';

const OUT = join('dist', 'plugin');
const NAME = 'codex-guard';
const PLUGIN = join(OUT, NAME);
const PROGRAMS = join('dist', 'hooks');
const COPIED = ['LICENSE', 'README.md', 'SECURITY.md', join('dist', 'THIRD-PARTY-LICENSES.txt')];

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly keywords: readonly string[];
}

const { version, description, license, keywords } = JSON.parse(
  readFileSync('package.json', 'utf8'),
) as Manifest;

rmSync(OUT, { recursive: true, force: true });
writeJson(join(OUT, '.agents', 'plugins', 'marketplace.json'), {
  name: NAME,
  interface: { displayName: NAME },
  plugins: [
    {
      name: NAME,
      source: { source: 'local', path: `./${NAME}` },
      policy: { installation: 'AVAILABLE', authentication: 'ON_INSTALL' },
      category: 'Security',
    },
  ],
});
writeJson(join(PLUGIN, '.codex-plugin', 'plugin.json'), {
  name: NAME,
  version,
  description,
  license,
  keywords,
  hooks: './hooks/hooks.json',
  interface: { displayName: NAME, shortDescription: description, category: 'Security' },
});
write(join(PLUGIN, 'hooks', 'hooks.json'), mergeHooks(undefined, wiringEntries('plugin')).text as string);
const programs = existsSync(PROGRAMS)
  ? readdirSync(PROGRAMS).filter((name) => /\.c?js$/.test(name) && name !== 'make-cache.cjs')
  : [];
if (programs.length === 0) throw new Error(`no programs in ${PROGRAMS}; run npm run build first`);
for (const name of programs) copyFileSync(join(PROGRAMS, name), join(PLUGIN, 'hooks', name));
for (const path of COPIED)
  if (existsSync(path)) copyFileSync(path, join(PLUGIN, path.split('/').at(-1) as string));
process.stderr.write(`made ${OUT} (${programs.length} programs)\n`);

function writeJson(path: string, value: unknown): void {
  write(path, `${JSON.stringify(value, null, 2)}\n`);
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
