/** A parsed patch as file effects and texts. */

import type { Effect } from '../types/effect.ts';
import type { TextFact } from '../types/facts.ts';
import type { Patch } from '../types/patch.ts';
import type { Span, Word } from '../types/text.ts';

/** What a patch does to files; a malformed one also says that it cannot be judged. */
export function patchEffects(patch: Patch, span: Span): Effect[] {
  const word = (text: string): Word => ({ text, glob: false, span });
  const effects = patch.files.flatMap((file): Effect[] => {
    const size = {
      added: file.added,
      removed: file.removed,
      bytes: file.added.reduce((sum, line) => sum + line.length + 1, 0),
    };
    if (file.op === 'delete') return [{ kind: 'file', op: 'delete', path: word(file.path), span, ...size }];
    // Codex overwrites what is there already.
    if (file.op === 'add')
      return [{ kind: 'file', op: 'create', path: word(file.path), span, clobbers: true, ...size }];
    const update: Effect = { kind: 'file', op: 'write', path: word(file.path), span, ...size };
    if (file.moveTo === undefined) return [update];
    // Codex removes the old path last, so a move onto itself is a deletion.
    if (file.moveTo === file.path) return [{ ...update, op: 'delete' }];
    return [update, { kind: 'file', op: 'move', path: word(file.moveTo), from: word(file.path), span }];
  });
  if (!patch.ok)
    effects.push({ kind: 'opaque', why: `the patch is malformed (${patch.error})`, cause: 'syntax', span });
  return effects;
}

/** Lines that a patch adds, by file; context and removed lines are no news. */
export function patchTexts(patch: Patch): TextFact[] {
  return patch.files
    .filter((file) => file.added.length > 0)
    .map((file) => ({ where: 'patch', text: file.added.join('\n'), path: file.moveTo ?? file.path }));
}
