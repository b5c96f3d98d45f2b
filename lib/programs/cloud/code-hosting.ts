/** Branches and pull requests that clouds host themselves: AWS CodeCommit and Azure Repos. Contact with the cloud is its page's. */

import type { GitEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { readOptions } from '../coreutils/spec.ts';
import type { Call } from '../page.ts';

type Op = GitEffect['op'];

/** Commands, what they do, and the options that name the branch. */
const COMMANDS: readonly (readonly [command: RegExp, op: Op, branch: string])[] = [
  [/^codecommit merge-(?:pull-request|branches)-/, 'api-merge', 'destination-commit-specifier target-branch'],
  [/^codecommit (?:put-file|create-commit|delete-file)\b/, 'api-update-ref', 'branch-name'],
  [/^codecommit update-default-branch\b/, 'api-update-ref', 'default-branch-name'],
  [/^codecommit delete-branch\b/, 'api-delete-ref', 'branch-name'],
  [/^repos ref (?:create|update)\b/, 'api-update-ref', 'name'],
  [/^repos ref delete\b/, 'api-delete-ref', 'name'],
  [/^repos update\b/, 'api-update-ref', 'default-branch'],
  [/^repos policy .*\b(?:create|update|delete)\b/, 'api-protection', 'branch'],
];
const OPTIONS =
  'destination-commit-specifier= target-branch= branch-name= default-branch-name= default-branch= name= branch= status= auto-complete= id= vote=';

/** What a command does to branches; nothing for all others. */
export function hostedEffects(call: Call, command: string, near: Word): readonly GitEffect[] {
  if (!/^(?:codecommit|repos) /.test(command)) return [];
  const parsed = readOptions(call.args, OPTIONS);
  const make = (op: Op, branch?: Word): GitEffect => ({
    kind: 'git',
    op,
    span: near.span,
    ...(branch ? { branch } : {}),
  });
  if (/^repos pr set-vote\b/.test(command))
    return /^approve/.test(parsed.value('vote')?.text ?? '') ? [make('api-approve')] : [];
  if (/^repos pr (?:update|create)\b/.test(command)) {
    const completes =
      parsed.value('status')?.text === 'completed' || parsed.value('auto-complete')?.text === 'true';
    return completes ? [make('api-merge')] : [];
  }
  const found = COMMANDS.find(([pattern]) => pattern.test(command));
  if (found === undefined) return [];
  const branch = parsed.value(...found[2].split(' '));
  // Without a new default branch an update changes nothing that is protected.
  return found[0].source.startsWith('^repos update') && branch === undefined ? [] : [make(found[1], branch)];
}
