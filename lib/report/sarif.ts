/** Builds SARIF 2.1.0 logs, the format that code hosts and CI systems show findings from. Knows no finding: whoever has some brings them. */

/** Where the format is published; the schema's own name for itself. */
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';
const ROOT = '%SRCROOT%';

export type SarifLevel = 'error' | 'warning' | 'note' | 'none';

/** What a result can be about, described once. */
export interface SarifRule {
  readonly id: string;
  /** One sentence. */
  readonly description: string;
  /** How to mend it, in words. */
  readonly help?: string;
  /** Page about the rule. */
  readonly helpUri?: string;
  readonly level?: SarifLevel;
  readonly tags?: readonly string[];
}

/** Place in a file. Lines and columns start at 1; columns count UTF-16 units. */
export interface SarifPlace {
  /** Relative to the root of the sources, or absolute. */
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  /** Column behind the last character. */
  readonly endColumn?: number;
}

export interface SarifResult {
  readonly rule: string;
  readonly level: SarifLevel;
  readonly message: string;
  readonly place?: SarifPlace;
  /** Names for the same finding in another run: name with a version → value. */
  readonly fingerprints?: Readonly<Record<string, string>>;
  /** Why it counts no more, when a person has let it pass. */
  readonly suppressed?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** Something that went wrong in the run itself. */
export interface SarifNotice {
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
}

export interface SarifRun {
  readonly tool: { readonly name: string; readonly version: string; readonly informationUri?: string };
  /** Rules of the results; those that a result names and nobody describes are listed by their id. */
  readonly rules: readonly SarifRule[];
  readonly results: readonly SarifResult[];
  /** False when the run could not look at everything that it was asked to. */
  readonly complete?: boolean;
  readonly notices?: readonly SarifNotice[];
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A log with one run, ready for `JSON.stringify`. */
export function buildSarif(run: SarifRun): Readonly<Record<string, unknown>> {
  const described = new Map(run.rules.map((rule) => [rule.id, describeRule(rule)]));
  for (const { rule } of run.results) if (!described.has(rule)) described.set(rule, { id: rule });
  const places = new Map([...described.keys()].map((id, at) => [id, at]));
  const { name, version, informationUri } = run.tool;
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: { name, version, ...given({ informationUri }), rules: [...described.values()] },
        },
        invocations: [describeInvocation(run)],
        columnKind: 'utf16CodeUnits',
        results: run.results.map((result) => describeResult(result, places)),
        ...given({ properties: run.properties }),
      },
    ],
  };
}

function describeRule({ id, description, help, helpUri, level, tags }: SarifRule): object {
  return {
    id,
    shortDescription: { text: description },
    ...(help === undefined ? {} : { help: { text: help } }),
    ...given({ helpUri }),
    ...(level === undefined ? {} : { defaultConfiguration: { level } }),
    ...(tags === undefined || tags.length === 0 ? {} : { properties: { tags: [...new Set(tags)] } }),
  };
}

function describeInvocation({ complete = true, notices = [] }: SarifRun): object {
  return {
    executionSuccessful: complete,
    ...(notices.length === 0
      ? {}
      : {
          toolExecutionNotifications: notices.map(({ level, message }) => ({
            level,
            message: { text: message },
          })),
        }),
  };
}

function describeResult(result: SarifResult, places: ReadonlyMap<string, number>): object {
  const { rule, level, message, place, fingerprints, suppressed, properties } = result;
  return {
    ruleId: rule,
    ruleIndex: places.get(rule),
    level,
    message: { text: message },
    ...(place === undefined ? {} : { locations: [{ physicalLocation: describePlace(place) }] }),
    ...(fingerprints === undefined ? {} : { partialFingerprints: fingerprints }),
    ...(suppressed === undefined ? {} : { suppressions: [{ kind: 'external', justification: suppressed }] }),
    ...given({ properties }),
  };
}

function describePlace({ path, line, column, endLine, endColumn }: SarifPlace): object {
  return {
    artifactLocation: path.startsWith('/')
      ? { uri: `file://${encodePath(path)}` }
      : { uri: encodePath(path.replace(/^\.\//, '')), uriBaseId: ROOT },
    ...(line === undefined
      ? {}
      : {
          region: {
            startLine: line,
            ...given({ startColumn: column, endLine, endColumn }),
          },
        }),
  };
}

/** A path as part of a URI; a lone surrogate, which no URI can hold, becomes U+FFFD. */
function encodePath(path: string): string {
  return path.split('/').map(encodePart).join('/');
}

function encodePart(part: string): string {
  // A name with a colon at the start of a relative reference would read as a scheme; encodeURIComponent encodes it.
  return encodeURIComponent(
    part.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD'),
  );
}

/** The fields that have a value. */
function given(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
