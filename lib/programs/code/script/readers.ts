/** The readers of the script languages that are read by their tokens, together: they share most of their code. */

export { readAwk } from './awk.ts';
export { readPerl } from './perl.ts';
export { readPhp } from './php.ts';
export { readRuby } from './ruby.ts';
export { readAppleScript, readJulia, readLua, readR } from './small.ts';
