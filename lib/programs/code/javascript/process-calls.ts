/** What JavaScript's calls do with programs, the environment and output. Data only; code of the same language is code-calls.ts's business. */

import * as a from '../actions.ts';
import type { Action } from '../machine.ts';
import * as t from '../text-calls.ts';
import * as v from '../value.ts';
import { itemsOf } from './value-calls.ts';

/** `new Deno.Command(program, { args })` and kin. */
const startsCommand: Action = (site) => {
  const words = itemsOf(a.option(site, 'args'));
  a.runArgv(
    site,
    v.list([site.args.positional[0] ?? v.UNKNOWN, ...words], a.option(site, 'args')?.kind === 'unknown'),
  );
  return undefined;
};

/** `Bun.spawn([…])`, `Deno.run({ cmd })`. */
const startsWords: Action = (site) => {
  const given = a.option(site, 'cmd') ?? site.args.positional[0] ?? v.UNKNOWN;
  a.runArgv(site, given);
  return undefined;
};

/** Runs another script of the same language. */
const forks: Action = (site) => {
  const file = site.args.positional[0] ?? v.UNKNOWN;
  a.runArgv(site, v.list([v.text('node'), file, ...itemsOf(site.args.positional[1])]));
  return undefined;
};

/** Programs that are started. */
export const PROCESSES: a.CallTable = [
  [
    a.shells(0),
    'child_process.exec child_process.execSync ?.execSync ?.doShellScript shelljs.exec execa.command execa.commandSync execa.execaCommand execa.execaCommandSync',
  ],
  [a.shells(0), '$ zx.$ Bun.$ bun.$ execa.$ $.sync zx.$.sync execa.$.sync'],
  [
    a.startsProgram(0, 1),
    'child_process.spawn child_process.spawnSync child_process.execFile child_process.execFileSync ?.spawnSync ?.execFileSync ?.execFile execa execa.execa execa.execaSync execa.sync cross-spawn cross-spawn.sync tinyexec.x tinyexec.exec nano-spawn node-pty.spawn',
  ],
  [forks, 'child_process.fork'],
  [startsCommand, 'Deno.Command'],
  [startsWords, 'Bun.spawn Bun.spawnSync bun.spawn Deno.run'],
  [
    (site) => {
      a.runCode(site, site.args.positional[0] ?? v.UNKNOWN, 'sh', { place: 'remote' });
      return undefined;
    },
    'ssh2.Client().exec node-ssh.NodeSSH().execCommand ?.execCommand',
  ],
];

/** The environment, and what shows it. */
export const ENVIRONMENT: a.CallTable = [
  [a.readsEnv(0), 'Deno.env.get'],
  [a.gives(() => v.ref('process.env', { source: { from: 'env' } })), 'Deno.env.toObject'],
  [
    a.shows,
    'console.log console.error console.info console.warn console.debug console.table console.dir process.stdout.write process.stderr.write',
  ],
  [a.serialises, 'JSON.stringify util.inspect'],
  [
    t.isHarmless,
    'Object.keys Boolean Number isNaN parseInt parseFloat ?.includes text.includes text.startsWith text.endsWith text.indexOf',
  ],
];
