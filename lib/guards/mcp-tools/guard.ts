/** Decides which tools of MCP servers may be called. What their arguments name is judged by the other guards. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import { printText } from '../../kit/words.ts';
import { brief } from './brief.ts';

export default defineGuard({
  id: 'mcp-tools',
  title: 'Only allowed tools of MCP servers are called',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 4,
  needs: [],
  options: {
    allow: {
      type: 'globs',
      default: ['**'],
      direction: 'permission',
      about: 'Tools that may be called, as `server/tool`: `github/get_*`, `docs/*`.',
    },
    deny: {
      type: 'globs',
      default: [
        '*/delete_repo*',
        '*/delete_project*',
        '*/delete_organization*',
        '*/delete_{database,namespace,cluster,bucket,stack,volume,instance,snapshot,backup}*',
        '*/delete-{database,namespace,cluster,bucket,stack,volume,instance,snapshot,backup}*',
        '*/drop[_-]*',
        '*/destroy',
        '*/*_destroy',
        '*/destroy[_-]*',
        '*/kubectl_delete',
        '*/terminate[_-]*',
        '*/{purge,wipe,truncate}[_-]*',
      ],
      direction: 'prohibition',
      about: 'Tools that may not be called although `allow` means them.',
    },
  },
  examples: {
    deny: [
      { mcp: { server: 'github', tool: 'delete_repository', args: { repo: 'r' } } },
      { mcp: { server: 'gitlab', tool: 'delete_project', args: {} } },
      { mcp: { server: 'db', tool: 'drop_table', args: { table: 'users' } } },
      { mcp: { server: 'cloud', tool: 'destroy_stack', args: {} } },
      { mcp: { server: 'k8s', tool: 'delete_namespace', args: { name: 'prod' } } },
      { mcp: { server: 'web', tool: 'fetch', args: {} }, options: { allow: ['docs/*'] } },
      { mcp: { server: 'docs', tool: 'publish', args: {} }, options: { deny: ['docs/publish'] } },
    ],
    pass: [
      { mcp: { server: 'github', tool: 'get_issue', args: { number: 1 } } },
      { mcp: { server: 'docs', tool: 'search', args: { query: 'delete_repository' } } },
      { mcp: { server: 'docs', tool: 'search', args: {} }, options: { allow: ['docs/*'] } },
      { mcp: { server: 'db', tool: 'query', args: { sql: 'SELECT 1' } } },
      { mcp: { server: 'files', tool: 'read', args: { path: 'src/a.ts' } } },
      'ls',
    ],
  },
  brief,
  check(facts, options) {
    return facts.effects.flatMap((effect) => {
      if (effect.kind !== 'mcp') return [];
      const name = `${effect.server}/${effect.tool}`;
      const denied = options.deny.match(name);
      if (denied === undefined && options.allow.match(name) !== undefined) return [];
      const why = denied === undefined ? 'is not an allowed tool' : `is a tool that ${denied} forbids`;
      return [
        draft(effect, `${printText(name)} ${why}`, 'use another tool, or ask a person to do it', {
          subject: { command: name },
        }),
      ];
    });
  },
});
