/** Requests whose address is a path alone, as of a client that was given its host once: `Client(base_url=…)`, `axios.create({ baseURL })`. */

import type { Effect } from '../../types/effect.ts';
import { net } from '../effects.ts';

const MENTION = /base_?url/gi;
const GIVEN = /\bbase_?url["']?\s{0,4}[=:]\s{0,4}["'`](https?:\/\/[^"'`\s$]{1,200})["'`]/gi;

/**
 * The effects with whole addresses where the text writes out every base that it speaks of; as they are where one of them shows
 * only when it runs.
 */
export function completeAddresses(effects: readonly Effect[], code: string): readonly Effect[] {
  const mentions = code.match(MENTION)?.length ?? 0;
  if (mentions === 0) return effects;
  const bases = [...code.matchAll(GIVEN)].map(([, base = '']) => base);
  if (bases.length !== mentions) return effects;
  return effects.flatMap((effect) => {
    if (effect.kind !== 'net' || effect.host.text !== '') return [effect];
    const { host, ...rest } = effect;
    return [...new Set(bases)].map((base) => ({ ...net({ ...host, text: base }), ...rest }));
  });
}
