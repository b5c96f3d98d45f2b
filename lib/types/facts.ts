/** Facts: one step of the agent, worked out. Guards see this and nothing else. */

import type { Effect } from './effect.ts';
import type { Invocation } from './invocation.ts';
import type { EventName } from './payload.ts';

/** Text that entered or would leave by this step, for guards that look for content. */
export interface TextFact {
  readonly where:
    | 'command'
    | 'patch'
    | 'prompt'
    | 'tool-output'
    | 'tool-input'
    | 'message'
    | 'commit'
    | 'push'
    | 'work-tree';
  readonly text: string;
  /** File that it belongs to, as written. */
  readonly path?: string;
  /** Line of that file, from 1, at which the text starts; absent where lines are counted in the text itself. */
  readonly line?: number;
  /** Commit that it is part of, hexadecimal. */
  readonly commit?: string;
}

export interface Facts {
  readonly event: EventName;
  /** `whole`: everything was understood. `partial`: some was not. `opaque`: nothing was. */
  readonly parse: 'whole' | 'partial' | 'opaque';
  /** What stood in the way when not `whole`. */
  readonly problems: readonly string[];
  readonly effects: readonly Effect[];
  readonly invocations: readonly Invocation[];
  readonly texts: readonly TextFact[];
}
