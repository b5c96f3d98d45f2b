/**
 * Puts our hooks into a hooks.json and takes them out again, to the byte. Works on text; reads and writes no file.
 *
 * Ours are the handlers whose command `isOurCommand` knows. Foreign hooks keep their bytes and their places: the client's trust
 * in a hook hangs on its position, so ours go behind them.
 */

import { getNodeValue, type Node } from 'jsonc-parser';
import { checkHooksJson } from './hooks-json-shape.ts';
import {
  appendItem,
  appendMember,
  type JsonText,
  memberOf,
  readJson,
  removeNode,
  replaceValue,
} from './json-text.ts';
import type { HookEntry } from './wiring.ts';
import { isOurCommand } from './wiring.ts';

export interface HooksChange {
  /** The new text; undefined = nothing is left of a file that began as ours, so it should go. */
  readonly text: string | undefined;
  readonly changed: boolean;
}

/** One of our handlers in the file. */
interface OurHandler {
  readonly event: string;
  readonly handler: Node;
  readonly group: Node;
  /** No other handler is in its group. */
  readonly only: boolean;
  /** Nor has that group a matcher, so that the client runs it for every tool. */
  readonly alone: boolean;
}

/**
 * Wires the entries. Done twice it changes nothing; entries of an earlier version are replaced where they stand.
 *
 * @param text the file, or undefined when there is none
 * @throws InputError when the client would drop the file as it is: that must be mended first, by whoever wrote it
 */
export function mergeHooks(text: string | undefined, entries: readonly HookEntry[]): HooksChange {
  if (text === undefined) return { text: writeNewFile(entries), changed: true };
  let now = text;
  for (const { event } of entries)
    now = removeWhere(now, (ours, first) => ours.event === event && !(first && ours.alone));
  const wired = new Set<string>(entries.map(({ event }) => event));
  now = removeWhere(now, (ours) => !wired.has(ours.event));
  now = now === '' ? writeNewFile(entries) : entries.reduce(placeEntry, now);
  checkHooksJson(readJson(now));
  return { text: now, changed: now !== text };
}

/**
 * Takes every entry of ours out, and what only they needed.
 *
 * @throws InputError as `mergeHooks` does
 */
export function removeHooks(text: string): HooksChange {
  const now = removeWhere(text, () => true);
  return { text: now === '' ? undefined : now, changed: now !== text };
}

/** Our handlers in a file, in order. Empty when there are none; throws like `mergeHooks`. */
export function findOurHandlers(
  text: string,
): readonly { readonly event: string; readonly command: string }[] {
  return listOurs(readChecked(text)).map(({ event, handler }) => ({
    event,
    command: memberOf(handler, 'command')?.value as string,
  }));
}

function readChecked(text: string): JsonText {
  const json = readJson(text);
  checkHooksJson(json);
  return json;
}

function listOurs({ root }: JsonText): readonly OurHandler[] {
  return (memberOf(root, 'hooks')?.children ?? []).flatMap((property) => {
    const [name, groups] = property.children as [Node, Node];
    return (groups.children ?? []).flatMap((group) => {
      const handlers = memberOf(group, 'hooks')?.children ?? [];
      return handlers
        .filter((handler) => isOurCommand(String(memberOf(handler, 'command')?.value ?? '')))
        .map((handler) => ({
          event: name.value as string,
          handler,
          group,
          only: handlers.length === 1,
          alone: handlers.length === 1 && memberOf(group, 'matcher') === undefined,
        }));
    });
  });
}

/** Removes our handlers one by one, from the last; each removal moves offsets, so the text is read anew. */
function removeWhere(text: string, wants: (ours: OurHandler, isFirst: boolean) => boolean): string {
  let now = text;
  for (;;) {
    if (now === '') return now;
    const json = readChecked(now);
    const ours = listOurs(json);
    const next = ours.findLast((one) => wants(one, one === ours.find(({ event }) => event === one.event)));
    if (next === undefined) return now;
    now = removeNode(json, next.only ? next.group : next.handler);
  }
}

/** Replaces our one entry of an event where it stands, or appends it. */
function placeEntry(text: string, { event, handler }: HookEntry): string {
  const json = readJson(text);
  const old = listOurs(json).find((ours) => ours.event === event);
  if (old !== undefined)
    return hasValue(old.handler, handler) ? text : replaceValue(json, old.handler, handler);
  const group = { hooks: [handler] };
  const hooks = memberOf(json.root, 'hooks');
  if (hooks === undefined) return appendMember(json, json.root, 'hooks', { [event]: [group] });
  const groups = memberOf(hooks, event);
  return groups === undefined ? appendMember(json, hooks, event, [group]) : appendItem(json, groups, group);
}

function hasValue(node: Node, value: unknown): boolean {
  return JSON.stringify(getNodeValue(node)) === JSON.stringify(value);
}

function writeNewFile(entries: readonly HookEntry[]): string {
  const hooks = Object.fromEntries(entries.map(({ event, handler }) => [event, [{ hooks: [handler] }]]));
  return `${JSON.stringify({ hooks }, null, 2)}\n`;
}
