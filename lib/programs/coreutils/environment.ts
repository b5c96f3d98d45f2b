/** Programs that print the environment. Wrapping another program with env is the shell room's business. */

import type { EnvEffect } from '../../types/effect.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { programWord, readsOf } from './paths.ts';
import { asksForHelp, readOptions } from './spec.ts';

function dump(call: Call): EnvEffect {
  return { kind: 'env', op: 'dump', shown: true, span: programWord(call).span };
}

function readEnv(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'i ignore-environment 0 null u= unset= C= chdir= S= split-string= v debug block-signal? default-signal? ignore-signal? list-signal-handling argv0= a= P= help version f= file=',
    { stopAtOperand: true },
  );
  if (asksForHelp(parsed) || parsed.has('S', 'split-string')) return NOTHING;
  const hasCommand = parsed.operands.some(
    (word) => !/^[A-Za-z_]\w*=/.test(word.text ?? word.pieces?.[0] ?? ''),
  );
  // `-` alone and -i start from nothing: only what the text itself sets is printed.
  const isEmpty = parsed.has('i', 'ignore-environment') || parsed.operands[0]?.text === '-';
  return hasCommand || isEmpty ? NOTHING : { effects: [dump(call)] };
}

function readPrintenv(call: Call): Outcome {
  const parsed = readOptions(call.args, '0 null help version');
  if (asksForHelp(parsed)) return NOTHING;
  if (parsed.operands.length === 0) return { effects: [dump(call)] };
  return {
    effects: parsed.operands.map((word) => ({
      kind: 'env',
      op: 'read',
      shown: true,
      span: word.span,
      ...(word.text === undefined ? {} : { name: word.text }),
    })),
  };
}

/** `ps e`, `ps auxe`: the BSD letter shows every process's environment; `-e` does not. */
function readPs(call: Call): Outcome {
  const parsed = readOptions(
    call.args,
    'u= U= p= q= C= G= g= t= o= O= s= k= sort= pid= ppid= format= user= User= group= cols= width= rows= e f A a x w E',
  );
  const shows = parsed.operands.some(
    (word, index) =>
      /^[aAcCefghjlmnrSTuvwxXZ]*e[aAcCefghjlmnrSTuvwxXZ]*[oOkUpt]?$/.test(word.text ?? '') &&
      // `ps axo fname`: a cluster that ends so takes the next word.
      !/^[A-Za-z]+[oOkUpt]$/.test(parsed.operands[index - 1]?.text ?? ''),
  );
  return shows || parsed.has('E') ? { effects: [dump(call)] } : NOTHING;
}

function readEnvsubst(call: Call): Outcome {
  const parsed = readOptions(call.args, 'v variables i= o= no-unset no-empty help version');
  return { effects: readsOf(parsed.values('i')) };
}

export const pages: readonly Page[] = [
  definePage({
    names: ['env', 'genv'],
    about: 'prints the environment when it is given no program',
    read: readEnv,
    examples: [
      { command: 'env', effects: [{ kind: 'env', op: 'dump', shown: true }] },
      { command: 'env A=1', effects: [{ kind: 'env', op: 'dump', shown: true }] },
      { command: 'env -u FOO A=1 true', effects: [] },
      { command: 'env -i', effects: [] },
    ],
  }),
  definePage({
    names: ['printenv'],
    about: 'prints variables of the environment',
    read: readPrintenv,
    examples: [
      { command: 'printenv', effects: [{ kind: 'env', op: 'dump', shown: true }] },
      { command: 'printenv HOME', effects: [{ kind: 'env', op: 'read', name: 'HOME', shown: true }] },
      { command: 'printenv --help', effects: [] },
    ],
  }),
  definePage({
    names: ['ps'],
    about: 'lists processes, with their environment when asked',
    read: readPs,
    examples: [
      { command: 'ps auxe', effects: [{ kind: 'env', op: 'dump', shown: true }] },
      { command: 'ps aux', effects: [] },
      { command: 'ps -ef', effects: [] },
    ],
  }),
  definePage({
    names: ['envsubst'],
    about: 'fills variables into text',
    read: readEnvsubst,
    examples: [
      { command: 'envsubst -i a.tmpl', effects: [{ kind: 'file', op: 'read', path: 'a.tmpl' }] },
      { command: 'echo x | envsubst', effects: [] },
      { command: 'envsubst --help', effects: [] },
    ],
  }),
];
