/** Makes the folder of a new guard and generates what follows from it: `npm run new:guard <id>`. Overwrites no guard. */

import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkGuardId, scaffoldGuard } from './gen/scaffold.ts';

const [id = '', ...rest] = process.argv.slice(2);
const guards = 'lib/guards';
const wrong = checkGuardId(id, existsSync(guards) ? readdirSync(guards) : []);

if (id === '' || rest.length > 0 || wrong !== undefined) {
  process.stderr.write(
    `usage: npm run new:guard <id>${id === '' ? '' : `\n${id}: ${wrong ?? 'one id only'}`}\n`,
  );
  process.exitCode = 2;
} else {
  const folder = join(guards, id);
  mkdirSync(folder);
  for (const [name, text] of Object.entries(scaffoldGuard(id))) writeFileSync(join(folder, name), text);
  process.stdout.write(`${folder} is there. Fill in its two files, then run npm run gen. Still missing:\n`);
  await import('./gen.ts');
  // What gen misses now is what is left to do, not a failure.
  process.exitCode = 0;
}
