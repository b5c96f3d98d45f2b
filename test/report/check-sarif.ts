/** Validates SARIF logs against the published schema of SARIF 2.1.0 (rtm.5, OASIS; as the MIT package @microsoft/jest-sarif ships it). */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';

const SCHEMA = join(import.meta.dirname, 'sarif-2.1.0-rtm.5.schema.json');

const isUri = (text: string): boolean => /^[a-z][a-z0-9+.-]*:\/\/\S*$/i.test(text);
const isReference = (text: string): boolean => /^(?:[\w.~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*$/.test(text);

/** What is wrong with a log; empty when it is valid. */
export function findSarifErrors(log: unknown): readonly string[] {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  ajv.addFormat('uri', isUri);
  ajv.addFormat('uri-reference', isReference);
  ajv.addFormat('date-time', (text) => !Number.isNaN(Date.parse(text)));
  // It is written in draft 4, of which it uses nothing that later drafts read in another way but its own name.
  const { $schema: _draft, id: _name, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8'));
  const validate = ajv.compile(schema);
  return validate(log)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath}: ${error.message}`);
}
