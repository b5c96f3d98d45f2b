/** Examples of SQL clients' command lines, executed by the tests. Data only. */

import type { PageExample } from '../page.ts';

export const CLIENT_EXAMPLES: readonly PageExample[] = [
  {
    command: 'psql -c "DROP TABLE users"',
    effects: [{ kind: 'data', system: 'postgres', op: 'DROP TABLE', destructive: true, target: 'users' }],
  },
  {
    command: 'psql -d app_test -c "DROP TABLE users"',
    effects: [{ kind: 'data', op: 'DROP TABLE users', destructive: true, target: 'app_test' }],
  },
  { command: "psql -c '\\! rm -rf /srv/app'", effects: [{ kind: 'file', op: 'delete', path: '/srv/app' }] },
  {
    command: 'psql -c "COPY t TO PROGRAM \'rm -rf /srv/app\'"',
    effects: [{ kind: 'file', op: 'delete', path: '/srv/app' }],
  },
  {
    command: 'psql -h db.example -c "DELETE FROM t"',
    effects: [
      { kind: 'net', op: 'connect', scheme: 'postgres', host: 'db.example' },
      { kind: 'data', op: 'DELETE', destructive: true },
    ],
  },
  {
    command: 'psql postgres://app@db.example/shop -c "TRUNCATE orders"',
    effects: [
      { kind: 'net', host: 'db.example' },
      { kind: 'data', op: 'TRUNCATE orders', target: 'shop', destructive: true },
    ],
  },
  {
    command: "psql <<'EOF'\nTRUNCATE users;\nEOF",
    effects: [{ kind: 'data', op: 'TRUNCATE', destructive: true }],
  },
  {
    command: "mysql app -e 'DELETE FROM t WHERE id = 3'",
    effects: [{ kind: 'data', op: 'DELETE t', destructive: false, target: 'app' }],
  },
  { command: "mysql -e '\\! rm -rf /srv/app'", effects: [{ kind: 'file', op: 'delete', path: '/srv/app' }] },
  { command: "sqlite3 x.db '.shell rm -rf build'", effects: [{ kind: 'file', op: 'delete', path: 'build' }] },
  { command: 'psql', effects: [{ kind: 'run', interactive: true }] },
  { command: 'psql -c "SELECT * FROM users"', effects: [] },
  { command: 'psql -h /var/run/postgresql -l', effects: [] },
  { command: 'sqlite3 x.db .tables', effects: [] },
  { command: 'psql -c "SELECT \'drop table x\'"', effects: [] },
  { command: 'psql --version', effects: [] },
];
