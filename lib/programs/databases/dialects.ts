/** How the SQL dialects and their clients differ in quoting, comments and commands of their own. Data only. */

export interface Dialect {
  /** Name in data effects. */
  readonly system: string;
  /** A backslash escapes inside every quoted text. */
  readonly backslash?: boolean;
  /** Double quotes hold a text, no name. */
  readonly quotedTexts?: boolean;
  /** Comments lie in one another. */
  readonly nestedComments?: boolean;
  /** `#` starts a comment, and `--` only before a blank. */
  readonly hashComments?: boolean;
  /** `//` starts a comment. */
  readonly slashComments?: boolean;
  /** `$tag$ … $tag$` holds a text. */
  readonly dollarTexts?: boolean;
  /** `[name]` is a name. */
  readonly brackets?: boolean;
  /** Statements may follow one another without a semicolon. */
  readonly unseparated?: boolean;
  /** `CREATE TRIGGER` ends with `; END;`. */
  readonly triggers?: boolean;
  /** A backslash outside quotes starts a client command. */
  readonly backslashCommands?: boolean;
  /** A line that starts like this is a client command, when no statement is open. */
  readonly commandLine?: RegExp;
}

export const POSTGRES: Dialect = {
  system: 'postgres',
  nestedComments: true,
  dollarTexts: true,
  backslashCommands: true,
};

export const MYSQL: Dialect = {
  system: 'mysql',
  backslash: true,
  quotedTexts: true,
  hashComments: true,
  backslashCommands: true,
  commandLine: /^(?:system|source|tee|delimiter|pager|connect)\s/i,
};

export const SQLITE: Dialect = {
  system: 'sqlite',
  brackets: true,
  triggers: true,
  commandLine: /^\.[a-z]/i,
};

export const DUCKDB: Dialect = {
  system: 'duckdb',
  dollarTexts: true,
  nestedComments: true,
  commandLine: /^\.[a-z]/i,
};

export const CLICKHOUSE: Dialect = { system: 'clickhouse', backslash: true };

export const CASSANDRA: Dialect = {
  system: 'cassandra',
  dollarTexts: true,
  slashComments: true,
  commandLine: /^(?:source|capture)\s/i,
};

export const MSSQL: Dialect = {
  system: 'mssql',
  nestedComments: true,
  brackets: true,
  unseparated: true,
  commandLine: /^(?::|!!|go\s*(?:\d+\s*)?$)/i,
};

/** Databases behind clients that speak plain SQL. */
export const PLAIN_SQL: Dialect = { system: 'database', nestedComments: false };
