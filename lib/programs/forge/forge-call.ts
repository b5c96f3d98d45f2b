/** What the command lines of forges share: group and verb, host, body of an API call. Knows no command of theirs. */

import type { DataEffect, Effect, GitEffect, GitOp, NetEffect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import type { Word } from '../../types/text.ts';
import { file, net, opaque, run, wordAt } from '../effects.ts';
import { unknownAt } from '../git/call.ts';
import { type Grammar, type ParsedArgs, parseArgs } from '../options.ts';
import type { Call, Outcome } from '../page.ts';
import { readForgeApi, readForgeDeletion } from './api.ts';
import { type ForgeFields, readJsonFields, textWithGaps, UNKNOWN } from './fields.ts';

/** One command of a forge's client. */
export interface ForgeCall {
  readonly call: Call;
  /** Program as written. */
  readonly word: Word;
  /** `pr merge`; a group without verb stands alone. */
  readonly command: string;
  /** Arguments without group and verb. */
  readonly args: readonly Word[];
  readonly host: Word;
}

/** Reads one command; the contact with the forge is added by the caller. */
export type ForgeCommand = (forge: ForgeCall) => Outcome;

/** How a forge's client is built. */
export interface ForgeClient {
  /** Groups that take no verb. */
  readonly bare: ReadonlySet<string>;
  /** Other names of groups and verbs. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Where it goes when nothing says otherwise; undefined = where its own settings say. */
  readonly host: string | undefined;
  /** True when it goes where the repository's remote is. */
  readonly followsRemote?: boolean;
  readonly hostVariables: readonly string[];
}

const COMMON_VALUES = ['R', 'repo', 'hostname'];

/** The most bytes of a request body that are read from a file. */
const MAX_BYTES = 1 << 20;

/** Finds group, verb and host; undefined when no group is written. */
export function findForgeCall(call: Call, client: ForgeClient): ForgeCall | undefined {
  const parsed = parseArgs(call.args, { value: COMMON_VALUES });
  const [group, verb] = parsed.operands;
  if (group === undefined) return undefined;
  const groupName = client.aliases.get(group.text ?? '') ?? group.text ?? '';
  const isBare = client.bare.has(groupName) || verb === undefined;
  const used = new Set(isBare ? [group] : [group, verb]);
  const verbName = isBare ? undefined : (client.aliases.get(`${groupName} ${verb.text}`) ?? verb.text ?? '');
  return {
    call,
    word: call.invocation.argv[0] ?? group,
    command: verbName === undefined ? groupName : `${groupName} ${verbName}`,
    args: call.args.filter((word) => !used.has(word)),
    host: hostOf(call, client, parsed),
  };
}

function hostOf(call: Call, client: ForgeClient, parsed: ParsedArgs): Word {
  const near = call.invocation.argv[0] ?? (parsed.operands[0] as Word);
  const repo = parsed.value('R', 'repo')?.text;
  const inRepo = /^(?:https?:\/\/)?([^/]+)\/[^/]+\/[^/]+/.exec(repo ?? '')?.[1];
  const variable = call.invocation.assignments.findLast(({ name }) => client.hostVariables.includes(name));
  const written =
    parsed.value('hostname') ?? (inRepo?.includes('.') ? wordAt(inRepo, near) : variable?.value);
  const host = (client.followsRemote ? remoteHost(call) : undefined) ?? client.host;
  return written ?? (host === undefined ? unknownAt(near) : wordAt(host, near));
}

function remoteHost(call: Call): string | undefined {
  const { text } = call.invocation.cwd;
  const url = text === undefined ? undefined : call.host.repository(text)?.config('remote.origin.url');
  return /^(?:[a-z+]+:\/\/)?(?:[^/@]*@)?([^/:@]+\.[^/:@]+)[:/]/.exec(url ?? '')?.[1];
}

/** Arguments of a command by its grammar. */
export function forgeArgs(forge: ForgeCall, grammar: Grammar = {}): ParsedArgs {
  return parseArgs(forge.args, { ...grammar, value: [...COMMON_VALUES, ...(grammar.value ?? [])] });
}

/** What a call of the client does to the repository on the forge. */
export function forgeEffect(forge: ForgeCall, op: GitOp, more: Partial<GitEffect> = {}): GitEffect {
  return { kind: 'git', op, ...more, span: forge.word.span };
}

/** The contact with the forge itself. */
export function forgeNet(forge: ForgeCall, more: Partial<NetEffect> = {}): NetEffect {
  return net(forge.host, { scheme: 'https', ...more });
}

/** A change of something that the forge keeps. */
export function forgeData(
  forge: ForgeCall,
  system: string,
  op: string,
  destructive: boolean,
  target?: Word,
): DataEffect {
  return { kind: 'data', system, op, destructive, ...(target ? { target } : {}), span: forge.word.span };
}

/** How an API command names the parts of its request. */
export interface ApiForm {
  /** Put before a path that is no URL: `api/v4/`. */
  readonly prefix: string;
}

/** `gh api`, `glab api`, `hub api`: a request by hand. Fields and bodies make it a POST unless a method is given. */
export function readApiCommand(forge: ForgeCall, form: ApiForm): Outcome {
  const args = forgeArgs(forge, {
    value: [
      ...['X', 'method', 'f', 'raw-field', 'F', 'field', 'H', 'header', 'input', 'q', 'jq', 't', 'template'],
      ...['p', 'preview', 'cache', 'd', 'data', 'obey-ratelimit', 'form', 'output'],
    ],
  });
  const [endpoint] = args.operands;
  if (!endpoint) return { effects: [] };
  const { fields, files, whole } = readBody(forge, args);
  const sends = args.has('f', 'raw-field', 'F', 'field', 'input', 'd', 'data', 'form');
  const address = textWithGaps(endpoint);
  const isGraphql = /(^|\/)graphql$/.test(address);
  const method = (args.value('X', 'method')?.text ?? (sends || isGraphql ? 'POST' : 'GET')).toUpperCase();
  const isUrl = /^https?:\/\//i.test(address);
  const contact = isUrl
    ? net(endpoint)
    : forgeNet(forge, endpoint.text ? { path: `/${endpoint.text.replace(/^\//, '')}` } : {});
  const request: NetEffect = {
    ...contact,
    method,
    ...(files.length > 0 ? { op: 'upload', sends: files } : {}),
  };
  const isWhole = isUrl || address.startsWith(UNKNOWN);
  const path = isWhole ? address : `/${form.prefix}${address.replace(/^\//, '')}`;
  const unseen = isGraphql && !isKnown(fields.query, whole);
  return {
    effects: [
      request,
      ...files.map((path) => file('read', path)),
      ...readForgeApi(method, path, withDefaultBranch(forge, path, fields), endpoint.span),
      ...readForgeDeletion(method, path, endpoint.span),
      ...(unseen ? [opaque(endpoint, 'the GraphQL request is known only when it runs')] : []),
    ],
  };
}

/** Without a branch the forge writes the default one; its name is known when the request is about this repository. */
function withDefaultBranch(forge: ForgeCall, path: string, fields: ForgeFields): ForgeFields {
  const { text } = forge.call.invocation.cwd;
  const repository = text === undefined || 'branch' in fields ? undefined : forge.call.host.repository(text);
  const url = repository?.config('remote.origin.url');
  const branch = repository?.defaultBranch('origin');
  const name = /(?:^|\/)repos\/([^/]+\/[^/]+)\//.exec(path)?.[1];
  if (!url || branch === undefined || name === undefined) return fields;
  const isThis = name === '{owner}/{repo}' || url.replace(/\.git$/, '').endsWith(name);
  return isThis ? { ...fields, branch } : fields;
}

function isKnown(query: string | undefined, whole: boolean): boolean {
  return whole && query !== undefined && !query.includes(UNKNOWN);
}

interface Body {
  readonly fields: ForgeFields;
  /** Files that are sent. */
  readonly files: readonly Word[];
  /** False when a part of the body is not known. */
  readonly whole: boolean;
}

/** Fields given one by one, and the JSON object of `--input`. */
function readBody(forge: ForgeCall, args: ParsedArgs): Body {
  const fields: Record<string, string | undefined> = {};
  const files: Word[] = [];
  let whole = true;
  for (const { name, value } of args.options) {
    if (!value) continue;
    if (['f', 'raw-field', 'F', 'field', 'd', 'data', 'form'].includes(name)) {
      const text = textWithGaps(value);
      const equals = text.indexOf('=');
      const key = text.slice(0, Math.max(equals, 0)).replace(/^.*\[|\]$/g, '');
      const given = text.slice(equals + 1);
      const isFile = given.startsWith('@') && name !== 'f' && name !== 'raw-field';
      const source = isFile ? wordOfFile(value, given.slice(1)) : undefined;
      if (source) files.push(...(source.text === '-' ? [] : [source]));
      fields[key] = source ? contentOf(forge, source) : given;
    } else if (name === 'input') {
      if (value.text !== '-') files.push(value);
      const text = contentOf(forge, value);
      if (text === undefined) whole = false;
      else Object.assign(fields, readJsonFields(text));
    }
  }
  return { fields, files, whole };
}

function wordOfFile(value: Word, text: string): Word {
  return text.includes(UNKNOWN) ? unknownAt(value) : wordAt(text, value);
}

/** What a file, or `-` for literal input, holds. */
function contentOf(forge: ForgeCall, source: Word): string | undefined {
  const { stdin, cwd } = forge.call.invocation;
  if (source.text === '-') return stdin === 'pipe' ? undefined : stdin?.text;
  if (source.text === undefined || cwd.text === undefined) return undefined;
  const path = source.text.startsWith('/') ? source.text : `${cwd.text}/${source.text}`;
  return forge.call.host.readFile(path, MAX_BYTES);
}

/**
 * An alias of the client: it stays, and what it stands for is judged as if it ran now.
 *
 * @param isShell true when it is shell text, false when it is arguments of the client
 */
export function readAliasOf(forge: ForgeCall, text: Word, isShell: boolean): Outcome {
  const effects: Effect[] = [run(forge.word, { persistent: true })];
  const via = `${forge.call.name} alias`;
  if (text.text === undefined)
    return { effects: [...effects, opaque(text, 'what the alias stands for is known only when it runs')] };
  const bang = text.text.startsWith('!');
  if (bang || isShell)
    return {
      effects,
      runs: [{ kind: 'code', lang: 'sh', code: bang ? wordAt(text.text.slice(1), text) : text, via }],
    };
  return { effects, runs: [runAgain(forge, text.text.split(/\s+/), via)] };
}

/** The client with other arguments; `$1` is not known. */
export function runAgain(forge: ForgeCall, args: readonly string[], via: string): Nested {
  const words = args
    .filter((arg) => arg !== '')
    .map((arg): Word => {
      const bare = arg.replace(/^(['"])(.*)\1$/, '$2');
      return /\$\d/.test(bare) ? unknownAt(forge.word) : wordAt(bare, forge.word);
    });
  return { kind: 'argv', argv: [forge.word, ...words], via };
}

/** Variables through which every client starts other programs. */
const COMMON_VARIABLES = ['EDITOR', 'VISUAL', 'PAGER', 'BROWSER'];

/** Command lines in the client's own variables and in the common ones; plain program names say nothing and are left out. */
export function codeVariables(call: Call, own: readonly string[]): readonly Nested[] {
  return call.invocation.assignments
    .filter(
      ({ name, value }) =>
        [...own, ...COMMON_VARIABLES].includes(name) && !/^[\w.+-]*$/.test(value.text ?? '?'),
    )
    .map(
      ({ name, value }): Nested => ({ kind: 'code', lang: 'sh', code: value, via: `${call.name} ${name}` }),
    );
}

/** `--help` or `-h` at the end, where no option can take it for its value. */
export function asksForHelp(args: readonly Word[]): boolean {
  const last = args.at(-1)?.text;
  return (last === '--help' || last === '-h') && !(args.at(-2)?.text ?? '').startsWith('-');
}
