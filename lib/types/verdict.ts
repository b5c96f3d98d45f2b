/** From findings to the answer. */

import type { EventName } from './payload.ts';
import type { Span } from './text.ts';

export type Level = 'deny' | 'warn' | 'note';

/** What a guard returns; the engine adds who said it and how severe the policy takes it. */
export interface FindingDraft {
  /** What is wrong: a clause without a final full stop. */
  readonly message: string;
  /** What to do instead: an imperative clause without a final full stop. Must itself pass the policy. */
  readonly remedy: string;
  readonly evidence: readonly Span[];
  /** Never more than the policy's level for the guard; absent = that level. */
  readonly level?: Level;
  /** True when it rests on something unknown: the policy's `uncertain` decides. */
  readonly uncertain?: boolean;
  /** What exceptions in a policy are matched against. */
  readonly subject?: {
    readonly path?: string;
    readonly host?: string;
    readonly branch?: string;
    readonly command?: string;
    readonly rule?: string;
    readonly fingerprint?: string;
  };
}

export interface Finding extends FindingDraft {
  readonly guard: string;
  readonly level: Level;
}

/** Something of ours that broke. Never silent, never a pass on a tool event. */
export interface Failure {
  /** Guard id, or the room that failed. */
  readonly owner: string;
  readonly message: string;
}

/** A finding that did not count, and who answers for that. */
export interface Lifted {
  readonly guard: string;
  readonly message: string;
  /** An exception of a policy, or what a person granted with `codex-guard allow`. */
  readonly by: 'exception' | 'grant';
  readonly reason: string;
  /** Id of the grant. */
  readonly grant?: string;
  /** Login name of who granted it. */
  readonly user?: string;
}

export interface Verdict {
  readonly outcome: 'deny' | 'warn' | 'pass';
  readonly findings: readonly Finding[];
  readonly failures: readonly Failure[];
  readonly lifted?: readonly Lifted[];
  /** Set on a denial that a person may lift: the id to do it by. */
  readonly appeal?: string;
  /** Digest of the policy that was in force. */
  readonly policy: string;
  /** 1 read-only · 2 workspace change · 3 running commands · 4 network · 5 deletion or sensitive. */
  readonly tier: 1 | 2 | 3 | 4 | 5;
  /** Codex's question whether the step may run is answered with yes in the person's place. */
  readonly approved?: true;
}

/** The only words that Codex understands. */
export interface Reply {
  readonly exitCode: 0 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

export type { EventName };
