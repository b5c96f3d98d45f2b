/**
 * What the call of an MCP tool runs, as shell text: servers that start programs, speak to databases, evaluate code or drive git get
 * the same judgement as the command line that does the same. Judges nothing.
 */

import { findPage } from '../programs/index.ts';
import { quote } from '../programs/verbs.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A shell text, and the directory that the call names for it. */
export interface McpCommand {
  readonly text: string;
  readonly cwd?: string;
}

/** Most texts that one call is read for. */
const MAX_TEXTS = 50;
const EXECUTES =
  /(?:^|[^a-z])(?:run|exec|execute|shell|terminal|iterm|tmux|console|bash|zsh|sh|cmd|command|commands|commander|process|spawn|cli|ssh|powershell|eval|repl|interpreter|sandbox)(?:$|[^a-z])/i;
const COMMAND_KEYS =
  /^(?:command|commands|cmd|cmds|shell_?command|command_?line|cli_?command|shell|bash|script)$/i;
/** Text that is typed into a session which runs already. */
const TYPED_KEYS = /^(?:input|keys|text|stdin|data|command)$/i;
const TYPES = /(?:interact|send|write|type|input|paste).*(?:process|terminal|session|keys|pane|stdin|shell)/i;
const DIRECTORY_KEYS = [
  'cwd',
  'workdir',
  'working_dir',
  'working_directory',
  'workingDirectory',
  'directory',
];

const SQL_KEYS = /^(?:sql|query|queries|statement|statements|sql_?query)$/i;
const DATABASES: readonly (readonly [RegExp, string])[] = [
  [/sqlite|duckdb|turso|d1/i, 'sqlite3 database.db'],
  [/mysql|maria|planetscale/i, 'mysql -e'],
  [
    /postgres|pg|sql|supabase|neon|database|(?:^|[^a-z])db|bigquery|snowflake|redshift|clickhouse/i,
    'psql -c',
  ],
];
const SQL_START =
  /^\s*(?:--[^\n]*\n\s*)*(?:select|insert|update|delete|drop|alter|truncate|create|grant|revoke|with|copy|begin|do|vacuum|reindex)\b/i;

const CODE_KEYS = /^(?:code|source|script|python_?code|expression|program)$/i;
const LANGUAGES: readonly (readonly [RegExp, string])[] = [
  [/python|jupyter|notebook|ipython|^py$/i, 'python3 -c'],
  [/node|javascript|typescript|deno|bun|^[jt]s$/i, 'node -e'],
  [/ruby/i, 'ruby -e'],
  [/bash|shell|^sh$|zsh/i, 'bash -c'],
];
/** Code for a page in a browser runs there, not here. */
const BROWSERS = /browser|playwright|puppeteer|chrome|selenium|devtools/i;

/**
 * The shell texts that a call stands for, in their order.
 *
 * @param args arguments as JSON values
 */
export function readMcpCommands(server: string, tool: string, args: unknown): readonly McpCommand[] {
  if (!isFields(args)) return [];
  const name = `${server}/${tool}`;
  const cwd = DIRECTORY_KEYS.map((key) => args[key]).find((value) => typeof value === 'string');
  const texts = [
    ...shellTexts(name, tool, args),
    ...(BROWSERS.test(name) ? [] : codeTexts(name, args)),
    ...sqlTexts(name, args),
    ...gitTexts(tool, args),
    ...containerTexts(name, args),
  ];
  return texts
    .slice(0, MAX_TEXTS)
    .map((text) => ({ text, ...(typeof cwd === 'string' && cwd !== '' ? { cwd } : {}) }));
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWords(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** Commands, given as text or as words; on another machine when a host is named beside them. */
function shellTexts(name: string, tool: string, args: Fields): string[] {
  const executes = EXECUTES.test(name.replaceAll(/([a-z])([A-Z])/g, '$1_$2'));
  const host = [args.host, args.hostname].find((value) => typeof value === 'string');
  const remote = /ssh/i.test(name) && typeof host === 'string' ? `ssh ${quote(host)} ` : '';
  return Object.entries(args).flatMap(([key, value]) => {
    const isTyped = TYPED_KEYS.test(key) && TYPES.test(tool);
    if (!COMMAND_KEYS.test(key) && !isTyped) return [];
    const texts =
      typeof value === 'string'
        ? [[value, ...(isWords(args.args) ? args.args.map(quote) : [])].join(' ')]
        : isWords(value)
          ? /s$/i.test(key)
            ? value
            : [value.map(quote).join(' ')]
          : [];
    return texts
      .filter((text) => executes || isTyped || startsProgram(text))
      .map((text) => (remote === '' ? text : remote + quote(text)));
  });
}

/** True for a text of several words whose first is a program: one word may be the name of anything. */
function startsProgram(text: string): boolean {
  const [first = '', ...rest] = text.trim().split(/\s+/, 3);
  return rest.length > 0 && findPage(first.slice(first.lastIndexOf('/') + 1)) !== undefined;
}

function codeTexts(name: string, args: Fields): string[] {
  const language = [args.language, args.lang, args.runtime].find((value) => typeof value === 'string');
  return Object.entries(args).flatMap(([key, value]) => {
    if (typeof value !== 'string' || !CODE_KEYS.test(key)) return [];
    const about = typeof language === 'string' ? language : `${name} ${key}`;
    const program = LANGUAGES.find(([pattern]) => pattern.test(about))?.[1];
    return program === undefined ? [] : [`${program} ${quote(value)}`];
  });
}

function sqlTexts(name: string, args: Fields): string[] {
  const client = DATABASES.find(([pattern]) => pattern.test(name))?.[1];
  if (client === undefined) return [];
  return Object.entries(args).flatMap(([key, value]) => {
    if (!SQL_KEYS.test(key)) return [];
    const statements = typeof value === 'string' ? [value] : isWords(value) ? value : [];
    return statements.filter((sql) => SQL_START.test(sql)).map((sql) => `${client} ${quote(sql)}`);
  });
}

/** Arguments of a git server as git's own words; what is missing here changes nothing that a guard looks at. */
const GIT_FLAGS: Readonly<Record<string, string>> = {
  force: '--force',
  force_with_lease: '--force-with-lease',
  set_upstream: '--set-upstream',
  delete: '--delete',
  amend: '--amend',
  all: '--all',
  tags: '--tags',
  mirror: '--mirror',
  no_verify: '--no-verify',
  hard: '--hard',
  directories: '-d',
  rebase: '--rebase',
};
const GIT_OPERANDS = ['remote', 'branch', 'branch_name', 'refspec', 'ref', 'commit', 'target', 'upstream'];
const GIT_VERBS =
  /^git_?(push|reset|clean|merge|rebase|checkout|switch|restore|stash|commit|branch|tag|cherry_?pick|revert|rm|pull|fetch|worktree)$/i;

function gitTexts(tool: string, args: Fields): string[] {
  const verb = GIT_VERBS.exec(tool)?.[1]
    ?.toLowerCase()
    .replace('cherrypick', 'cherry-pick')
    .replace('_', '-');
  if (verb === undefined) return [];
  const fields = new Map(Object.entries(args).map(([key, value]) => [snakeCase(key), value]));
  const repository = [fields.get('repo_path'), fields.get('repository'), fields.get('path')].find(isText);
  const mode = fields.get('mode') ?? fields.get('operation') ?? fields.get('action');
  const words = ['git', ...(repository === undefined ? [] : ['-C', repository]), verb];
  // `mode` is an option of reset and a verb of the others.
  if (isText(mode)) words.push(verb === 'reset' ? `--${mode.replace(/^-+/, '')}` : mode);
  for (const [name, flag] of Object.entries(GIT_FLAGS)) if (fields.get(name) === true) words.push(flag);
  if (verb === 'commit') words.push('-m', 'message');
  for (const name of GIT_OPERANDS) {
    const value = fields.get(name);
    if (isText(value)) words.push(value);
  }
  const files = fields.get('files') ?? fields.get('paths');
  if (isWords(files) && verb !== 'commit') words.push('--', ...files);
  return [words.map(quote).join(' ')];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function snakeCase(key: string): string {
  return key.replaceAll(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
}

/** Containers that a server starts: the rights and the folders they get decide. */
function containerTexts(name: string, args: Fields): string[] {
  if (!/docker|podman|container/i.test(name) || !isText(args.image)) return [];
  const volumes = [args.volumes, args.binds, args.mounts].find(isWords) ?? [];
  const words = [
    'docker',
    'run',
    ...(args.privileged === true ? ['--privileged'] : []),
    ...(args.network === 'host' || args.network_mode === 'host' ? ['--network=host'] : []),
    ...volumes.flatMap((volume) => ['-v', volume]),
    args.image,
  ];
  return [words.map(quote).join(' ')];
}
