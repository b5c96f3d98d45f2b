/** `codex-guard install`: puts the hook programs in a stable place, wires them, and has the client trust them when a person says so. */

import { createTwoFilesPatch } from 'diff';
import {
  findAgentSign,
  findCodex,
  findOurHandlers,
  findWiredNode,
  HostError,
  type ListedHook,
  mergeHooks,
  pinHooks,
  RefusalError,
  UsageError,
  wiringEntries,
} from '../../lib/api.ts';
import { logChange } from '../change-log.ts';
import { type Args, type CommandSpec, EXIT, type Terminal } from '../command.ts';
import { backUp, inFile, readOwnFile, withLock, writeAtomic } from '../files.ts';
import { choosePaths, findPlaces, type Places } from '../places.ts';
import { comparePrograms, type ProgramChange, placePrograms } from '../programs.ts';
import { checkConfig, type TrustOutcome, trustHooks } from '../trust-hooks.ts';

export const install: CommandSpec = {
  name: 'install',
  usage: '[--scope user|project|managed] [--trust [--yes]] [--dry-run]',
  words: 0,
  about: 'Wire the hooks into Codex; foreign hooks and settings stay as they are, to the byte.',
  options: {
    scope: {
      type: 'string',
      value: 'SCOPE',
      about: 'user ($CODEX_HOME, default), project (.codex of this repository) or managed (/etc/codex, root)',
    },
    trust: { type: 'boolean', about: 'show the hooks, ask, and have codex trust them' },
    yes: { type: 'boolean', about: 'with --trust: agree without being asked' },
    pin: {
      type: 'boolean',
      about: 'managed: pin features.hooks = true, so that nobody can switch hooks off',
    },
    'dry-run': { type: 'boolean', about: 'show what would change, change nothing' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    ['install --dry-run', 'show the change to hooks.json as a diff'],
    [
      'install --trust',
      'copy the programs, wire them, show the hooks and ask whether codex shall trust them',
    ],
    ['install --scope project', 'wire this repository for everybody who works on it'],
    ['install --scope managed --pin', 'as root: wire this machine, for good'],
  ],
  run: async (args, terminal) => {
    const places = findPlaces(args.text('scope') ?? 'user', terminal);
    if (args.flag('pin') && places.scope !== 'managed')
      throw new UsageError('--pin pins for the whole machine', 'add --scope managed');
    if (args.flag('dry-run')) {
      const plan = planInstall(places, args);
      report(plan, { programs: comparePrograms(places.programsHome) }, args, terminal);
      return EXIT.fine;
    }
    const codexPath = args.flag('trust') ? prepareTrust(places, args, terminal) : undefined;
    return withLock(places.guardHome, async () => {
      const plan = planInstall(places, args);
      const done = carryOut(plan, places);
      const trust =
        codexPath === undefined
          ? undefined
          : await trustHooks(codexPath, places, terminal, (hooks) => askTrust(hooks, args, terminal));
      if (trust && !trust.wasTrusted && !trust.isRefused)
        logChange(places.guardHome, 'trust', { hooks: trust.hooks.map(({ key, hash }) => ({ key, hash })) });
      report(plan, { ...done, ...(trust === undefined ? {} : { trust }) }, args, terminal);
      return trust?.isRefused ? EXIT.findings : EXIT.fine;
    });
  },
};

/** A file that changes. */
interface FilePlan {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

interface InstallPlan {
  readonly places: Places;
  /** The Node that the caches are made for. */
  readonly nodePath: string;
  /** hooks.json, then what is pinned; also when they stay as they are. */
  readonly files: readonly FilePlan[];
}

interface Done {
  readonly programs: ProgramChange;
  readonly backups?: readonly string[];
  readonly trust?: TrustOutcome;
}

/** Reads everything that may refuse before anything is written. */
function planInstall(places: Places, args: Args): InstallPlan {
  const { hooksJson, requirementsToml } = places;
  const before = readOwnFile(hooksJson);
  const wired = inFile(hooksJson, () =>
    before === undefined ? [] : findOurHandlers(before).map(({ command }) => findWiredNode(command)),
  );
  const paths = choosePaths(places, wired[0]);
  const { text } = inFile(hooksJson, () => mergeHooks(before, wiringEntries(paths)));
  const files = [{ path: hooksJson, before, after: text as string }];
  if (requirementsToml !== undefined && args.flag('pin')) {
    const pins = readOwnFile(requirementsToml);
    const after = inFile(requirementsToml, () => pinHooks(pins ?? ''));
    files.push({ path: requirementsToml, before: pins, after });
  }
  return { places, nodePath: paths === 'shared' ? process.execPath : paths.nodePath, files };
}

/** Programs first: a hooks.json that names a missing program would refuse every step. */
function carryOut({ nodePath, files }: InstallPlan, places: Places): Done {
  const programs = placePrograms(places.programsHome, nodePath);
  const backups: string[] = [];
  for (const { path, before, after } of files) {
    if (before === after) continue;
    if (before !== undefined) backups.push(backUp(path, new Date()));
    writeAtomic(path, after, places.mode);
  }
  const changed = files.filter(({ before, after }) => before !== after).map(({ path }) => path);
  if (programs.changed || changed.length > 0)
    logChange(places.guardHome, 'install', { scope: places.scope, changed, backups, programs });
  return { programs, backups };
}

/** @returns the client's path; undefined when there is nothing to ask it. Throws before anything is written. */
function prepareTrust(places: Places, args: Args, terminal: Terminal): string | undefined {
  if (places.scope === 'managed') return undefined;
  const sign = findAgentSign(terminal.env);
  if (sign !== undefined)
    throw new RefusalError(
      `an agent seems to ask for trust: ${sign}`,
      'a person runs this, in a terminal that was not opened by Codex',
    );
  if (!args.flag('yes') && terminal.ask === undefined)
    throw new UsageError('--trust asks, and there is no terminal to ask on', 'add --yes to agree beforehand');
  const codexPath = findCodex(terminal.env);
  if (codexPath === undefined)
    throw new HostError(
      'there is no codex on PATH whose trust could be set. Give its path in CODEX_BIN, or install without --trust, then start codex and type /hooks',
    );
  checkConfig(places);
  return codexPath;
}

async function askTrust(hooks: readonly ListedHook[], args: Args, terminal: Terminal): Promise<boolean> {
  terminal.err(`codex is to trust these ${hooks.length} hooks, which then run without being asked about:\n`);
  for (const { event, status, hash, command } of hooks)
    terminal.err(`${event} (${status})\n  hash     ${hash}\n  command  ${command}\n`);
  if (args.flag('yes')) return true;
  const answer = await (terminal.ask as (question: string) => Promise<string>)('Trust them? [y/N] ');
  return /^y(es)?$/i.test(answer.trim());
}

/** An error about a text, with the name of the file that it stands in. */
function report(plan: InstallPlan, done: Done, args: Args, terminal: Terminal): void {
  const { places, files } = plan;
  const dryRun = args.flag('dry-run');
  const changed = files.filter(({ before, after }) => before !== after);
  if (args.flag('json')) {
    const { trust } = done;
    const value = {
      schema: 'codex-guard/install/v1',
      scope: places.scope,
      dryRun,
      hooksJson: places.hooksJson,
      hooksDir: places.hooksDir,
      changed: changed.map(({ path }) => path),
      programs: done.programs,
      backups: done.backups ?? [],
      ...(trust === undefined
        ? {}
        : {
            trusted: !trust.isRefused,
            hooks: trust.hooks.map(({ key, event, hash, command }) => ({ key, event, hash, command })),
          }),
    };
    terminal.out(JSON.stringify(value, null, 2));
    return;
  }
  terminal.out(describePrograms(done.programs, places.hooksDir, dryRun));
  for (const { path, before, after } of files)
    terminal.out(
      before === after ? `${path} is as it should be` : `${dryRun ? 'would change' : 'changed'} ${path}`,
    );
  for (const backup of done.backups ?? []) terminal.out(`  backup: ${backup}`);
  if (!dryRun) terminal.out(`\n${nextStep(places, done.trust, args)}`);
  else
    for (const { path, before, after } of changed)
      terminal.out(createTwoFilesPatch(path, path, before ?? '', after));
}

/** One line about the programs, for install and update. */
export function describePrograms(
  { before, after, changed }: ProgramChange,
  hooksDir: string,
  dryRun: boolean,
): string {
  if (!changed) return `hook programs in ${hooksDir} are those of ${after}`;
  const from = before === undefined ? '' : ` (before: ${before})`;
  return `${dryRun ? 'would put' : 'put'} the hook programs of ${after} into ${hooksDir}${from}`;
}

function nextStep({ scope, hooksJson }: Places, trust: TrustOutcome | undefined, args: Args): string {
  const proof = `'codex-guard log' shows the first decision once they run.`;
  if (scope === 'managed')
    return [
      'Codex trusts managed hooks by itself, for everybody on this machine.',
      ...(args.flag('pin')
        ? []
        : [
            '`codex --disable hooks` still switches them off; install --scope managed --pin takes that away.',
          ]),
      proof,
    ].join('\n');
  const share =
    scope === 'project'
      ? `Commit ${hooksJson}. It names no folder of this machine: the programs stand in each person's own guard home, where the agent must
not write, and until somebody has run this command in their clone, every step there is refused with that advice.
Codex reads it only in a project that it trusts. Who has the user's hooks too runs both, and every step is judged twice.\n`
      : '';
  if (trust?.isRefused)
    return `${share}Not trusted: Codex skips the hooks without a word until you trust them, here or by typing /hooks in codex.`;
  if (trust) return `${share}Codex trusts the hooks${trust.wasTrusted ? ' already' : ''}. ${proof}`;
  return `${share}One step is left: run this again with --trust, or start codex, type /hooks, and trust the codex-guard hooks.
Until then Codex skips them without a word. ${proof}`;
}
