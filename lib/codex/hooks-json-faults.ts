/**
 * Why the client would drop a hooks.json, fault by fault, and the text without the faults that can be mended with every hook kept.
 * `hooks-json-shape.ts` says whether a file is right; this says what is wrong with one that is not.
 */

import { type Node, visit } from 'jsonc-parser';
import { InputError } from '../types/errors.ts';
import { findEvent } from './events.ts';
import { checkHooksJson } from './hooks-json-shape.ts';
import { lineOf, memberOf, readJson, removeNode, replaceValue } from './json-text.ts';
import { isOurCommand } from './wiring.ts';

export type HooksFaultKind = 'bom' | 'comment' | 'extra-key' | 'handler-type' | 'timeout' | 'shape';

export interface HooksFault {
  readonly kind: HooksFaultKind;
  readonly message: string;
}

export interface HooksDiagnosis {
  readonly faults: readonly HooksFault[];
  /** The text as the client would take it, with every hook of it; undefined when that needs its owner. */
  readonly mended: string | undefined;
}

const BOM = '\uFEFF';
const FILE_KEYS = ['description', 'hooks'];
const HANDLER_TYPES = ['command', 'mcp_tool', 'prompt', 'agent'];
/** Seconds, for a handler of ours whose timeout is no number of seconds; installing sets the right one. */
const STAND_IN = 30;
/** More faults than a person reads. */
const MAX_FAULTS = 50;

/** Looks for everything that makes the client drop the file. No faults, and the text itself, for a file that it takes. */
export function diagnoseHooksJson(text: string): HooksDiagnosis {
  const faults: HooksFault[] = [];
  let now = text;
  if (now.startsWith(BOM)) {
    faults.push({ kind: 'bom', message: 'it starts with a byte order mark' });
    now = now.slice(1);
  }
  now = dropComments(now, faults);
  try {
    now = dropExtraKeys(now, faults);
    now = mendHandlers(now, faults);
    checkHooksJson(readJson(now));
    return { faults, mended: now };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const isKnown = faults.some(({ kind }) => kind === 'handler-type' || kind === 'timeout');
    if (!isKnown) faults.push({ kind: 'shape', message: error.message });
    return { faults, mended: undefined };
  }
}

function dropComments(text: string, faults: HooksFault[]): string {
  let kept = '';
  let from = 0;
  const onComment = (start: number, length: number): void => {
    if (faults.length < MAX_FAULTS)
      faults.push({ kind: 'comment', message: `line ${lineOf(text, start)}: comments are not allowed` });
    kept += text.slice(from, start);
    from = start + length;
  };
  visit(text, { onComment });
  return kept + text.slice(from);
}

/** Keys that say something about the file may go; one that holds hooks is for its owner to place. */
function dropExtraKeys(text: string, faults: HooksFault[]): string {
  let now = text;
  for (let round = 0; round < MAX_FAULTS; round++) {
    const json = readJson(now);
    const extra = (json.root.children ?? []).find(
      ({ children }) => !FILE_KEYS.includes(children?.[0]?.value),
    );
    const [key, value] = extra?.children ?? [];
    if (key === undefined || value === undefined) return now;
    const where = `line ${lineOf(now, key.offset)}: unknown key ${JSON.stringify(key.value)}`;
    const message = `${where} (only ${FILE_KEYS.join(' and ')} are allowed)`;
    faults.push({ kind: 'extra-key', message });
    if (findEvent(key.value) !== undefined || value.type === 'array')
      throw new InputError(`${where} holds what belongs below "hooks"`);
    now = removeNode(json, value);
    if (now === '') return '{}';
  }
  throw new InputError('it has too many unknown keys');
}

/** What is wrong with single handlers; those of ours are put right. */
function mendHandlers(text: string, faults: HooksFault[]): string {
  let now = text;
  const seen = new Set<string>();
  for (let round = 0; round < MAX_FAULTS; round++) {
    const json = readJson(now);
    const wrong = listHandlers(json.root).find(({ timeout }) => {
      if (timeout === undefined || seen.has(String(timeout.offset))) return false;
      return !/^(?:\d+|null)$/.test(now.slice(timeout.offset, timeout.offset + timeout.length));
    });
    if (wrong?.timeout === undefined) break;
    const line = lineOf(now, wrong.timeout.offset);
    faults.push({ kind: 'timeout', message: `line ${line}: a timeout is not a whole number of seconds` });
    if (wrong.isOurs) now = replaceValue(json, wrong.timeout, STAND_IN);
    else seen.add(String(wrong.timeout.offset));
  }
  for (const { handler, type } of listHandlers(readJson(now).root)) {
    if (HANDLER_TYPES.includes(type?.value)) continue;
    const line = lineOf(now, handler.offset);
    const what =
      type === undefined ? 'a hook has no type' : `there is no hook type ${JSON.stringify(type.value)}`;
    faults.push({ kind: 'handler-type', message: `line ${line}: ${what}` });
  }
  return now;
}

function listHandlers(root: Node) {
  return (memberOf(root, 'hooks')?.children ?? []).flatMap(({ children }) =>
    (children?.[1]?.children ?? []).flatMap((group) =>
      (memberOf(group, 'hooks')?.children ?? []).map((handler) => ({
        handler,
        type: memberOf(handler, 'type'),
        timeout: memberOf(handler, 'timeout'),
        isOurs: isOurCommand(String(memberOf(handler, 'command')?.value ?? '')),
      })),
    ),
  );
}
