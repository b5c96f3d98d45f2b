/** Reads TypeScript by its tokens: what acorn does not take is looked through for the same calls. */

import type { Outcome } from '../../page.ts';
import { javascriptDialect } from '../javascript/calls.ts';
import type { Surroundings } from '../machine.ts';
import type { Manner } from './manner.ts';
import { readScript } from './reader.ts';

const TYPESCRIPT: Manner = {
  lexicon: {
    lineComments: ['//', '#!'],
    blockComments: [['/*', '*/']],
    sigils: '',
    raw: '',
    cooked: '\'"`',
    command: '',
    interpolation: 'template',
    patterns: true,
    colonKeys: true,
    inNames: /[\p{L}_$][\p{L}\p{N}_$]*/uy,
  },
  lines: true,
  members: /^(?:\.|\?\.)$/,
  joins: /^\+$/,
  assigns: /^(?:=|\+=|\?\?=|\|\|=)$/,
  casts: /^(?:as|satisfies)$/,
  bareCalls: false,
  autoCalls: false,
};

/** What a TypeScript text does. */
export function readTypeScript(code: string, around: Surroundings): Outcome {
  return readScript(code, around, javascriptDialect(), TYPESCRIPT);
}
