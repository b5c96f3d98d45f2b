/** Names of programs: which of them read shell text, and what a path calls itself. */

/** Programs that read shell text. */
export const SHELLS: ReadonlySet<string> = new Set(
  'sh bash dash ash zsh ksh ksh93 mksh rbash yash fish rsh hush csh tcsh'.split(' '),
);

/** Last component of a program's path, lower case, without `.exe`. */
export function baseName(program: string): string {
  return program
    .slice(program.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/\.exe$/, '');
}
