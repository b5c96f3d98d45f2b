/** The main program, which all events share. */

export { runHook } from './run-hook.ts';
