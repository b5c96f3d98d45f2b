/** apply_patch given to the shell: its here-document or argument is a patch. */

import { parsePatch } from '../patch/parse-patch.ts';
import { patchEffects } from '../patch/patch-effects.ts';
import { opaque } from './effects.ts';
import { definePage, type Page } from './page.ts';

export const pages: readonly Page[] = [
  definePage({
    names: ['apply_patch', 'applypatch'],
    about: "Codex's patch tool, which also works as a shell command",
    read: ({ args, invocation }) => {
      const source =
        args.find((word) => word.text?.includes('*** Begin Patch')) ??
        (typeof invocation.stdin === 'object' ? invocation.stdin : args[0]);
      const near = source ?? invocation.argv[0];
      if (near === undefined) return { effects: [] };
      if (source?.text === undefined)
        return { effects: [opaque(near, 'apply_patch gets a patch that is known only when it runs')] };
      return { effects: patchEffects(parsePatch(source.text), source.span) };
    },
    examples: [
      {
        command: "apply_patch <<'EOF'\n*** Begin Patch\n*** Delete File: src/a.ts\n*** End Patch\nEOF",
        effects: [{ kind: 'file', op: 'delete', path: 'src/a.ts' }],
      },
      {
        command: "apply_patch '*** Begin Patch\n*** Add File: n.txt\n+x\n*** End Patch'",
        effects: [{ kind: 'file', op: 'create', path: 'n.txt' }],
      },
      { command: 'apply_patch "$PATCH"', effects: [{ kind: 'opaque' }] },
    ],
  }),
];
