/** What unpacking an archive writes. Knows no program. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { file, joinWord, wordAt } from '../effects.ts';
import type { Call } from '../page.ts';

/** Named members below a directory (here when there is none), or all of it. */
export function extracted(
  call: Call,
  directory: Word | undefined,
  members: readonly Word[],
  clobbers: boolean,
): readonly Effect[] {
  const more = { recursive: true, clobbers };
  if (members.length > 0)
    return members.map((member) => file('write', directory ? joinWord(directory, member) : member, more));
  return [file('write', directory ?? wordAt('.', programWord(call)), more)];
}
