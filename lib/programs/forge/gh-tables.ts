/** What gh's commands change and which options of theirs take values: tables only, and how to read arguments by them. */

import type { Word } from '../../types/text.ts';
import { listOf } from '../git/call.ts';
import type { ParsedArgs } from '../options.ts';
import { type ForgeCall, forgeArgs } from './forge-call.ts';

/** Commands and groups that contact nobody. */
export const LOCAL: ReadonlySet<string> = new Set([
  ...['version', 'completion', 'help', 'config', 'alias', 'auth token', 'auth setup-git', 'repo set-default'],
  ...['extension list', 'extension remove', 'extension create', 'extension exec'],
]);

/** Gh's own groups; anything else is an alias or an extension. */
export const GROUPS: ReadonlySet<string> = new Set(
  listOf(`
      agent-task alias api attestation auth browse cache codespace completion config copilot extension gist
      gpg-key help issue label licenses org pr preview project release repo ruleset run search secret
      ssh-key status variable version workflow`),
);

/** Changes of what GitHub keeps, and whether they can be taken back. */
export const DATA: ReadonlyMap<string, readonly [op: string, destructive: boolean]> = new Map(
  Object.entries<readonly [string, boolean]>({
    'repo delete': ['delete repository', true],
    'repo archive': ['archive repository', false],
    'repo unarchive': ['unarchive repository', false],
    'repo rename': ['rename repository', false],
    'repo create': ['create repository', false],
    'repo fork': ['fork repository', false],
    'repo edit': ['edit repository', false],
    'repo deploy-key': ['change deploy keys', false],
    'repo autolink': ['change autolinks', false],
    'issue delete': ['delete issue', true],
    'issue transfer': ['transfer issue', false],
    'release create': ['create release', false],
    'release edit': ['edit release', false],
    'release delete': ['delete release', true],
    'release delete-asset': ['delete release asset', true],
    'workflow run': ['run workflow', false],
    'workflow disable': ['disable workflow', false],
    'workflow enable': ['enable workflow', false],
    'run cancel': ['cancel run', false],
    'run rerun': ['rerun run', false],
    'run delete': ['delete run', true],
    'cache delete': ['delete cache', false],
    'gist delete': ['delete gist', true],
    'label delete': ['delete label', false],
    'project delete': ['delete project', true],
    'ssh-key add': ['add ssh key', false],
    'ssh-key delete': ['delete ssh key', false],
    'gpg-key add': ['add gpg key', false],
    'gpg-key delete': ['delete gpg key', false],
    'codespace create': ['create codespace', false],
    'codespace delete': ['delete codespace', true],
    'codespace stop': ['stop codespace', false],
    'variable set': ['set variable', false],
    'variable delete': ['delete variable', false],
  }),
);

/** Options with a value that name a file to read, by command. */
const FILE_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'pr create': ['F', 'body-file', 'T', 'template'],
    'pr comment': ['F', 'body-file'],
    'pr edit': ['F', 'body-file'],
    'pr review': ['F', 'body-file'],
    'pr merge': ['F', 'body-file'],
    'issue create': ['F', 'body-file', 'T', 'template'],
    'issue comment': ['F', 'body-file'],
    'issue edit': ['F', 'body-file'],
    'release create': ['F', 'notes-file'],
    'release edit': ['F', 'notes-file'],
    'secret set': ['f', 'env-file'],
    'variable set': ['f', 'env-file'],
  }),
);

/** Options with a value, of most commands. */
const VALUES = listOf(`
      b body t title T template F body-file notes-file env-file B base H head n notes a assignee l label m milestone
      p project r reviewer o org e env app v visibility L limit S search s state json jq q target notes-start-tag
      c codespace add-label remove-label subject match-head-commit branch D dir O output pattern clone-name
      remote-name source description homepage name desc filename add u user repos default-branch scopes type
      author-email`);

/** Options that take a value in one command only. */
const OWN_VALUES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'auth token': ['h'],
    'auth status': ['h'],
    'auth login': ['h'],
    'auth refresh': ['h'],
    'auth logout': ['h'],
    'gist create': ['d', 'f'],
    'gist edit': ['d', 'f', 'remove'],
    'label create': ['d', 'color'],
    'pr merge': ['A'],
    'repo create': ['d', 'h', 'g', 'gitignore', 'license', 'remote', 'team'],
    'repo edit': ['d', 'h', 'add-topic', 'remove-topic'],
    'workflow run': ['f', 'raw-field', 'field', 'ref'],
  }),
);

/** Options that take no value in one command, though they do in most. */
const OWN_FLAGS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    'alias set': ['s'],
    'auth status': ['t', 'a'],
    'cache delete': ['a'],
    'gist create': ['p'],
    'issue create': ['e'],
    'pr create': ['e'],
    'pr merge': ['s', 'm', 'r'],
    'pr review': ['a', 'r', 'c'],
    'release create': ['p'],
    'repo create': ['c'],
    'repo edit': ['template'],
    'secret delete': ['u'],
    'secret set': ['u'],
  }),
);

/** Arguments of a gh command. */
export function readGh(forge: ForgeCall): ParsedArgs {
  const { command } = forge;
  const flags = OWN_FLAGS.get(command) ?? [];
  const values = [...VALUES, ...(FILE_OPTIONS.get(command) ?? []), ...(OWN_VALUES.get(command) ?? [])];
  return forgeArgs(forge, { value: values.filter((name) => !flags.includes(name)) });
}

/** Files that options of the command name. */
export function filesOf(forge: ForgeCall): readonly Word[] {
  const names = FILE_OPTIONS.get(forge.command);
  return names
    ? readGh(forge)
        .values(...names)
        .filter((path) => path.text !== '-')
    : [];
}
