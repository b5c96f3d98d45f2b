/** Programs that tell names, sizes and kinds of files, never what they say. */

import type { Word } from '../../types/text.ts';
import { file } from '../effects.ts';
import { type Call, definePage, type Outcome, type Page } from '../page.ts';
import { readsOf, writesOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

const SPECS: Readonly<Record<string, string>> = {
  ls: 'I= ignore= w= width= T= tabsize= block-size= color? format= hide= indicator-style= quoting-style= sort= time= time-style= hyperlink? a all A l R recursive help version',
  tree: 'L= P= I= o= gitfile= infofile= H= T= charset= filelimit= fromfile timefmt= sort= hintro= houtro=',
  du: 'B= block-size= d= max-depth= t= threshold= time? time-style= X= exclude-from= exclude= files0-from= 0 null a all apparent-size b bytes c total s summarize h human-readable help version',
  df: 'B= block-size= t= type= x= exclude-type= output? h help version',
  stat: 'c= format= f file-system L dereference t terse printf= cached= help version',
  exa: 'L= level= s= sort= I= ignore-glob= t= time= time-style= color= w= width= R recurse T tree',
};
/** Spellings of the same program. */
const SAME: Readonly<Record<string, string>> = {
  gls: 'ls',
  dir: 'ls',
  vdir: 'ls',
  lsd: 'exa',
  eza: 'exa',
  gstat: 'stat',
  gdu: 'du',
};

function readList(call: Call): Outcome {
  const parsed = readOptions(call.args, SPECS[SAME[call.name] ?? call.name] ?? '');
  if (asksForHelp(parsed)) return { effects: [] };
  const output: readonly Word[] = call.name === 'tree' ? parsed.values('o') : [];
  const fromFile = call.name === 'tree' && parsed.has('fromfile');
  const lists = [...parsed.values('files0-from', 'X', 'exclude-from'), ...(fromFile ? parsed.operands : [])];
  return {
    effects: [
      ...(fromFile ? [] : parsed.operands.map((path) => file('list', path))),
      ...readsOf(call.name === 'du' || fromFile ? lists : []),
      ...output.flatMap((path) => writesOf(path)),
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: [
      ...Object.keys(SPECS),
      ...Object.keys(SAME),
      'namei',
      'lsattr',
      'getfacl',
      'pathchk',
      'broot',
      'ncdu',
      'dust',
    ],
    about: 'lists names and sizes',
    read: readList,
    examples: [
      { command: 'ls -la ~/.ssh', effects: [{ kind: 'file', op: 'list' }] },
      { command: 'tree -L 2 -o out.txt src', effects: [{ kind: 'file', op: 'write', path: 'out.txt' }] },
      { command: 'du -sh node_modules', effects: [] },
    ],
  }),
];
