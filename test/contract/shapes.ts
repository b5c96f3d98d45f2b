/** Validates what the command line prints against the schemas that it publishes: the printed ones, compiled by ajv, each without the others. */

import { spawnSync } from 'node:child_process';
import { Ajv, type ValidateFunction } from 'ajv';
import { CLI } from '../built.ts';

const PREFIX = /^codex-guard\/([a-z-]+)\/v1$/;

const compiled = new Map<string, ValidateFunction>();

/** A schema as `codex-guard schema NAME` prints it. */
export function printedSchema(name: string): Readonly<Record<string, unknown>> {
  return JSON.parse(spawnSync(process.execPath, [CLI, 'schema', name], { encoding: 'utf8' }).stdout);
}

/** Names that `codex-guard schema` lists. */
export function listedSchemas(): readonly string[] {
  const { stdout } = spawnSync(process.execPath, [CLI, 'schema', '--json'], { encoding: 'utf8' });
  return JSON.parse(stdout).schemas.map(({ name }: { name: string }) => name);
}

/** Name of the shape that a value says to have, or undefined. */
export function nameOf(value: unknown): string | undefined {
  return PREFIX.exec(String((value as { schema?: unknown } | null)?.schema))?.[1];
}

/** What is wrong with a value by the schema that it names, a line each; empty when it is right. */
export function findShapeErrors(value: unknown): readonly string[] {
  const name = nameOf(value);
  if (name === undefined) return ['it names no schema'];
  let validate = compiled.get(name);
  if (validate === undefined) {
    validate = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(printedSchema(name));
    compiled.set(name, validate);
  }
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${name}${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}
