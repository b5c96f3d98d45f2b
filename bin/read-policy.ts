/** Reads the policy in force for a command, and tells what is wrong with its files. */

import { loadPolicy, openHost, type Policy, PolicyError, type PolicyInput, policyInput } from '../lib/api.ts';
import type { Terminal } from './command.ts';
import { findInput } from './read-input.ts';

/**
 * Where the policy in force for a directory is read from.
 *
 * @param path a policy file to lay over it instead of CODEX_GUARD_POLICY, as somebody named it
 * @throws InputError when there is no such file
 */
export function policySources(terminal: Terminal, cwd: string, path?: string): PolicyInput {
  const host = openHost({ sessionCwd: cwd, callCwd: cwd, env: terminal.env });
  const more = path === undefined ? terminal.env.CODEX_GUARD_POLICY : findInput(path, terminal);
  return policyInput(host, cwd, new Date(), more);
}

/**
 * Loads the policy in force for a directory, and tells when something is wrong with its files.
 *
 * @param path as for {@link policySources}
 * @throws PolicyError when that file cannot be used as written
 */
export function readPolicy(terminal: Terminal, cwd: string, path?: string): Policy {
  const sources = policySources(terminal, cwd, path);
  const policy = loadPolicy(sources);
  checkPolicy(policy, path === undefined ? undefined : sources.environmentPath, terminal);
  return policy;
}

/** Refuses a policy whose file was named and is wrong; tells of problems in the others. @param named its absolute path */
export function checkPolicy({ problems }: Policy, named: string | undefined, terminal: Terminal): void {
  const wrong = problems.find(({ severity, file }) => severity === 'error' && file === named);
  if (wrong !== undefined)
    throw new PolicyError(wrong.message, wrong.file, wrong.line, wrong.column, wrong.hint);
  if (problems.length > 0)
    terminal.err(
      `warning: ${problems.length} problem${problems.length === 1 ? '' : 's'} in the files of the policy; codex-guard policy check shows ${problems.length === 1 ? 'it' : 'them'}`,
    );
}
