/** The first text of a new guard: it passes the type checker and fails the completeness test until somebody has filled it in. */

/** Files of a new guard's folder by name. */
export function scaffoldGuard(id: string): Readonly<Record<string, string>> {
  return {
    'guard.ts': `/** What this guard stops, and what it leaves to others. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';

export default defineGuard({
  id: '${id}',
  // A sentence without a full stop that says what the guard keeps true.
  title: '',
  events: BEFORE_TOOL,
  level: 'deny',
  // 1 read-only, 2 workspace change, 3 running commands, 4 network, 5 deletion or sensitive.
  risk: 3,
  needs: [],
  options: {
    paths: {
      type: 'globs',
      default: [],
      direction: 'prohibition',
      about: '',
    },
  },
  examples: {
    // At least five of each; a bare text is a shell command.
    deny: [],
    pass: [],
  },
  check(facts, options) {
    return mergeDrafts(
      facts.effects.flatMap((effect) => {
        if (effect.kind !== 'file' || options.paths.match(effect.at?.relative ?? '') === undefined) return [];
        return [draft(effect, 'what the step does', 'what to do instead')];
      }),
    );
  },
});
`,
    'README.md': `# ${id}

<!-- gen:start -->
<!-- gen:end -->

## Why

## What it sees

## Limits
`,
  };
}

/** What is wrong with an id, as a clause; undefined when a guard can have it. */
export function checkGuardId(id: string, taken: readonly string[]): string | undefined {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id) || id.length > 40)
    return 'has to be words of small letters and digits, joined by hyphens';
  return taken.includes(id) ? 'is taken' : undefined;
}
