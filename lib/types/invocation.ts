/** What a shell text starts: programs with their words. Made by the shell room, read by the program pages. */

import type { Span, Word } from './text.ts';

/** `NAME=value` in front of a program, or exported before it. */
export interface Assignment {
  readonly name: string;
  readonly value: Word;
}

/** A file that the shell itself opens for a program. Here-documents and here-strings are `stdin` instead. */
export interface Redirect {
  readonly op: 'read' | 'write' | 'append' | 'read-write';
  /** File descriptor on the program's side; 1 is standard output. */
  readonly fd: number;
  readonly target: Word;
}

/** One program start, with everything known about it. */
export interface Invocation {
  /** Program and arguments. Empty when only redirects or assignments happen (`> file`). */
  readonly argv: readonly Word[];
  /** Environment of this program that the text itself sets: prefix assignments and exported variables. */
  readonly assignments: readonly Assignment[];
  readonly redirects: readonly Redirect[];
  /** Literal standard input, `'pipe'` when it comes from another program, undefined when inherited. */
  readonly stdin?: Word | 'pipe';
  /** True when its standard output goes to another program. */
  readonly piped?: boolean;
  /** Directory it runs in: absolute when known. */
  readonly cwd: Word;
  /** How it is reached, outermost first: `['xargs', 'bash -c']`. */
  readonly via: readonly string[];
  /** `remote` and `container` when it does not run on this machine's own files. */
  readonly place?: Place;
  /** True when it only may start: the words of a program that nobody knows hold it. */
  readonly uncertain?: boolean;
  readonly span: Span;
}

/** Where something runs; absent means here. */
export type Place = 'remote' | 'container';

/** Languages whose code the product can look into. `sh` is every POSIX-like shell. */
export type Language =
  | 'sh'
  | 'python'
  | 'javascript'
  | 'perl'
  | 'ruby'
  | 'php'
  | 'awk'
  | 'lua'
  | 'r'
  | 'julia'
  | 'applescript'
  | 'sql'
  | 'unknown';

/** Something that an invocation runs in turn. */
export type Nested =
  | (NestedBase & { readonly kind: 'argv'; readonly argv: readonly Word[] })
  | (NestedBase & {
      readonly kind: 'code';
      readonly lang: Language;
      readonly code: Word;
      /** `$0 $1 …` of a shell text. */
      readonly args?: readonly Word[];
    })
  | (NestedBase & {
      readonly kind: 'file';
      readonly lang: Language;
      readonly path: Word;
      readonly args?: readonly Word[];
    });

interface NestedBase {
  /** Short name of the step for `via`: `xargs`, `bash -c`, `git rebase --exec`. */
  readonly via: string;
  /** Directory, when another than the invocation's. */
  readonly cwd?: Word;
  readonly place?: Place;
  /** Environment added for it. */
  readonly assignments?: readonly Assignment[];
  /** Standard input when another than the invocation's. */
  readonly stdin?: Word | 'pipe';
  /** True when it only may run. */
  readonly uncertain?: boolean;
}
