/** Decides which files may be read and written: credentials, the agent's own settings, and all that lies outside the project. */

import { CREDENTIAL_FILES, READABLE_LOOKALIKES, WRITABLE_FILES } from '../../kit/credentials.ts';
import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import type { HostFacts } from '../../kit/host-facts.ts';
import {
  candidateOf,
  findForbidding,
  findHeld,
  findPermitting,
  type PathMatch,
} from '../../kit/path-rules.ts';
import { isHarmlessDevice, isWrite, printPath, subjectPath } from '../../kit/paths.ts';
import type { FileEffect, PathFact } from '../../types/effect.ts';
import type { GlobSet } from '../../types/policy.ts';
import type { Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';
import { brief } from './brief.ts';

interface Rules {
  readonly deny: GlobSet;
  readonly readOnly: GlobSet;
  readonly readable: GlobSet;
  readonly writable: GlobSet;
  readonly outside: boolean;
}
type Directories = HostFacts['paths'];

/** One path of an effect, and what is done with it. */
interface Access {
  readonly path: Word;
  readonly at: PathFact | undefined;
  readonly below?: PathFact | undefined;
  readonly verb: 'reads' | 'changes' | 'deletes' | 'moves' | 'links to';
  readonly effect: FileEffect;
}

export default defineGuard({
  id: 'protected-paths',
  title: 'Credentials stay unread and files outside the project unchanged',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 5,
  needs: [],
  options: {
    deny: {
      type: 'globs',
      default: CREDENTIAL_FILES,
      direction: 'prohibition',
      about: 'Files that may be neither read nor written.',
    },
    readOnly: {
      type: 'globs',
      default: ['.git/**', '**/.git/hooks/**', '**/.git/config', '.codex/**', '.agents/**'],
      direction: 'prohibition',
      about: 'Files that may be read but not written.',
    },
    readable: {
      type: 'globs',
      default: READABLE_LOOKALIKES,
      direction: 'permission',
      about: 'Files that may be read although a less specific glob of `deny` means them.',
    },
    writable: {
      type: 'globs',
      default: WRITABLE_FILES,
      direction: 'permission',
      about:
        'Files that may be read and written although less specific globs, or the rule about outside, forbid it.',
    },
    outside: {
      type: 'boolean',
      default: true,
      tighter: true,
      about: 'Forbid writes outside the project and the temporary directories.',
    },
  },
  examples: {
    deny: [
      'cat .env',
      'cat .e?v',
      'base64 ~/.ssh/id_rsa',
      'grep -r "" .env',
      'while read l; do echo "$l"; done < .env',
      'source .env',
      'cp ~/.aws/credentials notes.txt',
      'tar czf /tmp/k.tgz ~/.ssh',
      'git show HEAD:.env',
      'ln -s .env x',
      'cat /proc/self/environ',
      'head -c 100 certs/server.pem',
      'cat "$DIR/.env.local"',
      'echo "127.0.0.1 x" >> /etc/hosts',
      'cp app.conf ~/.config/app.conf',
      'echo "exit 0" > .git/hooks/pre-commit',
      "sed -i 's/a/b/' .codex/config.toml",
      { patch: '*** Begin Patch\n*** Add File: /etc/motd\n+hello\n*** End Patch\n' },
      { command: 'cat secrets/key.txt', options: { deny: ['secrets/**'] } },
    ],
    pass: [
      'cat .env.example',
      'cp .env.example .env.development',
      'cp -n .env.example .env',
      '[ -f .env ] || cp .env.example .env',
      'ls -la ~/.ssh',
      'test -f .env && echo present',
      'git check-ignore .env',
      'git rm --cached .env',
      'cat ~/.ssh/id_ed25519.pub',
      'ssh-keygen -l -f ~/.ssh/id_ed25519.pub',
      'cat *.ts',
      'ls *',
      'grep -rn TODO .',
      'rg process.env src',
      'cp -r src /tmp/src',
      'git add .',
      'echo .env >> .gitignore',
      'cat /etc/os-release',
      'echo hi > /tmp/out.txt',
      'make > /dev/null 2>&1',
      'rm -f .git/index.lock',
      'git commit -m "docs: explain .env"',
      'pip install --cache-dir ~/.cache/pip -r requirements.txt',
    ],
  },
  brief,
  check(facts, options, host) {
    return mergeDrafts(
      facts.effects.flatMap((effect) =>
        effect.kind === 'file' ? accessesOf(effect).flatMap((each) => judge(each, options, host.paths)) : [],
      ),
    );
  },
});

/** What an effect does with each of its paths. Listing names is no access. */
function accessesOf(effect: FileEffect): readonly Access[] {
  const base = { path: effect.path, at: effect.at, below: effect.below, effect };
  const other = effect.from === undefined ? undefined : { path: effect.from, at: effect.fromAt, effect };
  switch (effect.op) {
    case 'list':
      return [];
    case 'read':
      return [{ ...base, verb: 'reads' }];
    case 'delete':
      return [{ ...base, verb: 'deletes' }];
    case 'move':
      return [{ ...base, verb: 'changes' }, ...(other ? [{ ...other, verb: 'moves' as const }] : [])];
    case 'link':
      return [{ ...base, verb: 'changes' }, ...(other ? [{ ...other, verb: 'links to' as const }] : [])];
    default:
      return [{ ...base, verb: 'changes' }];
  }
}

function judge(access: Access, rules: Rules, directories: Directories): readonly FindingDraft[] {
  const device = access.at?.absolute ?? (access.below && `${access.below.absolute}/x`);
  if (device !== undefined && isHarmlessDevice(device)) return [];
  const candidate = candidateOf(access.path, access, directories);
  const name = printPath(access.path, access.at, directories);
  const more = access.at ? { subject: { path: subjectPath(access.at, directories) } } : {};
  const say = (message: string, remedy: string, match?: PathMatch) => [
    draft(access.effect, message, remedy, { ...more, ...(match?.possible ? { uncertain: true } : {}) }),
  ];

  const reads = access.verb === 'reads' || access.verb === 'links to';
  const secret = isHarmlessOnSecrets(access)
    ? undefined
    : (findForbidding(candidate, rules.deny, reads ? [rules.readable, rules.writable] : [rules.writable]) ??
      findBelow(access, rules, directories));
  if (secret) {
    const what = secret.possible ? 'which may be' : 'which is';
    return say(
      `this ${access.verb} ${name}, ${what} protected as ${secret.pattern}`,
      remedyFor(secret.pattern, access),
      secret,
    );
  }
  if (reads) return [];

  const fixed = access.effect.place ? undefined : findForbidding(candidate, rules.readOnly, [rules.writable]);
  if (fixed)
    return say(
      `this ${access.verb} ${name}, which is read-only as ${fixed.pattern}`,
      fixed.pattern.startsWith('.git') ? 'use git itself for this' : 'ask a person to change it',
      fixed,
    );
  if (!rules.outside || !isOutside(access) || findPermitting(candidate, [rules.writable]) !== undefined)
    return [];
  return say(
    `this ${access.verb} ${name}, outside the project`,
    'write in the project or in /tmp, and say what should be put elsewhere',
  );
}

/**
 * What may be done with a credential file without learning or losing anything: making it where there is none, or only if
 * there is none, and taking other people's rights away.
 */
function isHarmlessOnSecrets({ effect, at, path, verb }: Access): boolean {
  if (verb !== 'changes' || path.text === undefined || effect.place) return false;
  if (effect.op === 'chmod') return /^(?:0?[4-7]00|(?:go|og)-[rwx]+|(?:go|og)=)$/.test(effect.mode ?? '');
  if (effect.op === 'create' && !effect.clobbers && !effect.recursive) return true;
  return at !== undefined && at.kind === undefined && !path.glob;
}

/** A whole directory is read or moved that protected files are known to lie in: `tar c ~/.aws`, `cp -r ~ x`. */
function findBelow(
  { at, path, effect, verb }: Access,
  rules: Rules,
  directories: Directories,
): PathMatch | undefined {
  if (!effect.recursive && verb !== 'moves' && verb !== 'links to') return undefined;
  if (at === undefined || at.zone === 'project' || path.glob || verb === 'changes' || verb === 'deletes')
    return undefined;
  const pattern = findHeld(at, rules.deny.patterns, directories);
  return pattern === undefined ? undefined : { pattern, possible: false };
}

function isOutside({ at, below, effect }: Access): boolean {
  const zone = (at ?? below)?.zone;
  return !effect.place && isWrite(effect) && (zone === 'home' || zone === 'system');
}

/** What to do instead of touching a credential file, by the glob that protects it. */
function remedyFor(pattern: string, { verb, at }: Access): string {
  if (!/(?:^|\/)\.env/.test(pattern))
    return 'leave credentials to the programs that own them, and ask a person for what is missing';
  return verb === 'changes' && at?.kind === 'file'
    ? 'make it only where there is none, with `cp -n .env.example .env`, and ask a person to fill in the values'
    : 'work from the names alone, for example those in `.env.example`, and ask a person to fill in the values';
}
