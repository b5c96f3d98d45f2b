/** What the client lets a hook do at each event, and which events are wired. The one table that reply and wiring share. */

import type { EventName } from '../types/payload.ts';

export interface EventRule {
  /**
   * The only refusal that the client obeys there. `exit`: exit code 2 with a reason on stderr. `stop`: `continue: false`.
   * `context`: none, the reason can only be told. `none`: not even that.
   */
  readonly refusal: 'exit' | 'stop' | 'context' | 'none';
  /** Takes `additionalContext`; elsewhere the client throws the whole answer away when it sees one. */
  readonly takesContext: boolean;
  /**
   * A failure of ours refuses. At the other events it lets go: the end of a turn would go round for ever, and a session could
   * neither begin nor close.
   */
  readonly failsClosed: boolean;
  /** Base name of the hook program; absent where none is wired. */
  readonly program?: string;
}

const TOOL: EventRule = { refusal: 'exit', takesContext: true, failsClosed: true };
const TURN_END: EventRule = { refusal: 'exit', takesContext: false, failsClosed: false };
const DEAF: EventRule = { refusal: 'none', takesContext: false, failsClosed: false };

/** Observed on Codex 0.169.0; the tests against the real client hold every line that is wired. */
export const EVENT_RULES: Readonly<Record<EventName, EventRule>> = {
  SessionStart: { refusal: 'stop', takesContext: true, failsClosed: false, program: 'session-start' },
  SessionEnd: { ...DEAF, program: 'session-end' },
  UserPromptSubmit: { ...TOOL, program: 'user-prompt-submit' },
  PreToolUse: { ...TOOL, program: 'pre-tool-use' },
  PermissionRequest: { ...TOOL, takesContext: false, program: 'permission-request' },
  PostToolUse: { ...TOOL, program: 'post-tool-use' },
  PreCompact: { refusal: 'stop', takesContext: false, failsClosed: false, program: 'pre-compact' },
  PostCompact: DEAF,
  SubagentStart: { refusal: 'context', takesContext: true, failsClosed: false, program: 'subagent-start' },
  SubagentStop: { ...TURN_END, program: 'subagent-stop' },
  Stop: { ...TURN_END, program: 'stop' },
  Interrupt: DEAF,
  PreModelRequest: DEAF,
  PostModelRequest: DEAF,
};

/** An event that this version does not know: it may be one that runs a tool, so what fails there refuses. */
const UNKNOWN_RULE: EventRule = { refusal: 'exit', takesContext: false, failsClosed: true };

/** The rule of an event as a payload gives it. */
export function ruleOf(event: EventName | 'unknown'): EventRule {
  return event === 'unknown' ? UNKNOWN_RULE : EVENT_RULES[event];
}

/** The event of a name, or undefined when this version does not know it. */
export function findEvent(name: string): EventName | undefined {
  return Object.hasOwn(EVENT_RULES, name) ? (name as EventName) : undefined;
}
