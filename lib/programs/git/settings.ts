/** Which git settings and variables hold code, and what that code is. Says nothing about who sets them. */

import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { knownStart, partOf } from '../options.ts';
import { listOf } from './call.ts';

/**
 * How a value is code: `shell` = a command line; `switch` = the same, but booleans are none;
 * `bang` = only after `!` or as an absolute path (a plain word names one of git's own helpers);
 * `domain` = a command line up to ` for <domain>`.
 */
type CodeKind = 'shell' | 'switch' | 'bang' | 'domain';

/** Settings that hold code, from git-config(1) and git-lfs-config(5). `*` stands for the subsection. */
const CODE_SETTINGS: ReadonlyMap<string, CodeKind> = new Map(
  Object.entries<CodeKind>({
    'core.pager': 'shell',
    'core.editor': 'shell',
    'core.sshcommand': 'shell',
    'core.askpass': 'shell',
    'core.alternaterefscommand': 'shell',
    'core.fsmonitor': 'switch',
    'core.gitproxy': 'domain',
    'sequence.editor': 'shell',
    'interactive.difffilter': 'shell',
    'diff.external': 'shell',
    'diff.*.command': 'shell',
    'diff.*.textconv': 'shell',
    'filter.*.clean': 'shell',
    'filter.*.smudge': 'shell',
    'filter.*.process': 'shell',
    'merge.*.driver': 'shell',
    'credential.helper': 'bang',
    'credential.*.helper': 'bang',
    'gpg.program': 'shell',
    'gpg.*.program': 'shell',
    'gpg.*.defaultkeycommand': 'shell',
    'difftool.*.cmd': 'shell',
    'difftool.*.path': 'shell',
    'mergetool.*.cmd': 'shell',
    'mergetool.*.path': 'shell',
    'browser.*.cmd': 'shell',
    'browser.*.path': 'shell',
    'man.*.cmd': 'shell',
    'man.*.path': 'shell',
    'guitool.*.cmd': 'shell',
    'hook.*.command': 'shell',
    'imap.tunnel': 'shell',
    'instaweb.httpd': 'shell',
    'lfs.*.path': 'shell',
    'lfs.*.clean': 'shell',
    'lfs.*.smudge': 'shell',
    'remote.*.uploadpack': 'shell',
    'remote.*.receivepack': 'shell',
    'sendemail.sendmailcmd': 'shell',
    'sendemail.tocmd': 'shell',
    'sendemail.cccmd': 'shell',
    'sendemail.headercmd': 'shell',
    'sendemail.smtpserver': 'bang',
    'sendemail.*.sendmailcmd': 'shell',
    'sendemail.*.smtpserver': 'bang',
    'submodule.*.update': 'bang',
    'tar.*.command': 'shell',
    'trailer.*.command': 'shell',
    'trailer.*.cmd': 'shell',
    'uploadpack.packobjectshook': 'shell',
  }),
);

/** Settings that name a file or directory with code or more settings in it. */
const CODE_PLACES = new Set(['core.hookspath', 'init.templatedir', 'include.path', 'includeif.*.path']);

/** Variables whose value is a command line for git. */
export const CODE_VARIABLES: ReadonlySet<string> = new Set(
  listOf(`
      GIT_SSH_COMMAND GIT_SSH GIT_PAGER GIT_EDITOR GIT_SEQUENCE_EDITOR GIT_EXTERNAL_DIFF
      GIT_ASKPASS SSH_ASKPASS GIT_PROXY_COMMAND`),
);

/** The same, but every program heeds them: a plain program name in them says nothing about this call. */
export const COMMON_CODE_VARIABLES: ReadonlySet<string> = new Set(['EDITOR', 'VISUAL', 'PAGER']);

/** Variables that switch off the hooks of the usual hook managers, with the values that do. */
export const HOOK_SWITCHES: ReadonlyMap<string, RegExp> = new Map(
  Object.entries({
    HUSKY: /^0$/,
    HUSKY_SKIP_HOOKS: /./,
    LEFTHOOK: /^(0|false)$/,
    OVERCOMMIT_DISABLE: /./,
    PRE_COMMIT_ALLOW_NO_CONFIG: /./,
    SKIP: /./,
  }),
);

const BOOLEAN = /^(true|false|yes|no|on|off|[0-9]*)$/i;

/** `diff.x.textconv` → `diff.*.textconv`. */
function shapeOf(key: string): string {
  const first = key.indexOf('.');
  const last = key.lastIndexOf('.');
  return first === last ? key : `${key.slice(0, first)}.*${key.slice(last)}`;
}

/** True when a setting names a place that code or settings are taken from. */
export function isCodePlace(key: string): boolean {
  return CODE_PLACES.has(shapeOf(key));
}

/** The shell text in a setting's value, or undefined when it holds none. `key` is normal: lower-case section and name. */
export function findCode(key: string, value: Word): Word | undefined {
  const kind = key.startsWith('pager.') ? 'switch' : CODE_SETTINGS.get(shapeOf(key));
  if (kind === undefined || value.text === '') return undefined;
  const start = knownStart(value);
  switch (kind) {
    case 'shell':
      return value;
    case 'switch':
      return value.text !== undefined && BOOLEAN.test(value.text) ? undefined : value;
    case 'bang':
      if (start.startsWith('!')) return partOf(value, 1);
      return start.startsWith('/') || start === '' ? value : undefined;
    case 'domain':
      return value.text === undefined ? value : { ...value, text: value.text.replace(/ for \S*$/, '') };
  }
}

/** What a setting runs, as nested code. */
export function runsOfSetting(key: string, value: Word): readonly Nested[] {
  const code = findCode(key, value);
  return code ? [{ kind: 'code', lang: 'sh', code, via: `git ${key}` }] : [];
}
