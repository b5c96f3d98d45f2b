/** Values of secret variables that a command puts where others read them: bodies, queries, comments, commit messages. */

import { draft } from '../../kit/draft.ts';
import { lastPart } from '../../kit/paths.ts';
import { printText } from '../../kit/words.ts';
import type { Facts } from '../../types/facts.ts';
import type { Invocation } from '../../types/invocation.ts';
import type { GlobSet } from '../../types/policy.ts';
import type { Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';

/** Programs that speak HTTP, with the options whose value is content. */
const CLIENTS: Readonly<Record<string, RegExp>> = {
  curl: /^(?:-d|--data(?:-raw|-binary|-ascii|-urlencode)?|--json|-F|--form|--form-string|--url-query)(?:=|$)|^-[dF]./,
  wget: /^--(?:post-data|body-data)(?:=|$)/,
};
/** What is behind such a word is the credential of a request that needs it. */
const NAMED =
  /(?:key|token|secret|pass(?:word|wd|phrase)?|pwd|auth|authorization|assertion|credentials?|code|sig(?:nature)?|jwt|pat|user|login|id)["']?\s{0,2}[=:]\s{0,2}["']?(?:(?:Bearer|Basic|token)\s)?$/i;
/** First words of commands that publish their arguments. */
const FORGES: ReadonlySet<string> = new Set(['gh', 'glab', 'tea', 'hub']);
const FORGE_TEXTS: ReadonlySet<string> = new Set([
  'issue',
  'issues',
  'pr',
  'mr',
  'gist',
  'snippet',
  'release',
  'discussion',
  'repo',
]);
const GIT_TEXTS: ReadonlySet<string> = new Set(['commit', 'tag', 'notes', 'stash', 'branch']);

/** Findings for words that publish the value of a secret variable, though nobody knows it. */
export function judgePublishing(facts: Facts, variables: GlobSet): readonly FindingDraft[] {
  return facts.invocations.flatMap((invocation) =>
    publishedWords(invocation).flatMap((word) => {
      const name = word.variables?.find((each) => variables.match(each.toUpperCase()) !== undefined);
      if (name === undefined || NAMED.test(textBefore(word))) return [];
      return [
        draft(
          word,
          `this publishes the value of ${printText(name)}`,
          'leave the value out; where a request needs it, send it in an Authorization header',
          { subject: { rule: name } },
        ),
      ];
    }),
  );
}

/** The words of a program start that others get to read. */
function publishedWords({ argv }: Invocation): readonly Word[] {
  const name = lastPart(argv[0]?.text ?? '');
  const words = argv.slice(1);
  const content = CLIENTS[name];
  if (content !== undefined)
    return words.filter((word, at) => {
      const own = word.text ?? word.pieces?.[0] ?? '';
      const before = words[at - 1]?.text ?? '';
      return content.test(own) || (content.test(before) && !before.includes('=')) || isQuery(word);
    });
  const command = words.find((word) => word.text !== undefined && !word.text.startsWith('-'))?.text ?? '';
  if (FORGES.has(name) && FORGE_TEXTS.has(command)) return words;
  return name === 'git' && GIT_TEXTS.has(command) ? words : [];
}

/** A URL whose query is partly unknown. */
function isQuery(word: Word): boolean {
  return /^(?:https?:\/\/)?[\w.-]+[/:][^\s]*\?/.test(word.pieces?.[0] ?? '');
}

/** What is known right in front of the first unknown stretch. */
function textBefore({ pieces = [] }: Word): string {
  const unknown = pieces.indexOf(null);
  return unknown > 0 ? (pieces[unknown - 1] ?? '') : '';
}
