/** Runs one TypeScript file of this repository: bundles it in memory and imports the result. Node 20 cannot run .ts by itself. */
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [entry, ...rest] = process.argv.slice(2);
if (entry === undefined) throw new Error('usage: node scripts/run-ts.mjs FILE.ts [arguments]');
const folder = join('node_modules', '.cache', 'codex-guard');
mkdirSync(folder, { recursive: true });
const outfile = join(folder, `${process.pid}-${Date.now()}.mjs`);
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  target: 'node20',
  // lib/ loads what is seldom needed by `require`, as its CommonJS bundles do.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
process.argv.splice(1, process.argv.length - 1, entry, ...rest);
try {
  await import(pathToFileURL(outfile).href);
} finally {
  rmSync(outfile, { force: true });
}
