/** Two guards with every kind of option, so that the tests do not hang on the real ones. */

import { type AnyGuard, defineGuard } from '../../lib/kit/define-guard.ts';

const shared = {
  events: ['PreToolUse'],
  risk: 2,
  needs: [],
  examples: { deny: [], pass: [] },
  check: () => [],
} as const;

export const SAMPLE_GUARDS: readonly AnyGuard[] = [
  defineGuard({
    ...shared,
    id: 'size-limit',
    title: 'Sizes stay small',
    level: 'warn',
    options: {
      lines: { type: 'number', default: 500, minimum: 1, tighter: 'lower', about: 'Most lines.' },
      reviewers: { type: 'number', default: 1, minimum: 0, tighter: 'higher', about: 'Fewest reviewers.' },
      exclude: { type: 'globs', default: ['**/*.lock'], direction: 'permission', about: 'Not counted.' },
      strict: { type: 'boolean', default: false, tighter: true, about: 'Count everything.' },
    },
  }),
  defineGuard({
    ...shared,
    id: 'host-list',
    title: 'Hosts are listed',
    level: 'deny',
    options: {
      allow: { type: 'strings', default: ['**.example.com'], direction: 'permission', about: 'Allowed.' },
      deny: { type: 'strings', default: ['bad.example.com'], direction: 'prohibition', about: 'Forbidden.' },
      protect: { type: 'globs', default: ['**/.env'], direction: 'prohibition', about: 'Protected.' },
      remotes: { type: 'boolean', default: true, tighter: false, about: 'Allow remotes.' },
      listen: { type: 'choice', default: 'any', choices: ['any', 'loopback', 'none'], about: 'Servers.' },
    },
  }),
];
