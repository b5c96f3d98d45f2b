/** The step that Codex asks about, after the wire format is left behind. */

import type { Patch } from './patch.ts';

/** Events as Codex spells them. */
export type EventName =
  | 'SessionStart'
  | 'SessionEnd'
  | 'UserPromptSubmit'
  | 'PreToolUse'
  | 'PermissionRequest'
  | 'PostToolUse'
  | 'PreCompact'
  | 'PostCompact'
  | 'SubagentStart'
  | 'SubagentStop'
  | 'Stop'
  | 'Interrupt'
  | 'PreModelRequest'
  | 'PostModelRequest';

/** What a tool call is, whichever of Codex's tools carries it. */
export type ToolCall =
  | { readonly kind: 'shell'; readonly command: string }
  | { readonly kind: 'patch'; readonly text: string; readonly patch: Patch }
  | { readonly kind: 'mcp'; readonly server: string; readonly tool: string; readonly args: unknown }
  | { readonly kind: 'other'; readonly tool: string; readonly args: unknown };

export interface Payload {
  readonly event: EventName | 'unknown';
  /** `hook_event_name` as it came. */
  readonly eventText: string;
  readonly sessionId: string;
  readonly turnId?: string;
  readonly cwd: string;
  readonly model?: string;
  readonly permissionMode?: string;
  readonly transcriptPath?: string;
  readonly agent?: { readonly id: string; readonly type: string };
  readonly toolUseId?: string;
  readonly toolName?: string;
  readonly call?: ToolCall;
  /** Tool output as text, however it came; PostToolUse only. */
  readonly response?: string;
  readonly prompt?: string;
  readonly lastMessage?: string;
  readonly stopHookActive?: boolean;
  /** `source`, `trigger` or `reason` of session and compaction events. */
  readonly occasion?: string;
  /** Fields that this version does not know, kept as they came. */
  readonly unknown: Readonly<Record<string, unknown>>;
}
