/** Judges what ends processes: Codex, the guard, or everything at once. Which files and switches there are is judged elsewhere. */

import { draft } from '../../kit/draft.ts';
import { lastPart } from '../../kit/paths.ts';
import type { Facts } from '../../types/facts.ts';
import type { Invocation } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import type { FindingDraft } from '../../types/verdict.ts';

/** Programs that end processes by name, and those that only look them up. */
const ENDS_NAMED: ReadonlySet<string> = new Set(['pkill', 'killall', 'skill', 'taskkill']);
const FINDS_NAMED: ReadonlySet<string> = new Set(['pgrep', 'pidof']);
/** Codex or the guard as a name or as the end of a path, not as the start of a longer name; `[c]odex` is a usual way to write it. */
const OWN_NAME = /(?:^|[\s/|(*^.])\[?c\]?odex(?:-guard)?(?:$|[\s|)$*./])/i;
/** Processes that are everybody's: the first one, and all of them. */
const EVERYBODY: ReadonlySet<string> = new Set(['1', '-1']);
const REMEDY = 'end the processes that you started yourself, by their number';

/** Findings about processes that are ended; numbers that a look-up for Codex gives count as its own. */
export function judgeProcesses(facts: Facts): readonly FindingDraft[] {
  const here = facts.invocations.filter(({ place }) => place === undefined);
  const looksUp = here.some(
    (invocation) => FINDS_NAMED.has(programName(invocation)) && namesOwn(invocation) !== undefined,
  );
  return here.flatMap((invocation): readonly FindingDraft[] => {
    const name = programName(invocation);
    const found = ENDS_NAMED.has(name)
      ? namesOwn(invocation)
      : name === 'kill'
        ? findOwnNumber(invocation, looksUp)
        : undefined;
    if (found === undefined) return [];
    const what = EVERYBODY.has(found.text ?? '') ? 'every process' : 'Codex or its guard';
    return [draft(found, `this ends ${what}`, REMEDY, { subject: { command: name } })];
  });
}

function namesOwn({ argv }: Invocation): Word | undefined {
  return argv.slice(1).find(({ text }) => text !== undefined && !text.startsWith('-') && OWN_NAME.test(text));
}

/** The number among those of `kill` that is not the agent's to end. */
function findOwnNumber({ argv }: Invocation, looksUp: boolean): Word | undefined {
  const [first, ...rest] = argv.slice(1);
  // Signal 0 ends nothing, and `-l` lists.
  if (first === undefined || /^-(?:0|l|L|s0|-list)$/.test(first.text ?? '')) return undefined;
  const numbers = first.text?.startsWith('-') ? rest.filter(({ text }) => text !== '--') : [first, ...rest];
  return numbers.find(
    (word) =>
      EVERYBODY.has(word.text ?? '') ||
      word.variables?.includes('PPID') === true ||
      (looksUp && word.text === undefined),
  );
}

function programName({ argv }: Invocation): string {
  return lastPart(argv[0]?.text ?? '').toLowerCase();
}
