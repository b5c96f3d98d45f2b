/** Plays a session with our hooks installed, and verifies it as CI would. */

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { VerifyReport } from '../../lib/doctor/verify-run/verify-run.ts';
import { CLI } from '../built.ts';
import { findShapeErrors } from '../contract/shapes.ts';
import { type Rooms, readFiles } from './rooms.ts';
import { type Outcome, runCodex, type Session } from './run-codex.ts';

export interface Verified {
  readonly report: VerifyReport & { readonly ok: boolean; readonly reasons: readonly string[] };
  readonly exitCode: number | null;
  readonly kinds: readonly string[];
  readonly outcome: Outcome;
  readonly all: string;
}

/** Plays a session with our hooks installed, changes what is left if told to, and verifies it as CI would. */
export async function verified(
  session: Session,
  words: readonly string[] = ['--require-fired'],
  change?: (rooms: Rooms) => void,
): Promise<Verified> {
  let run: ReturnType<typeof verify> | undefined;
  let all = '';
  const outcome = await runCodex({
    install: true,
    ...session,
    inspect: (rooms) => {
      change?.(rooms);
      run = verify(rooms, [...words, '--json']);
      for (const format of ['text', 'github', 'sarif'])
        all += verify(rooms, [...words, '--format', format]).stdout;
    },
  });
  const report = JSON.parse(run?.stdout ?? '{}');
  const wrong = findShapeErrors(report);
  if (wrong.length > 0) throw new Error(`not of the published shape: ${wrong.join('; ')}`);
  const kinds = [...new Set((report as VerifyReport).issues.map(({ kind }) => kind))];
  return { report, exitCode: run?.status ?? null, kinds, outcome, all: all + run?.stdout };
}

/** Runs verify-run in the rooms of a session. */
export function verify({ project, home, codexHome }: Rooms, words: readonly string[]) {
  return spawnSync(process.execPath, [CLI, 'verify-run', ...words], {
    cwd: project,
    env: { PATH: process.env.PATH ?? '', HOME: home, CODEX_HOME: codexHome },
    encoding: 'utf8',
  });
}

/** The oldest rollout. */
export function rolloutOf({ codexHome }: Rooms): string {
  const name = Object.keys(readFiles(join(codexHome, 'sessions'))).sort()[0] as string;
  return join(codexHome, 'sessions', name);
}
