/** Programs that show text page by page, and the commands they can be told to run. */

import type { Effect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { knownStart, partOf } from '../options.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { filterOutput } from '../text-filters.ts';
import { readsOf, writesOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

function code(via: string, text: Word): Nested {
  return { kind: 'code', via, lang: 'sh', code: text };
}

/** Shell commands that variables of the text hand to the program. */
function fromEnvironment(call: Call, names: readonly string[]): readonly Nested[] {
  return call.invocation.assignments
    .filter(({ name }) => names.includes(name))
    .map(({ name, value }) =>
      code(
        name,
        /^[|-]/.test(knownStart(value)) ? partOf(value, knownStart(value).search(/[^|-]|$/)) : value,
      ),
    );
}

function readLess(call: Call): Outcome {
  const typed = call.args.filter((word) => /^\+/.test(knownStart(word)));
  const parsed = readOptions(
    call.args.filter((word) => !typed.includes(word)),
    'b= buffers= h= max-back-scroll= j= jump-target= k= lesskey-file= lesskey-src= lesskey-content= n N o= log-file= O= LOG-FILE= p= pattern= P= prompt= t= tag= T= tag-file= x= tabs= y= max-forw-scroll= z= window= "= quotes= #= shift= D= color= e E f F g G i I K L m M q Q r R s S u U V w W X help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const options = call.invocation.assignments.findLast(({ name }) => name === 'LESS')?.value;
  // `+!cmd` and `++!cmd` are typed for the reader; `LESS='+!cmd'` likewise.
  const commands = [...typed, ...(options ? [options] : [])].flatMap((word) => {
    const match = /\+\+?[!|#]\s*/.exec(knownStart(word));
    return match ? [partOf(word, match.index + match[0].length)] : [];
  });
  const effects: Effect[] = [
    ...readsOf([...parsed.operands, ...parsed.values('k', 'lesskey-file', 'lesskey-src', 'T', 'tag-file')]),
    ...parsed.values('o', 'O', 'log-file', 'LOG-FILE').flatMap((path) => writesOf(path)),
  ];
  const stdout = parsed.operands.length === 0 ? filterOutput(call) : undefined;
  return {
    effects,
    runs: [
      ...commands.map((text) => code('less +!', text)),
      ...fromEnvironment(call, ['LESSOPEN', 'LESSCLOSE']),
    ],
    ...(stdout === undefined ? {} : { stdout }),
  };
}

function readMan(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'C= config-file= P= pager= H? html? M= manpath= S= s= sections= L= locale= m= systems= e= extension= E= encoding= p= preprocessor= r= prompt= R= recode= T? troff-device? X? gxditview? f k K w W l local-file a all help version',
  );
  if (asksForHelp(parsed)) return NOTHING;
  const given = [...parsed.values('P', 'pager'), ...parsed.values('H', 'html')];
  return {
    effects: [
      ...readsOf(parsed.values('C', 'config-file')),
      ...(parsed.has('l', 'local-file') ? readsOf(parsed.operands) : []),
      ...parsed.operands.flatMap((word) => (word.text?.includes('/') ? readsOf([word]) : [])),
    ],
    runs: [
      ...given.map((text) => code('man --pager', text)),
      ...fromEnvironment(call, ['MANPAGER', 'PAGER', 'BROWSER', 'LESSOPEN', 'LESSCLOSE']),
    ],
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['less', 'more', 'most', 'pg', 'zless', 'bzless', 'xzless', 'moar', 'ov'],
    about: 'shows text page by page',
    read: readLess,
    examples: [
      {
        command: "less '+!rm -rf /home/user' a",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      {
        command: "LESSOPEN='|rm -rf /home/user' less a",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      { command: 'less .env', effects: [{ kind: 'file', op: 'read', path: '.env' }] },
      { command: 'less +G build.log', effects: [] },
    ],
  }),
  definePage({
    names: ['man', 'apropos', 'whatis', 'info'],
    about: 'shows manuals',
    read: readMan,
    examples: [
      {
        command: "man -P 'rm -rf /home/user' ls",
        effects: [{ kind: 'file', op: 'delete', path: '/home/user' }],
      },
      { command: 'man git-push', effects: [] },
      { command: 'man -P cat ls', effects: [] },
    ],
  }),
];
