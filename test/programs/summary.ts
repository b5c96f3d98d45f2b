/** Sums up outcomes of pages as short lines with everything that guards ask for, so that tests read as tables. */

import type { Outcome, Page } from '../../lib/programs/page.ts';
import type { Effect } from '../../lib/types/effect.ts';
import type { Word } from '../../lib/types/text.ts';
import { type CallSetup, readWith } from './call.ts';

/** A word as text; an unknown stretch shows as `…`. */
function showWord(word: Word | undefined): string {
  return word === undefined
    ? ''
    : (word.text ?? (word.pieces ?? [null]).map((piece) => piece ?? '…').join(''));
}

/** Names of the flags that are set. */
function flags(effect: object, ...names: readonly string[]): string[] {
  return names.filter((name) => (effect as Record<string, unknown>)[name] === true);
}

function sumUp(effect: Effect): string {
  const place = effect.place ? [`in ${effect.place}`] : [];
  const parts = (() => {
    switch (effect.kind) {
      case 'file':
        return [effect.op, showWord(effect.path), ...flags(effect, 'recursive')];
      case 'net':
        return [effect.op, effect.registry ? `registry:${effect.registry}` : showWord(effect.host)];
      case 'package':
        return [
          'package',
          effect.op,
          effect.names.map(showWord).join(','),
          effect.source,
          ...flags(effect, 'runsScripts', 'global'),
        ];
      case 'data':
        return [effect.destructive ? 'destroy' : 'change', effect.system, effect.op, showWord(effect.target)];
      case 'secret':
        return ['secret', effect.op, effect.store, showWord(effect.target)];
      case 'run':
        return ['run', effect.privilege ?? '', ...flags(effect, 'interactive', 'persistent', 'remote')];
      case 'env':
        return ['env', effect.op, effect.name ?? ''];
      case 'git':
        return ['git', effect.op];
      case 'opaque':
        return ['opaque', effect.cause];
      default:
        return [effect.kind];
    }
  })();
  return [...parts, ...place].filter((part) => part !== '').join(' ');
}

/** One line for each effect, then one for each nested step: `> sh: text`, `> words`, with its directory and place. */
export function summary(outcome: Outcome): readonly string[] {
  const runs = (outcome.runs ?? []).map((run) => {
    const where = `${run.place ? `${run.place} ` : ''}${run.cwd ? `${showWord(run.cwd)} ` : ''}`;
    if (run.kind === 'argv') return `> ${where}${run.argv.map(showWord).join(' ')}`;
    if (run.kind === 'file') return `> ${where}${run.lang} file: ${showWord(run.path)}`;
    return `> ${where}${run.lang}: ${showWord(run.code)}`;
  });
  return [...outcome.effects.map(sumUp), ...runs];
}

/** What the page among `pages` says of a line. */
export function summaryOf(pages: readonly Page[], line: string, setup?: CallSetup): readonly string[] {
  return summary(readWith(pages, line, setup));
}
