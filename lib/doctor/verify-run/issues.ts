/** What can be wrong with the coverage of a run, and how grave that is. Data. */

import type { RolloutCall } from '../../codex/rollout.ts';
import { isScript } from './match-calls.ts';

export type IssueKind =
  | 'never-fired'
  | 'no-record'
  | 'no-result-record'
  | 'no-stop-record'
  | 'ran-although-denied'
  | 'guard-broke-down'
  | 'guard-failure'
  | 'audit-changed'
  | 'audit-damaged'
  | 'rollout-unreadable'
  | 'no-rollout'
  | 'no-agent-rollout'
  | 'policy-changed'
  | 'not-enforced'
  | 'typed-text'
  | 'late-output'
  | 'hosted-tool'
  | 'script-output'
  | 'user-command';

interface IssueRule {
  /** `error`: always fails. `gap`: fails with `--fail-on gap`. `note`: fails nothing. */
  readonly severity: 'error' | 'gap' | 'note';
  /** `--require-fired` fails on it: a hook did not fire that should have. */
  readonly isMissing?: true;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly help: string;
}

const RUN_DOCTOR = 'Run `codex-guard doctor --live` in the same environment; it says why hooks do not fire.';
const HOST_HOLE = 'No hook can close this. Let the agent use other means, or accept it.';

export const ISSUES: Readonly<Record<IssueKind, IssueRule>> = {
  'never-fired': {
    severity: 'gap',
    isMissing: true,
    message: 'no hook fired in this session',
    help: RUN_DOCTOR,
  },
  'no-record': {
    severity: 'gap',
    isMissing: true,
    message: 'a call has no PreToolUse record: no guard judged it',
    help: RUN_DOCTOR,
  },
  'no-result-record': {
    severity: 'gap',
    isMissing: true,
    message: 'a call has no PostToolUse record: nobody looked at its result',
    help: RUN_DOCTOR,
  },
  'no-stop-record': {
    severity: 'gap',
    isMissing: true,
    message: 'a turn ended without a Stop record: nobody looked at the work',
    help: RUN_DOCTOR,
  },
  'ran-although-denied': {
    severity: 'error',
    message: 'a call was denied and ran all the same: the client did not take the answer',
    help: 'Report this: it is a defect of the wiring, or of the client.',
  },
  'guard-broke-down': {
    severity: 'gap',
    isMissing: true,
    message: 'a call was refused because the guard itself gave no answer',
    help: 'Run `codex-guard install` again, and see that Node is there.',
  },
  'guard-failure': {
    severity: 'gap',
    message: 'a part of the guard failed while it judged a step',
    help: '`codex-guard log ID` shows the record.',
  },
  'audit-changed': {
    severity: 'error',
    message: 'the audit trail is not what was sealed',
    help: 'Somebody or something changed records after they were written.',
  },
  'audit-damaged': {
    severity: 'gap',
    message: 'a line of the audit trail cannot be read',
    help: 'The disk was full, or somebody wrote into the file.',
  },
  'rollout-unreadable': {
    severity: 'gap',
    isMissing: true,
    message: 'a part of what the client kept cannot be read, so calls may be missing here',
    help: 'Unpack it, or use a newer Node.',
  },
  'no-rollout': {
    severity: 'gap',
    isMissing: true,
    message: 'the client kept no rollout, so nothing tells which calls there were',
    help: 'Run codex without --ephemeral, with the same CODEX_HOME.',
  },
  'no-agent-rollout': {
    severity: 'gap',
    isMissing: true,
    message: 'a sub-agent left no rollout, so nothing tells which calls it made',
    help: 'Keep all of CODEX_HOME/sessions.',
  },
  'policy-changed': {
    severity: 'gap',
    message: 'the policy changed while the session ran',
    help: 'See who changed it: `codex-guard log --session ID --json` has the digest of every step.',
  },
  'not-enforced': {
    severity: 'note',
    message: 'the policy does not enforce: denials were recorded and not carried out',
    help: 'Set `"mode": "enforce"` in the policy.',
  },
  'typed-text': {
    severity: 'gap',
    message: 'text was typed into a running session, unseen by hooks',
    help: HOST_HOLE,
  },
  'late-output': {
    severity: 'gap',
    message: 'the model got output of a command that was still running, unseen by hooks',
    help: HOST_HOLE,
  },
  'hosted-tool': {
    severity: 'gap',
    message: 'a hosted tool ran, unseen by hooks',
    help: 'Switch it off in Codex.',
  },
  'script-output': {
    severity: 'note',
    message:
      'a script of the model printed something that no hook saw as such; the calls it made were judged one by one',
    help: HOST_HOLE,
  },
  'user-command': {
    severity: 'note',
    message: 'a person ran a command of their own',
    help: 'Nothing to do.',
  },
};

/** Which hole of the client a call that it shows to no hook belongs to; the first that fits. */
export const BLIND_SPOTS: readonly {
  readonly kind: IssueKind;
  readonly fits: (call: RolloutCall) => boolean;
}[] = [
  { kind: 'script-output', fits: isScript },
  { kind: 'user-command', fits: ({ item }) => item?.source === 'user_shell' },
  { kind: 'typed-text', fits: (call) => isTyping(call) },
  // Waiting for more output, without a word.
  { kind: 'late-output', fits: ({ name }) => name === 'write_stdin' },
  { kind: 'hosted-tool', fits: ({ kind }) => kind !== 'tool_search_call' },
];

function isTyping({ name, input, item }: RolloutCall): boolean {
  if (item?.source === 'unified_exec_interaction') return true;
  if (name !== 'write_stdin') return false;
  try {
    const { chars } = JSON.parse(input) as { chars?: unknown };
    return chars !== '' && chars !== undefined;
  } catch {
    return true; // longer than what is kept, or nothing that anybody can read
  }
}
