/** The published shapes of what the command line prints and keeps: `bin/schemas/`, with what they share in `definitions/`. Reads, validates nothing. */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** Of this package, two folders above the command line's own bundle. */
const FOLDER = join(__dirname, '..', '..', 'bin', 'schemas');
const ENDING = '.schema.json';

/** A schema or a file of definitions: JSON Schema, draft-07. */
interface Schema {
  readonly [key: string]: unknown;
  readonly $id?: string;
  readonly title: string;
  readonly description?: string;
  readonly definitions?: Readonly<Record<string, unknown>>;
}

/** Names of all schemas, in order. */
export function listSchemas(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .sort();
}

/** A schema as it lies on the disk. @param name one of {@link listSchemas} */
export function readSchema(name: string): Schema {
  return readPart(`${name}${ENDING}`);
}

/** A schema that needs no other file: what it shares with others stands among its own definitions. @param name one of {@link listSchemas} */
export function bundleSchema(name: string): Schema {
  const file = `${name}${ENDING}`;
  const { definitions: _, ...root } = readPart(file);
  const taken = new Map<string, { readonly from: string; value?: unknown }>();
  const take = (value: unknown, from: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => take(item, from));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        key,
        key === '$ref' && typeof item === 'string' ? refer(item, from) : take(item, from),
      ]),
    );
  };
  const refer = (reference: string, from: string): string => {
    const [path = '', id = ''] = reference.split('#/definitions/');
    const source = path === '' ? from : posix.join(dirname(from), path);
    const known = taken.get(id);
    if (known !== undefined && known.from !== source)
      throw new Error(`${known.from} and ${source} both define ${id}`);
    if (known === undefined) {
      const entry: { readonly from: string; value?: unknown } = { from: source };
      taken.set(id, entry);
      entry.value = take(readPart(source).definitions?.[id], source);
    }
    return `#/definitions/${id}`;
  };
  const schema = take(root, file) as Schema;
  if (taken.size === 0) return schema;
  return { ...schema, definitions: Object.fromEntries([...taken].map(([id, { value }]) => [id, value])) };
}

function readPart(file: string): Schema {
  return JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Schema;
}
