/** Builds dist/ once before the tests: some of them run the programs as their users do. */

import { execFileSync } from 'node:child_process';

export default function buildPrograms(): void {
  execFileSync(process.execPath, ['scripts/build.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
