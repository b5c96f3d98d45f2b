import { expect, it } from 'vitest';
import guard from '../../lib/guards/mcp-tools/guard.ts';
import { outcome, SPAN } from './build.ts';

it.each([
  ['github', 'get_issue', {}, 'pass'],
  ['github', 'delete_repository', {}, 'deny'],
  ['db', 'drop_table', {}, 'deny'],
  ['files', 'delete_file', {}, 'pass'],
  ['web', 'fetch', { allow: ['docs/*'] }, 'deny'],
  ['docs', 'search', { allow: ['docs/*'] }, 'pass'],
  ['docs', 'publish', { allow: ['docs/*'], deny: ['*/publish'] }, 'deny'],
  ['docs', 'drop_draft', { deny: ['*/drop_*', '!docs/*'] }, 'pass'],
] as const)('%s/%s with %j: %s', (server, tool, options, expected) => {
  const effect = { kind: 'mcp', server, tool, args: {}, span: SPAN } as const;
  expect(outcome(guard, [effect], { options })).toBe(expected);
});
