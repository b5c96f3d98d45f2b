/** What all entrypoints share: read the payload, judge it inside a hard deadline, write the record, answer. Every way out is an answer that Codex honours. */

import { readSync, writeSync } from 'node:fs';
import { Script } from 'node:vm';
import { parsePayload } from '../lib/codex/payload.ts';
import { failureReply, writeReply } from '../lib/codex/reply.ts';
import { recordStep } from '../lib/engine/record-step.ts';
import { runStep } from '../lib/engine/run-step.ts';
import { InputError, LimitError } from '../lib/types/errors.ts';
import type { EventName } from '../lib/types/payload.ts';
import type { Reply } from '../lib/types/verdict.ts';

/** Largest payload that is read, in bytes. */
const MAX_INPUT = 64 * 1024 * 1024;
/** Hard end of judging, in milliseconds: whatever hangs is cut off there. */
const DEADLINE_MS = 5000;
/** Soft end, after which the rooms stop by themselves and say what they had seen. */
const BUDGET_MS = 4000;

/** Runs the hook of one event and ends the process with its answer. */
export function runHook(event: EventName): void {
  let reply: Reply;
  try {
    reply = withDeadline(() => answer(event));
  } catch (error) {
    const message =
      error instanceof LimitError || error instanceof InputError
        ? error.message
        : isTimeout(error)
          ? 'the guard ran out of time'
          : `the guard broke (${error instanceof Error ? error.name : 'error'})`;
    reply = failureReply(event, 'codex-guard', message);
  }
  if (reply.stdout !== '') writeAll(1, reply.stdout);
  if (reply.stderr !== '') writeAll(2, reply.stderr);
  process.exitCode = reply.exitCode;
}

function answer(event: EventName): Reply {
  const started = performance.now();
  const payload = parsePayload(readInput());
  const step = runStep({
    payload,
    event,
    env: process.env,
    sessionCwd: process.cwd(),
    now: new Date(),
    budgetMs: BUDGET_MS,
    counts: true,
  });
  const problem = recordStep(step, payload, performance.now() - started);
  const notice = [step.notice, problem].filter((text) => text !== '').join('\n');
  return writeReply(event, step.verdict, notice, step.context);
}

/** Runs `body` and cuts it off at the deadline, even inside a regular expression or an endless loop. */
function withDeadline(body: () => Reply): Reply {
  const key = '__codexGuardBody';
  const holder = globalThis as Record<string, unknown>;
  holder[key] = body;
  try {
    return new Script(`${key}()`).runInThisContext({ timeout: DEADLINE_MS }) as Reply;
  } finally {
    delete holder[key];
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && (error as { code?: string }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
}

/** Standard input as text. Throws LimitError beyond 64 MiB. */
function readInput(): string {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(total === 0 ? 65_536 : 1 << 20);
    const read = readChunk(chunk);
    if (read === 0) break;
    total += read;
    if (total > MAX_INPUT) throw new LimitError('the step is larger than 64 MiB');
    chunks.push(chunk.subarray(0, read));
  }
  return (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString('utf8');
}

function readChunk(chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(0, chunk);
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
    }
  }
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') return;
    }
  }
}
