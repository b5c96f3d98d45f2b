/** The client's reading of a hook's answer, as observed on Codex 0.169.0: what each answer does at each event, and which do nothing. */

import type { EventName } from '../../lib/types/payload.ts';
import type { Reply } from '../../lib/types/verdict.ts';

/**
 * `open`: as if there were no hook. `refused`: the step does not happen, its result is replaced, or the turn goes on.
 * `stopped`: the session or turn ends. `told`: text reaches the agent or the person. `failed`: the client throws the answer
 * away, and the step happens.
 */
export type Effect = 'open' | 'refused' | 'stopped' | 'told' | 'failed';

/** Events where exit code 2 with a reason refuses. */
const EXIT_2: readonly EventName[] = [
  'PreToolUse',
  'PermissionRequest',
  'UserPromptSubmit',
  'PostToolUse',
  'Stop',
  'SubagentStop',
];
/** Events where `decision: "block"` with a reason does the same. */
const BLOCK: readonly EventName[] = ['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'Stop', 'SubagentStop'];
const CONTEXT: readonly EventName[] = [
  'PreToolUse',
  'PostToolUse',
  'UserPromptSubmit',
  'SessionStart',
  'SubagentStart',
];
/** What `continue: false` does. Events that are not listed fail on it. */
const CONTINUE: Readonly<Partial<Record<EventName, Effect>>> = {
  UserPromptSubmit: 'stopped',
  SessionStart: 'stopped',
  PreCompact: 'stopped',
  PostCompact: 'stopped',
  // The turn goes on, and in code mode the result is not replaced either.
  PostToolUse: 'open',
  SubagentStart: 'open',
  Stop: 'open',
  SubagentStop: 'open',
};
/** Where plain text on stdout becomes context instead of being ignored or failing. */
const TEXT_IS_CONTEXT: readonly EventName[] = ['UserPromptSubmit', 'SessionStart'];

const UNIVERSAL = ['continue', 'stopReason', 'systemMessage', 'suppressOutput', 'decision', 'reason'];

/** What the client makes of an answer. */
export function readAsClient(event: EventName, reply: Reply): Effect {
  if (reply.exitCode === 2)
    return EXIT_2.includes(event) && reply.stderr.trim() !== '' ? 'refused' : 'failed';
  const text = reply.stdout.trim();
  if (text === '') return 'open';
  if (!text.startsWith('{')) return readText(event, text);
  let fields: Readonly<Record<string, unknown>>;
  try {
    fields = JSON.parse(text);
  } catch {
    return 'failed';
  }
  return readFields(event, fields);
}

/** True when the client takes the answer as one of the few that this project relies on, and nothing in it is left unheard. */
export function isHonoured(event: EventName, reply: Reply): boolean {
  const effect = readAsClient(event, reply);
  if (effect === 'failed') return false;
  if (reply.exitCode === 2) return reply.stdout === '';
  return reply.stderr === '' && (reply.stdout === '' || (effect !== 'open' && reply.stdout.startsWith('{')));
}

function readText(event: EventName, text: string): Effect {
  if (text.startsWith('[')) return 'failed';
  if (TEXT_IS_CONTEXT.includes(event)) return 'told';
  return event === 'Stop' || event === 'SubagentStop' ? 'failed' : 'open';
}

function readFields(event: EventName, fields: Readonly<Record<string, unknown>>): Effect {
  const { hookSpecificOutput: specific, ...rest } = fields;
  if (Object.keys(rest).some((key) => !UNIVERSAL.includes(key))) return 'failed';
  if (['PreToolUse', 'PostToolUse', 'PermissionRequest'].includes(event) && rest.suppressOutput === true)
    return 'failed';
  const inner = specific === undefined ? 'open' : readSpecific(event, specific);
  if (inner === 'failed') return 'failed';
  if (rest.continue === false) return CONTINUE[event] ?? 'failed';
  if (rest.decision !== undefined) {
    const refuses = rest.decision === 'block' && BLOCK.includes(event) && isText(rest.reason);
    return refuses ? 'refused' : 'failed';
  }
  if (rest.reason !== undefined && !['UserPromptSubmit', 'Stop', 'SubagentStop'].includes(event))
    return 'failed';
  if (inner !== 'open') return inner;
  return isText(rest.systemMessage) ? 'told' : 'open';
}

/** An answer of the event's own: only what names the event and has no field beside the known ones counts. */
function readSpecific(event: EventName, value: unknown): Effect {
  if (typeof value !== 'object' || value === null) return 'failed';
  const { hookEventName, ...fields } = value as Readonly<Record<string, unknown>>;
  if (hookEventName !== event) return 'failed';
  const names = Object.keys(fields);
  if (event === 'PermissionRequest') {
    const decision = fields.decision as Readonly<Record<string, unknown>> | undefined;
    if (names.length !== 1 || decision === undefined) return 'failed';
    if (Object.keys(decision).some((key) => !['behavior', 'message'].includes(key))) return 'failed';
    return decision.behavior === 'deny' ? 'refused' : decision.behavior === 'allow' ? 'open' : 'failed';
  }
  if (!CONTEXT.includes(event)) return 'failed';
  const allowed = ['additionalContext'];
  if (event === 'PreToolUse') allowed.push('permissionDecision', 'permissionDecisionReason', 'updatedInput');
  if (names.some((name) => !allowed.includes(name))) return 'failed';
  if (fields.permissionDecision === 'deny')
    return isText(fields.permissionDecisionReason) ? 'refused' : 'failed';
  if (fields.permissionDecision !== undefined)
    return fields.permissionDecision === 'allow' && fields.updatedInput !== undefined ? 'open' : 'failed';
  if (fields.updatedInput !== undefined) return 'failed';
  return isText(fields.additionalContext) ? 'told' : 'open';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
