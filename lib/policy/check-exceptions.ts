/** Checks the exceptions of a policy file: every one needs a reason and an end. */

import { checkGlob } from '../kit/globs.ts';
import type { FindingDraft } from '../types/verdict.ts';
import {
  type Check,
  checkGuardName,
  checkItems,
  checkMembers,
  checkText,
  report,
  reportMissing,
} from './check-node.ts';
import type { PolicyDocument } from './document.ts';
import { quote } from './phrases.ts';
import type { JsonNode } from './read-jsonc.ts';

const MAX_EXCEPTIONS = 200;

/** What an exception can be matched against: the keys of a finding's subject. */
export const SUBJECTS: readonly (keyof NonNullable<FindingDraft['subject']>)[] = [
  'path',
  'host',
  'branch',
  'command',
  'rule',
  'fingerprint',
];

/** The exceptions of a file; wrong ones are reported and left out. */
export function checkExceptions(check: Check, node: JsonNode): PolicyDocument['exceptions'] {
  return checkItems(check, node, 'exceptions', MAX_EXCEPTIONS).flatMap((item) => {
    let guard: string | undefined;
    let match: Readonly<Record<string, string>> | undefined;
    let reason: string | undefined;
    let until: string | undefined;
    const isObject = checkMembers(check, item, 'an exception', {
      guard: (value) => {
        guard = checkGuardName(check, value);
      },
      match: (value) => {
        match = checkMatch(check, value);
      },
      reason: (value) => {
        reason = checkText(check, value, 'reason', 500);
      },
      until: (value) => {
        until = checkDay(check, value);
      },
    });
    if (isObject) reportMissing(check, item, 'an exception', ['guard', 'match', 'reason', 'until']);
    if (guard === undefined || match === undefined || reason === undefined || until === undefined) return [];
    return [{ value: { guard, match, reason, until }, line: item.line, column: item.column }];
  });
}

function checkMatch(check: Check, node: JsonNode): Readonly<Record<string, string>> | undefined {
  const before = check.problems.length;
  const found: { [subject: string]: string } = {};
  const readers = SUBJECTS.map((subject) => {
    const read = (value: JsonNode) => {
      const text = checkText(check, value, `match.${subject}`, 4096);
      if (text === undefined) return;
      const wrong = subject === 'path' ? checkGlob(text) : undefined;
      if (wrong !== undefined) report(check, value, `pattern ${quote(text)} of match.path ${wrong}`);
      found[subject] = text;
    };
    return [subject, read] as const;
  });
  const isObject = checkMembers(check, node, 'match', Object.fromEntries(readers));
  if (isObject && node.members.length === 0) report(check, node, 'match has to name what is excepted');
  return check.problems.length === before ? found : undefined;
}

/** A calendar day as `2026-12-31`. */
function checkDay(check: Check, node: JsonNode): string | undefined {
  const text = checkText(check, node, 'until', 40);
  if (text === undefined) return undefined;
  const day = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (day !== undefined && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)) return text;
  report(check, node, `until has to be a day such as 2026-12-31, not ${quote(text)}`);
  return undefined;
}
