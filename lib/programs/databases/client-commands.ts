/** Commands of the SQL clients themselves: `\! ls`, `\copy`, `.shell`, `source`. Knows no SQL. */

/** What a client command does that counts. */
export type ClientDeed =
  | { readonly kind: 'program'; readonly code: string }
  | { readonly kind: 'read' | 'write' | 'script' | 'library'; readonly path: string }
  | { readonly kind: 'use'; readonly database: string; readonly host?: string }
  /** Rows that a query gives are run as statements. */
  | { readonly kind: 'unseen' };

type Rule = readonly [pattern: RegExp, read: (found: RegExpExecArray) => readonly ClientDeed[]];

const code = (found: RegExpExecArray): readonly ClientDeed[] => [
  { kind: 'program', code: found[1] as string },
];
const path =
  (kind: 'read' | 'write' | 'script' | 'library') =>
  (found: RegExpExecArray): readonly ClientDeed[] => {
    const text = firstArgument(found[1] as string);
    return text === '' || /^(?:stdout|stdin|pstdout|pstdin|off|:memory:)$/i.test(text)
      ? []
      : [{ kind, path: text }];
  };

/** By the client's own spelling; the first that fits decides. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  postgres: [
    [/^\\!\s*(\S.*)$/s, code],
    [/^\\copy\b.*?\b(?:to|from)\s+program\s+'((?:[^']|'')*)'/is, code],
    [/^\\copy\b.*\bto\s+('[^']*'|\S+)/is, path('write')],
    [/^\\copy\b.*\bfrom\s+('[^']*'|\S+)/is, path('read')],
    [/^\\(?:o|out|w|write|gx?)(?:\s+\([^)]*\))?\s*\|\s*(\S.*)$/s, code],
    [/^\\(?:o|out|w|write|gx?|s|log_file)(?:\s+\([^)]*\))?\s+(\S.*)$/s, path('write')],
    [/^\\(?:i|ir|include|include_relative)\s+(\S.*)$/s, path('script')],
    [/^\\lo_import\s+(\S.*)$/s, path('read')],
    [/^\\lo_export\s+\S+\s+(\S.*)$/s, path('write')],
    [
      /^\\setenv\s+(?:PAGER|PSQL_PAGER|EDITOR|VISUAL|PSQL_EDITOR)\s+(\S.*)$/is,
      (found) => [{ kind: 'program', code: firstArgument(found[1] as string) }],
    ],
    [/^\\gexec\b/, () => [{ kind: 'unseen' }]],
    [
      /^\\(?:c|connect)\s+(\S+)(?:\s+\S+\s+(\S+))?/s,
      (found) => [
        {
          kind: 'use',
          database: found[1] as string,
          ...(found[2] && found[2] !== '-' ? { host: found[2] } : {}),
        },
      ],
    ],
    // Back quotes in any other command's arguments run a shell.
    [/^\\\w+[^`]*`([^`]+)`/s, code],
  ],
  mysql: [
    [/^(?:\\!|system\s)\s*(\S.*)$/is, code],
    [/^(?:\\P|pager\s)\s*(\S.*)$/s, code],
    [/^(?:\\\.|source\s)\s*(\S.*)$/is, path('script')],
    [/^(?:\\T|tee\s)\s*(\S.*)$/s, path('write')],
    [
      /^(?:\\u|\\r|connect)\s+(\S+)(?:\s+(\S+))?/,
      (found) => [{ kind: 'use', database: found[1] as string, ...(found[2] ? { host: found[2] } : {}) }],
    ],
  ],
  sqlite: [
    [/^\.(?:shell|system|sh|sy)\w*\s+(\S.*)$/s, code],
    [/^\.(?:output|once|ou\w*|on\w*)\s+(?:-\w+\s+)*['"]?\|\s*(\S.*?)['"]?$/s, code],
    [/^\.import\s+(?:-\S+\s+)*['"]?\|\s*(\S.*?)['"]?\s+\S+$/s, code],
    [
      /^\.(?:output|once|ou\w*|on\w*|log|trace|backup|save|clone)\s+(?:-\w+\s+)*(?:main\s+)?(\S.*)$/s,
      path('write'),
    ],
    [/^\.read\s+['"]?\|\s*(\S.*?)['"]?$/s, code],
    [/^\.(?:read)\s+(\S.*)$/s, path('script')],
    [/^\.restore\s+(?:main\s+)?(\S.*)$/s, path('read')],
    [/^\.import\s+(?:-\S+\s+)*(\S.*)$/s, path('read')],
    [/^\.load\s+(\S.*)$/s, path('library')],
    [
      /^\.open\s+(?:-\S+\s+)*(\S.*)$/s,
      (found) => [{ kind: 'use', database: firstArgument(found[1] as string) }],
    ],
  ],
  mssql: [
    [/^:?!!\s*(\S.*)$/s, code],
    [/^:r\s+(\S.*)$/is, path('script')],
    [/^:(?:out|error|perftrace)\s+(\S.*)$/is, path('write')],
    [/^:connect\s+(\S+)/i, (found) => [{ kind: 'use', database: '', host: found[1] as string }]],
  ],
  cassandra: [
    [/^source\s+(\S.*)$/is, path('script')],
    [/^capture\s+(\S.*)$/is, path('write')],
  ],
};

/** The first argument of a command, its quotes taken away. */
function firstArgument(text: string): string {
  const quoted = /^'([^']*)'|^"([^"]*)"/.exec(text);
  return quoted ? (quoted[1] ?? quoted[2] ?? '') : (text.split(/[\s;]/, 1)[0] as string);
}

/**
 * What one line of a client's own language does.
 *
 * @param system name of the dialect's system; DuckDB's client takes SQLite's commands
 */
export function readClientCommand(line: string, system: string): readonly ClientDeed[] {
  const bounded = line.slice(0, 8192);
  for (const [pattern, read] of RULES[system === 'duckdb' ? 'sqlite' : system] ?? []) {
    const found = pattern.exec(bounded);
    if (found) return read(found);
  }
  return [];
}
