/** Shows outcomes of pages as short lines, so that tests read as tables. */

import type { Outcome } from '../../lib/programs/page.ts';
import type { Effect } from '../../lib/types/effect.ts';
import type { Word } from '../../lib/types/text.ts';

/** A word as text; an unknown stretch shows as `…`. */
export function showWord(word: Word): string {
  return word.text ?? (word.pieces ?? [null]).map((piece) => piece ?? '…').join('');
}

function showEffect(effect: Effect): string {
  if (effect.kind === 'file')
    return [
      effect.op,
      ...(effect.from ? [showWord(effect.from), '->'] : []),
      showWord(effect.path),
      ...(effect.recursive ? ['recursive'] : []),
      ...(effect.clobbers ? ['clobbers'] : []),
      ...(effect.bytes === undefined ? [] : [`bytes=${effect.bytes}`]),
      ...(effect.mode === undefined ? [] : [`mode=${effect.mode}`]),
    ].join(' ');
  if (effect.kind === 'net')
    return [
      effect.op,
      `${effect.scheme ? `${effect.scheme}://` : ''}${showWord(effect.host)}${effect.port ? `:${effect.port}` : ''}${effect.path ?? ''}`,
      ...(effect.method ? [effect.method] : []),
      ...(effect.sends ? [`sends=${effect.sends.map(showWord).join(',')}`] : []),
    ].join(' ');
  if (effect.kind === 'data')
    return `data ${effect.system} ${effect.op} ${effect.target ? showWord(effect.target) : ''}${effect.destructive ? ' destructive' : ''}`;
  if (effect.kind === 'env')
    return `env ${effect.op}${effect.name ? ` ${effect.name}` : ''}${effect.shown ? ' shown' : ''}`;
  if (effect.kind === 'run')
    return `run ${showWord(effect.program)}${effect.interactive ? ' interactive' : ''}${effect.remote ? ' remote' : ''}`;
  if (effect.kind === 'opaque') return `opaque ${effect.cause}`;
  return effect.kind;
}

/** Every effect on a line, then every nested step as `> sh: text` or `> argv: words`. */
export function showOutcome(outcome: Outcome): readonly string[] {
  const runs = (outcome.runs ?? []).map((run) => {
    const place = run.place ? `${run.place} ` : '';
    if (run.kind === 'argv') return `> ${place}argv: ${run.argv.map(showWord).join(' ')}`;
    return `> ${place}${run.lang}${run.kind === 'file' ? ' file' : ''}: ${showWord(run.kind === 'code' ? run.code : run.path)}`;
  });
  return [...outcome.effects.map(showEffect), ...runs];
}
