/** Gathers what a program text does, each thing once. Knows no language. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { opaque } from '../effects.ts';
import type { Outcome } from '../page.ts';

/** Effects and runs of one text that are told apart; more is a text nobody can judge. */
const MAX_FOUND = 2000;

export interface Sink {
  readonly effect: (effect: Effect) => void;
  readonly run: (nested: Nested) => void;
  readonly outcome: () => Outcome;
}

export function createSink(near: Word): Sink {
  const effects = new Map<string, Effect>();
  const runs = new Map<string, Nested>();
  const hasRoom = (): boolean => {
    if (effects.size + runs.size < MAX_FOUND) return true;
    effects.set('limit', opaque(near, 'its code does more things than are looked at', 'limit'));
    return false;
  };
  return {
    effect: (effect) => void (hasRoom() && effects.set(JSON.stringify(effect), effect)),
    run: (nested) => void (hasRoom() && runs.set(JSON.stringify(nested), nested)),
    outcome: () =>
      runs.size > 0
        ? { effects: [...effects.values()], runs: [...runs.values()] }
        : { effects: [...effects.values()] },
  };
}
