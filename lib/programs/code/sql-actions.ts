/** Statements that a program text hands to a database: they are told as what the database's own client would be given. */

import { runArgv } from './actions.ts';
import type { Action, Site } from './machine.ts';
import * as v from './value.ts';

/** Statements that take something away; the others change nothing that anybody minds. */
const TAKES_AWAY = /\b(?:drop|truncate|delete|alter|grant|revoke|attach|copy|load)\b/i;
/** Names of drivers, and the client that speaks with the same database. */
const CLIENTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/sqlite/i, ['sqlite3']],
  [/duckdb/i, ['duckdb']],
  [/mysql|maria/i, ['mysql', '-e']],
];
const STANDARD: readonly string[] = ['psql', '-c'];

/** Runs the SQL of the first argument. */
export const runsStatement: Action = (site) => {
  const given = site.args.positional[0] ?? v.UNKNOWN;
  for (const one of v.optionsOf(given)) {
    const [start] = v.piecesOf(one);
    if (typeof start !== 'string' || !TAKES_AWAY.test(start.slice(0, 2000))) continue;
    const [connection, path] = connectionOf(site);
    const [program = 'psql', ...options] = CLIENTS.find(([driver]) => driver.test(path))?.[1] ?? STANDARD;
    const file = options.length === 0 ? [connection ?? v.UNKNOWN] : [];
    runArgv({ ...site, args: v.NO_ARGS }, v.list([v.text(program), ...file, ...options.map(v.text), one]));
  }
  return undefined;
};

/** What the statement's object was made from: the first argument of `connect`, and all of its names. */
function connectionOf(site: Site): readonly [v.Value | undefined, string] {
  let one = site.self;
  for (let depth = 0; depth < 10 && one?.kind === 'ref'; depth++) {
    const argument = one.args?.positional[0];
    if (argument && /connect\(\)|^(?:better-)?sqlite3?\b/.test(one.path)) return [argument, one.path];
    if (!one.self) return [argument, one.path];
    one = one.self;
  }
  return [undefined, ''];
}
