/** Option grammar for program pages; it lives in the shell room, which needs it for wrappers. */

export * from '../shell/arguments.ts';
