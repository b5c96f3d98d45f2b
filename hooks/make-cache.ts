/**
 * Makes V8's code caches of the programs beside it, for the Node that runs it: `node make-cache.cjs`. Judges samples of what agents
 * do, so that the functions they need are in the caches. Run by the build and by `codex-guard install`, never by a hook.
 */

import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { EventName } from '../lib/types/payload.ts';
import { FILES, POLICY, SAMPLES, type Sample } from './cache-samples.ts';
import { describeBinary, listLoaded, load } from './load.ts';

/** Fields of every payload. */
const COMMON = {
  session_id: 's',
  turn_id: 't',
  transcript_path: null,
  model: 'm',
  permission_mode: 'default',
};

/**
 * Functions that were compiled further while a cache was made would be again, at once, wherever it is used. V8 takes a cache only
 * where its flags are as they were, so they are set back before one is made.
 */
const PLAIN = ['sparkplug', 'flush-bytecode'];

setFlagsFromString(PLAIN.map((flag) => `--no-${flag}`).join(' '));
forgetCaches();
const scratch = mkdtempSync(join(tmpdir(), 'codex-guard-cache-'));
try {
  runSamples();
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
setFlagsFromString(PLAIN.map((flag) => `--${flag}`).join(' '));
writeCaches();
process.exitCode = 0;

/** Runs the samples in a small repository, with everything that a hook writes kept in the scratch folder. */
function runSamples(): void {
  const repository = join(scratch, 'app');
  for (const folder of ['objects', 'refs/heads'])
    mkdirSync(join(repository, '.git', folder), { recursive: true });
  writeFileSync(join(repository, '.git', 'HEAD'), 'ref: refs/heads/feature\n');
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(repository, name), text);
  Object.assign(process.env, {
    HOME: scratch,
    CODEX_HOME: scratch,
    CODEX_GUARD_HOME: join(scratch, 'guard'),
  });
  delete process.env.CODEX_GUARD_POLICY;
  process.chdir(repository);
  const { runHook } = load('main') as { readonly runHook: (event: EventName) => void };
  const judge = ([event, fields]: Sample): void => {
    feed(JSON.stringify({ ...COMMON, cwd: repository, hook_event_name: event, ...fields }));
    runHook(event);
  };
  SAMPLES.forEach(judge);
  // Once more as for those who have a policy of their own.
  writeFileSync(join(scratch, 'guard', 'policy.jsonc'), POLICY);
  SAMPLES.slice(0, 3).forEach(judge);
}

/** Puts a text where a hook reads its payload, and takes what it answers away. */
function feed(payload: string): void {
  const file = join(scratch, 'payload');
  writeFileSync(file, payload);
  // The lowest free number is given out: files that are opened in this order stand in for the standard ones.
  for (const [fd, path, mode] of [
    [0, file, 'r'],
    [1, '/dev/null', 'w'],
    [2, '/dev/null', 'w'],
  ] as const) {
    closeSync(fd);
    if (openSync(path, mode) !== fd) throw new Error(`file ${fd} is not free`);
  }
}

/** A program that starts from a cache hands on all that is in it, needed or not. */
function forgetCaches(): void {
  for (const name of readdirSync(__dirname))
    if (name.endsWith(`.${describeBinary()}.cache`)) rmSync(join(__dirname, name), { force: true });
}

/** Replaces each cache at once, so that no hook finds half of one, and removes those of programs that are gone. */
function writeCaches(): void {
  const stamps = new Set<string>();
  for (const { script, cachePath } of listLoaded()) {
    const partial = `${cachePath}.${process.pid}`;
    writeFileSync(partial, script.createCachedData(), { mode: 0o644 });
    renameSync(partial, cachePath);
    stamps.add(stampOf(basename(cachePath)));
  }
  for (const name of readdirSync(__dirname)) {
    if (name.endsWith('.cache') && !stamps.has(stampOf(name))) rmSync(join(__dirname, name), { force: true });
  }
}

/** Program and stamp in the name of a cache. */
function stampOf(name: string): string {
  return name.split('.', 2).join('.');
}
