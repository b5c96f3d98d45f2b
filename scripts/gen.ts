/**
 * Rewrites everything that follows from the guards and the presets: `npm run gen`. With `--check` it writes nothing, names
 * the files that are out of date and ends with 1.
 */

import { writeFileSync } from 'node:fs';
import { findGuardIds, loadGuards } from './gen/load-guards.ts';
import { findStale, planFiles } from './gen/plan.ts';
import { readTree } from './gen/read-tree.ts';

const isCheck = process.argv.includes('--check');
const root = process.cwd();
const tree = readTree(root, ['lib/guards', 'lib/policy', 'policies', 'README.md']);
const guards = await loadGuards(root, findGuardIds(root));
const plan = planFiles(tree, guards);
const stale = findStale(plan, tree);

for (const path of stale) {
  if (!isCheck) writeFileSync(path, plan.files.get(path) ?? '');
  process.stdout.write(isCheck ? `${path}: out of date, run \`npm run gen\`\n` : `${path}: written\n`);
}
for (const problem of plan.problems) process.stderr.write(`${problem}\n`);
process.exitCode = plan.problems.length > 0 || (isCheck && stale.length > 0) ? 1 : 0;
