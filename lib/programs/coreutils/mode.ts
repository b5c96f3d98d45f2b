/** Programs that change who may do what with a file: chmod, chown, ACLs and attributes. */

import type { Word } from '../../types/text.ts';
import { file } from '../effects.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { readsOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

/** `-x`, `-w,u+r`: a mode that looks like options. */
const DASHED_MODE = /^-[rwxXstugo0-7][rwxXstugo0-7,=+-]*$/;
const DASHED_ATTRIBUTES = /^[-+=][aAcCdDeFijmPsStTux]+$/;

function readChmod(call: Call): Outcome {
  const isMode = (word: Word) => call.name.endsWith('chmod') && DASHED_MODE.test(word.text ?? '');
  const end = call.args.findIndex((word) => word.text === '--');
  const dashed = call.args.find((word, index) => (end < 0 || index < end) && isMode(word));
  const parsed = readOptions(
    call.args.filter((word) => word !== dashed),
    'c changes f silent quiet v verbose dereference h no-dereference from= no-preserve-root preserve-root reference= R recursive H L P help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const recursive = parsed.has('R', 'recursive') ? { recursive: true } : {};
  const isCopied = dashed !== undefined || parsed.has('reference');
  const paths = isCopied ? parsed.operands : parsed.operands.slice(1);
  const mode = call.name.endsWith('chmod')
    ? (dashed ?? (isCopied ? undefined : parsed.operands[0]))?.text
    : undefined;
  return {
    effects: paths.map((path) =>
      file('chmod', path, { ...recursive, ...(mode === undefined ? {} : { mode }) }),
    ),
  };
}

function readSetfacl(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'm= modify= M= modify-file= x= remove= X= remove-file= set= set-file= b remove-all k remove-default n no-mask mask d default R recursive L logical P physical restore= test help version',
  );
  if (asksForHelp(parsed) || parsed.has('test')) return NOTHING;
  const recursive = parsed.has('R', 'recursive') ? { recursive: true } : {};
  const lists = parsed.values('M', 'modify-file', 'X', 'remove-file', 'set-file', 'restore');
  return {
    effects: [...readsOf(lists), ...parsed.operands.map((path) => file('chmod', path, recursive))],
  };
}

function readChattr(call: Call): Outcome {
  const attributes = call.args.find((word) => DASHED_ATTRIBUTES.test(word.text ?? ''));
  const parsed = readOptions(
    call.args.filter((word) => word !== attributes),
    'R V f v= p=',
  );
  const recursive = parsed.has('R') ? { recursive: true } : {};
  const paths = call.name === 'chflags' ? parsed.operands.slice(1) : parsed.operands;
  const mode = attributes?.text ?? (call.name === 'chflags' ? parsed.operands[0]?.text : undefined);
  return {
    effects: paths.map((path) =>
      file('chmod', path, { ...recursive, ...(mode === undefined ? {} : { mode }) }),
    ),
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['chmod', 'chown', 'chgrp', 'gchmod', 'gchown', 'chcon'],
    about: 'changes mode and owner',
    read: readChmod,
    examples: [
      {
        command: 'chmod -R 000 /home/user',
        effects: [{ kind: 'file', op: 'chmod', path: '/home/user', recursive: true, mode: '000' }],
      },
      {
        command: 'chmod -x .git/hooks/pre-commit',
        effects: [{ kind: 'file', op: 'chmod', path: '.git/hooks/pre-commit', mode: '-x' }],
      },
      {
        command: 'chown -R me:me dist',
        effects: [{ kind: 'file', op: 'chmod', path: 'dist', recursive: true }],
      },
      { command: 'chmod --help', effects: [] },
    ],
  }),
  definePage({
    names: ['setfacl'],
    about: 'changes access lists',
    read: readSetfacl,
    examples: [
      {
        command: 'setfacl -m u:bob:rw notes.txt',
        effects: [{ kind: 'file', op: 'chmod', path: 'notes.txt' }],
      },
      {
        command: 'setfacl -R -b dist',
        effects: [{ kind: 'file', op: 'chmod', path: 'dist', recursive: true }],
      },
      { command: 'setfacl --test -m u:bob:rw notes.txt', effects: [] },
    ],
  }),
  definePage({
    names: ['chattr', 'chflags'],
    about: 'changes file attributes',
    read: readChattr,
    examples: [
      { command: 'chattr -i .env', effects: [{ kind: 'file', op: 'chmod', path: '.env', mode: '-i' }] },
      { command: 'chattr -R +i src', effects: [{ kind: 'file', op: 'chmod', path: 'src', recursive: true }] },
      { command: 'chflags uchg a', effects: [{ kind: 'file', op: 'chmod', path: 'a', mode: 'uchg' }] },
    ],
  }),
];
