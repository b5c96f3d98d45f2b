/**
 * Decides whether Codex's question may be answered in the person's place. What is approved runs without a sandbox, so this trusts
 * neither the parser nor the guards alone: it only knows a short list of programs that read, in plain text.
 */

import type { HostFacts } from '../kit/host-facts.ts';
import { isWithin } from '../kit/paths.ts';
import type { Effect } from '../types/effect.ts';
import type { Facts } from '../types/facts.ts';
import type { HostView } from '../types/host.ts';
import type { Invocation } from '../types/invocation.ts';
import type { Payload } from '../types/payload.ts';
import type { Policy } from '../types/policy.ts';
import { judge } from './judge.ts';
import { LOADERS, READERS } from './readers.ts';

export interface Question {
  readonly payload: Payload;
  readonly facts: Facts;
  readonly policy: Policy;
  readonly hostFacts: HostFacts;
  readonly host: HostView;
  readonly sessionCwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const LONGEST_COMMAND = 2_000;
/** Redirects that lose messages, and nothing else. */
const HARMLESS_REDIRECT = / 2>(?:&1|\/dev\/null)(?= |$|[;|&])/g;
/** One line of printable ASCII without expansions, substitutions, functions, redirects and escapes. */
const PLAIN = /^[ "#%&'*+,\-./0-9:;=?@A-Z[\]^_a-z|~]*$/;
/** The commands of such a line. */
const COMMAND = /(?:'[^']*'|"[^"]*"|[^'"|&;])+/g;

/** True when a step only reads the project, and everything about it is known. */
export function canApprove(question: Question): boolean {
  const { payload, facts, policy, host, sessionCwd, env } = question;
  const [project, ...others] = host.projects;
  if (policy.autoApprove !== true || policy.mode !== 'enforce' || facts.event !== 'PermissionRequest')
    return false;
  if (payload.call?.kind !== 'shell' || project === undefined || others.length > 0) return false;
  return (
    isWithin(host.realPath(sessionCwd), project) &&
    isWithin(host.realPath(payload.cwd), project) &&
    facts.parse === 'whole' &&
    facts.problems.length === 0 &&
    isOrdinary(env, host) &&
    isListOfReaders(payload.call.command, facts.invocations) &&
    facts.invocations.every((each) => isReader(each, project)) &&
    facts.effects.every((each) => isReading(each, project)) &&
    isClean(question)
  );
}

/** No exception, no «pass what is unknown»: nobody who made one of them thought of a step without a sandbox. */
function isClean({ facts, policy, hostFacts }: Question): boolean {
  const strict: Policy = { ...policy, exceptions: [], uncertain: 'deny' };
  const { findings, failures, tier } = judge({ facts, policy: strict, hostFacts });
  return findings.length === 0 && failures.length === 0 && tier === 1;
}

/** Programs come from where the agent cannot write in its sandbox, and nothing is loaded into them. */
function isOrdinary(env: Question['env'], host: HostView): boolean {
  const own = [...host.projects, ...host.temporary];
  // Codex puts a folder of its own home in front.
  const isSafe = (folder: string): boolean =>
    isWithin(folder, host.codexHome) || !own.some((root) => isWithin(folder, root));
  const path = (env.PATH ?? '').split(':');
  return (
    path.every((entry) => entry.startsWith('/') && isSafe(host.realPath(entry))) &&
    !Object.keys(env).some((name) => LOADERS.test(name) && env[name] !== undefined)
  );
}

/** Every command of the text starts with the name of a reader, and no command runs that the text does not show. */
function isListOfReaders(text: string, invocations: readonly Invocation[]): boolean {
  if (text.length > LONGEST_COMMAND) return false;
  const plain = text.replace(HARMLESS_REDIRECT, '');
  if (!PLAIN.test(plain)) return false;
  const commands = (plain.match(COMMAND) ?? []).map((each) => each.trim()).filter((each) => each !== '');
  return (
    commands.length > 0 &&
    commands.length === invocations.length &&
    commands.every((each, at) => each.split(' ', 1)[0] === invocations[at]?.argv[0]?.text)
  );
}

function isReader({ argv, assignments, redirects, via, place }: Invocation, project: string): boolean {
  const words = argv.map(({ text, glob }) => (glob ? undefined : text));
  const name = words[0] ?? '';
  const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
  if (reader === undefined || assignments.length > 0 || via.length > 0 || place !== undefined) return false;
  if (redirects.some(({ target }) => target.text !== '/dev/null')) return false;
  const flags = words.slice(1).filter((word) => word?.startsWith('-'));
  const operands = words.slice(1).filter((word) => !word?.startsWith('-'));
  return (
    words.every((word) => word !== undefined) &&
    flags.every((word) => reader.flags.test(word ?? '')) &&
    operands.length <= (reader.most ?? operands.length) &&
    operands.every((word) => reader.operands?.test(word ?? '') ?? true) &&
    (reader.first?.test(operands[0] ?? '') ?? true) &&
    (reader.prints === true || operands.every((word) => staysInside(word ?? '', project)))
  );
}

/** A word that, should it be a path, does not lead out of the project. */
function staysInside(word: string, project: string): boolean {
  if (word.startsWith('~') || word.split('/').includes('..')) return false;
  return !word.startsWith('/') || isWithin(word, project);
}

function isReading(effect: Effect, project: string): boolean {
  if (effect.uncertain || effect.place !== undefined) return false;
  if (effect.kind === 'run') {
    const { privilege, remote, interactive, persistent, code } = effect;
    return !privilege && !remote && !interactive && !persistent && code === undefined;
  }
  if (effect.kind !== 'file' || (effect.op !== 'read' && effect.op !== 'list')) return false;
  // A link inside the project may lead out of it.
  return effect.at?.zone === 'project' && isWithin(effect.at.real, project);
}
