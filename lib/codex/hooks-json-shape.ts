/** The shape that Codex demands of a hooks.json: one slip and it drops the whole file, ours included. Changes nothing. */

import type { Node } from 'jsonc-parser';
import { InputError } from '../types/errors.ts';
import { findEvent } from './events.ts';
import { type JsonText, lineOf } from './json-text.ts';

type Check = (node: Node, where: string, json: JsonText) => void;

/** Fields of one object. Those that are not listed are ignored by the client, unless `closed`. */
interface Shape {
  readonly fields: Readonly<Record<string, Check>>;
  readonly required?: readonly string[];
  readonly closed?: boolean;
}

const text = ofType('string', 'text');
const optionalText = orNull(text);
const yesOrNo = ofType('boolean', 'true or false');
const whole = orNull((node, where, json) => {
  const written = json.text.slice(node.offset, node.offset + node.length);
  if (!/^\d+$/.test(written) || !(BigInt(written) < 2n ** 64n))
    fail(json, node, `${where} is not a whole number`);
});

/** The four types that the client knows; it skips `prompt` and `agent`, and fails on any other. */
const HANDLERS: Readonly<Record<string, Shape>> = {
  command: {
    fields: {
      command: text,
      commandWindows: optionalText,
      timeout: whole,
      async: yesOrNo,
      statusMessage: optionalText,
      additionalContextLimit: whole,
    },
    required: ['command'],
  },
  mcp_tool: {
    fields: { server: text, tool: text, timeout: whole, statusMessage: optionalText },
    required: ['server', 'tool'],
  },
  prompt: { fields: {} },
  agent: { fields: {} },
};

const GROUP: Shape = { fields: { matcher: optionalText, hooks: listOf(checkHandler) } };
const FILE: Shape = { fields: { description: optionalText, hooks: checkEvents }, closed: true };

/**
 * Checks a hooks.json as the client would read it.
 *
 * @throws InputError that says where, in terms of the file
 */
export function checkHooksJson(json: JsonText): void {
  checkObject(json.root, 'the file', json, FILE);
}

/** Events that the client does not know are ignored by it, whatever they hold. */
function checkEvents(node: Node, where: string, json: JsonText): void {
  const names = membersOf(node, where, json).map(([name]) => name);
  const known = names.filter((name) => findEvent(name) !== undefined);
  const groups = listOf((group, place) => checkObject(group, place, json, GROUP));
  checkObject(node, where, json, { fields: Object.fromEntries(known.map((name) => [name, groups])) });
}

function checkHandler(node: Node, where: string, json: JsonText): void {
  const type = membersOf(node, where, json).find(([name]) => name === 'type')?.[1];
  if (type === undefined) fail(json, node, `${where} has no type`);
  const shape = typeof type.value === 'string' && Object.hasOwn(HANDLERS, type.value) && HANDLERS[type.value];
  if (!shape) fail(json, type, `${where}.type is none of ${Object.keys(HANDLERS).join(', ')}`);
  checkObject(node, where, json, { ...shape, fields: { ...shape.fields, type: text } });
}

function checkObject(node: Node, where: string, json: JsonText, shape: Shape): void {
  const seen = new Set<string>();
  for (const [name, value] of membersOf(node, where, json)) {
    const check = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    if (check === undefined && shape.closed)
      fail(json, value, `unknown key ${JSON.stringify(name)} (only ${Object.keys(shape.fields).join(', ')})`);
    if (check && seen.has(name)) fail(json, value, `${where} has ${name} twice`);
    seen.add(name);
    check?.(value, where === 'the file' ? name : `${where}.${name}`, json);
  }
  for (const name of shape.required ?? []) if (!seen.has(name)) fail(json, node, `${where} has no ${name}`);
}

function membersOf(node: Node, where: string, json: JsonText): readonly (readonly [string, Node])[] {
  if (node.type !== 'object') fail(json, node, `${where} is not an object`);
  return (node.children ?? []).map(({ children }) => [children?.[0]?.value, children?.[1] as Node]);
}

function listOf(check: Check): Check {
  return (node, where, json) => {
    if (node.type !== 'array') fail(json, node, `${where} is not a list`);
    for (const [index, item] of (node.children ?? []).entries()) check(item, `${where}[${index}]`, json);
  };
}

function ofType(type: Node['type'], name: string): Check {
  return (node, where, json) => {
    if (node.type !== type) fail(json, node, `${where} is not ${name}`);
  };
}

function orNull(check: Check): Check {
  return (node, where, json) => {
    if (node.type !== 'null') check(node, where, json);
  };
}

function fail(json: JsonText, node: Node, problem: string): never {
  throw new InputError(`line ${lineOf(json.text, node.offset)}: ${problem}`);
}
