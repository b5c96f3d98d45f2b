/** The effect on a disk. Knows no program. */

import type { DataEffect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';

/** Something done to a disk, a volume or a pool; `destructive` when its content is lost. */
export function disk(op: string, target: Word, destructive = true): DataEffect {
  return { kind: 'data', system: 'disk', op, destructive, target, span: target.span };
}
