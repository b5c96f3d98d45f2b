/** Ends sessions that go round in circles: too many tool calls, or too many denials. */

import { defineGuard } from '../../kit/define-guard.ts';
import { countOf, draft } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';

const NOTHING_LEFT = { span: { start: 0, end: 0 } };
const REPORT = 'end the turn: say what is done, what is not, and what stood in the way';

export default defineGuard({
  id: 'turn-budget',
  title: 'A session that goes round in circles ends',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 3,
  needs: ['session'],
  options: {
    toolCalls: {
      type: 'number',
      default: 2000,
      minimum: 0,
      tighter: 'lower',
      about: 'Most tool calls in a session.',
    },
    denials: {
      type: 'number',
      default: 50,
      minimum: 0,
      tighter: 'lower',
      about: 'Most denied steps in a session; the next step is denied whatever it is.',
    },
    stopRounds: {
      type: 'number',
      default: 3,
      minimum: 0,
      tighter: 'higher',
      about: 'How often the end of one turn may be denied before it is let go.',
    },
  },
  examples: {
    deny: [
      { command: 'ls', options: { toolCalls: 0 } },
      { command: 'npm test', options: { toolCalls: 0 } },
      { command: 'git status', options: { denials: 0 } },
      { command: 'cat README.md', options: { toolCalls: 0, denials: 0 } },
      { patch: '*** Begin Patch\n*** Add File: a.ts\n+x\n*** End Patch\n', options: { toolCalls: 0 } },
      { mcp: { server: 'docs', tool: 'search', args: {} }, options: { denials: 0 } },
    ],
    pass: [
      'ls',
      'npm test',
      'git status',
      { command: 'ls', options: { toolCalls: 1 } },
      { command: 'ls', options: { denials: 1 } },
      { command: 'ls', options: { stopRounds: 0 } },
    ],
  },
  check(_facts, options, host) {
    const { session } = host;
    if (session === undefined) return [];
    if (session.toolCalls >= options.toolCalls)
      return [
        draft(
          NOTHING_LEFT,
          `this session has made ${countOf(session.toolCalls, 'tool call')} (at most ${options.toolCalls})`,
          REPORT,
          { subject: { rule: 'tool-calls' } },
        ),
      ];
    if (session.denials >= options.denials)
      return [
        draft(
          NOTHING_LEFT,
          `this session was denied ${countOf(session.denials, 'step')} (at most ${options.denials})`,
          REPORT,
          { subject: { rule: 'denials' } },
        ),
      ];
    return [];
  },
});
