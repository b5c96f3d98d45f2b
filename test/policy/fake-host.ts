/** A machine that is a table of files, for the tests of the policy room. */

import type { PolicyHost } from '../../lib/policy/read-layer.ts';

export const USER = '/home/ada/.codex/guard/policy.jsonc';
export const PROJECT = '/work/app/.codex/guard.jsonc';
export const MANAGED = '/etc/codex/guard.jsonc';
export const ENVIRONMENT = '/run/more.jsonc';

/** Anything but a text is a file that is there and cannot be read as one. */
export type Files = Readonly<Record<string, string | object>>;

export function fakeHost(files: Files): PolicyHost {
  return {
    home: '/home/ada',
    codexHome: '/home/ada/.codex',
    pathKind: (path) => {
      if (!Object.hasOwn(files, path)) return undefined;
      return typeof files[path] === 'string' ? 'file' : 'other';
    },
    readFile: (path, maxBytes) => {
      const text = Object.hasOwn(files, path) ? files[path] : undefined;
      return typeof text === 'string' && Buffer.byteLength(text) <= maxBytes ? text : undefined;
    },
  };
}
