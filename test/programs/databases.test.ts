import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/databases/index.ts';
import { fakeHost } from './call.ts';
import { summaryOf } from './summary.ts';

const setup = {
  host: fakeHost({ files: { '/work/app/drop.sql': '-- all\nDROP TABLE a;\nINSERT INTO b VALUES (1);\n' } }),
};

describe('databases', () => {
  it.each<[string, readonly string[], string?]>([
    ['psql', ['run interactive']],
    ["psql -c 'SELECT 1'", []],
    ["psql -c 'DROP TABLE users'", ['destroy postgres DROP TABLE users']],
    ['psql -c \'drop table if exists "users" cascade\'', ['destroy postgres DROP TABLE users']],
    ["psql -c 'DROP INDEX x'", ['change postgres DROP INDEX x']],
    ["psql -c 'DROP DATABASE app'", ['destroy postgres DROP DATABASE app']],
    ["psql -d app -c 'TRUNCATE users'", ['destroy postgres TRUNCATE users app']],
    ["psql -c 'DELETE FROM users'", ['destroy postgres DELETE users']],
    ["psql -c 'DELETE FROM users WHERE id=1'", ['change postgres DELETE users']],
    ["psql -c 'DELETE FROM users WHERE 1=1'", ['destroy postgres DELETE users']],
    ["psql -c 'UPDATE users SET a=1'", ['destroy postgres UPDATE users']],
    ["psql -c 'UPDATE users SET a=1 WHERE id=2'", ['change postgres UPDATE users']],
    ["psql -c 'ALTER TABLE users DROP COLUMN a'", ['destroy postgres ALTER TABLE … DROP users']],
    ["psql -c 'ALTER TABLE users ADD COLUMN a int'", ['change postgres ALTER TABLE users']],
    ["psql -c 'SELECT * FROM t FOR UPDATE'", []],
    ["psql -c '/* drop table x */ select 1 -- drop table y'", []],
    ["psql -c 'EXPLAIN DELETE FROM users'", []],
    ["psql -c 'EXPLAIN ANALYZE DELETE FROM users'", ['destroy postgres DELETE users']],
    [
      "psql -c 'WITH x AS (DELETE FROM users RETURNING *) SELECT * FROM x'",
      ['destroy postgres DELETE users'],
    ],
    ['psql -c "COPY t TO PROGRAM \'rm -rf /home/user\'"', ['> sh: rm -rf /home/user']],
    ["psql -c '\\! rm -rf /home/user'", ['> sh: rm -rf /home/user']],
    ['psql -c "\\copy t to program \'cat > x\'"', ['> sh: cat > x']],
    ["psql -c '\\dt'", []],
    ['psql -c "DO \\$\\$BEGIN DROP TABLE x; END\\$\\$"', ['destroy postgres DROP TABLE x']],
    ['psql -c "SELECT pg_read_file(\'/etc/passwd\')"', ['read /etc/passwd']],
    ['psql -c "SELECT \'drop table users;\'"', []],
    ["psql postgres://u:p@db.example/app -c 'select 1'", ['connect db.example']],
    ["psql 'host=db.example dbname=app' -c 'select 1'", ['connect db.example']],
    ["PGHOST=db.example psql -c 'select 1'", ['connect db.example']],
    ['psql -l', []],
    ['psql', ['destroy postgres DROP TABLE x'], 'DROP TABLE x;'],
    ['psql -f drop.sql', ['read drop.sql', 'destroy postgres DROP TABLE a', 'change postgres INSERT']],
    ['psql -c $q', ['opaque dynamic']],
    ["mysql -h db.example -e 'DROP DATABASE app'", ['connect db.example', 'destroy mysql DROP DATABASE app']],
    ["mysql -e 'system rm -rf x'", ['> sh: rm -rf x']],
    ["mysql -e 'SHOW TABLES'", []],
    ['mysql -e "SELECT 1 INTO OUTFILE \'/tmp/x\'"', ['write /tmp/x']],
    ['mysql app', ['destroy mysql DROP TABLE x app'], '/*!50000 DROP TABLE x */;'],
    ["sqlite3 x.db 'DROP TABLE t'", ['read x.db', 'destroy sqlite DROP TABLE t x']],
    ["sqlite3 x.db '.shell rm -rf a'", ['read x.db', '> sh: rm -rf a']],
    ['sqlite3 x.db .tables', ['read x.db']],
    ["sqlite3 x.db '.output /etc/x' 'select 1'", ['read x.db', 'write /etc/x']],
    ['sqlite3 x.db "select load_extension(\'./evil\')"', ['read x.db', 'opaque dynamic']],
    ["duckdb -c 'select 1'", []],
    ['redis-cli FLUSHALL', ['destroy redis FLUSHALL']],
    ['redis-cli -h h.example get x', ['connect h.example']],
    ['redis-cli del a', ['change redis DEL a']],
    ['redis-cli config set dir /etc', ['destroy redis CONFIG SET dir']],
    ["redis-cli keys '*'", []],
    ['redis-cli eval \'return redis.call("flushall")\' 0', ['destroy redis EVAL']],
    ['redis-cli', ['destroy redis FLUSHDB'], 'FLUSHDB'],
    ["mongosh --eval 'db.dropDatabase()'", ['destroy mongo dropDatabase']],
    ["mongosh --eval 'db.x.deleteMany({})'", ['destroy mongo deleteMany']],
    ["mongosh --eval 'db.x.deleteMany({a: 1})'", ['change mongo deleteMany']],
    ["mongosh mongodb://db.example/app --eval 'db.x.find()'", ['connect db.example']],
    ['mysqladmin drop app', ['destroy mysql drop app']],
    [
      'psql -c "WITH x AS (DELETE FROM users RETURNING *) SELECT * FROM x WHERE a"',
      ['destroy postgres DELETE users'],
    ],
    ['flyway clean', ['destroy database flyway clean']],
    ['flyway migrate', ['change database flyway migrate']],
    ['alembic downgrade -1', ['destroy database alembic downgrade']],
    ['prisma migrate dev', ['change database prisma migrate dev']],
    ['prisma migrate reset', ['destroy database prisma migrate reset']],
    ['prisma migrate reset --force', ['destroy database prisma migrate reset']],
    ['prisma db push --force-reset', ['destroy database prisma db push --force-reset']],
    ['rails db:migrate', ['change database rails db:migrate']],
    ['rails db:reset', ['destroy database rails db:reset']],
    ["rails runner 'User.delete_all'", ['> ruby: User.delete_all']],
    ['knex migrate:latest', ['change database knex migrate:latest']],
    ['rails console', ['> ruby: User.count'], 'User.count'],
    ['rails c -e test', ['> ruby file: /dev/stdin'], 'pipe'],
    ['rails dbconsole -p', ['> psql'], 'drop table users'],
    ['manage.py shell', ["> python: os.remove('x')"], "os.remove('x')"],
    ['manage.py dbshell', ['> psql'], 'select 1'],
    ['artisan tinker', ["> php: unlink('x');"], "unlink('x');"],
    ['artisan db', ['> psql'], 'select 1'],
  ])('%s', (command, expected, stdin) => {
    expect(summaryOf(pages, command, stdin === undefined ? setup : { ...setup, stdin })).toEqual(expected);
  });
});

/** Calls `psql -c`, `mysql -e` … with the text as it is. */
function said(program: string, sql: string): readonly string[] {
  return summaryOf(pages, program, { ...setup, stdin: sql });
}

describe('what hides a statement, and what only looks like one', () => {
  it.each<[string, string, readonly string[]]>([
    ['psql', "SELECT '\\'; DROP TABLE t; --'", ['destroy postgres DROP TABLE t']],
    ['psql', "SELECT E'\\'; DROP TABLE t; --'", []],
    ['psql', '/* /* */ DROP TABLE t; */ SELECT 1', []],
    ['mysql', '/* /* */ DROP TABLE t; -- */', ['destroy mysql DROP TABLE t']],
    ['mysql', 'SELECT 1--1; DROP TABLE t', ['destroy mysql DROP TABLE t']],
    ['psql', 'SELECT 1 # 2; DROP TABLE t', ['destroy postgres DROP TABLE t']],
    ['mysql', 'SELECT 1 # 2; DROP TABLE t', []],
    ['mysql', 'SELECT "a\\"; DROP TABLE t; --"', []],
    ['psql', 'SELECT 1 AS "drop table t; delete from x"', []],
    ['mysql', 'DELIMITER //\nDROP TABLE t//', ['destroy mysql DROP TABLE t']],
    ['psql', '\\c prod\nDROP TABLE t', ['destroy postgres DROP TABLE t prod']],
    ['mysql app_test', 'USE prod; DROP TABLE t', ['destroy mysql DROP TABLE t prod']],
    ['psql -d app_test', 'DROP DATABASE prod', ['destroy postgres DROP DATABASE prod']],
    ['psql', 'SELECT 1 \\g |rm -rf x', ['> sh: rm -rf x']],
    ['psql', '\\o |tee x', ['> sh: tee x']],
    ['psql', '\\set a `rm -rf x`', ['> sh: rm -rf x']],
    ['psql', "\\copy t from 'a.csv' csv", ['read a.csv']],
    ['psql', '\\i drop.sql', ['read drop.sql', 'destroy postgres DROP TABLE a', 'change postgres INSERT']],
    ['psql', "SELECT 'a \\! b'", []],
    ['psql', "select 'drop table t' \\gexec", ['opaque dynamic']],
    ['psql', 'DELETE FROM t WHERE a = 1 OR true', ['destroy postgres DELETE t']],
    ['psql', 'DELETE FROM t WHERE id IS NOT NULL', ['destroy postgres DELETE t']],
    ['psql', 'DELETE FROM t WHERE id > 0', ['destroy postgres DELETE t']],
    ['psql', 'DELETE FROM t WHERE a = a', ['destroy postgres DELETE t']],
    ['psql', 'DELETE FROM t WHERE deleted_at IS NOT NULL', ['change postgres DELETE t']],
    ['psql', 'DELETE FROM t USING u WHERE t.id = u.id', ['change postgres DELETE t']],
    ['psql', 'UPDATE t SET a = (SELECT b FROM u WHERE c)', ['destroy postgres UPDATE t']],
    ['psql', 'UPDATE t SET a = 1 WHERE id IN (1, 2)', ['change postgres UPDATE t']],
    ['psql', 'ALTER TABLE t ALTER COLUMN a DROP NOT NULL', ['change postgres ALTER TABLE t']],
    ['psql', 'ALTER TABLE t DROP CONSTRAINT c', ['change postgres ALTER TABLE t']],
    ['psql', 'GRANT SELECT ON t TO u', ['change postgres GRANT']],
    ['psql', 'SHOW server_version', []],
    ['psql', 'DO LANGUAGE plpython3u $$import os$$', ['> python: import os']],
    ['psql -h db.example', "COPY t TO PROGRAM 'id'", ['connect db.example', '> remote sh: id']],
    ['psql', "ALTER SYSTEM SET archive_command = 'rm x'", ['change postgres ALTER SYSTEM SET', '> sh: rm x']],
    ['mysql', "PREPARE s FROM 'DROP TABLE t'; EXECUTE s", ['destroy mysql DROP TABLE t']],
    ['sqlite3 /tmp/x.db', 'DROP TABLE t', ['read /tmp/x.db', 'change sqlite DROP TABLE t x']],
    ['sqlite3 :memory:', 'DELETE FROM t', ['change sqlite DELETE t :memory:']],
    [
      'sqlite3 x.db',
      'CREATE TRIGGER a AFTER INSERT ON t BEGIN DELETE FROM u; END; SELECT 1',
      ['read x.db', 'change sqlite CREATE x'],
    ],
    ['sqlite3 x.db', '.import "|rm -rf y" t', ['read x.db', '> sh: rm -rf y']],
    ['sqlite3 x.db', '.schema', ['read x.db']],
    ['sqlcmd', 'SELECT 1 DROP TABLE t', ['destroy mssql DROP TABLE t']],
    ['sqlcmd', 'CREATE TABLE #a (b int) DROP TABLE #a', ['change mssql CREATE']],
    ['sqlcmd', "EXEC xp_cmdshell 'dir'", ['> sh: dir']],
    ['sqlcmd -S tcp:db.example,1433', 'SELECT 1', ['connect db.example']],
    ['clickhouse-client', 'ALTER TABLE t DELETE WHERE 1', ['destroy clickhouse ALTER TABLE … DROP t']],
    [
      'cqlsh db.example',
      'DROP KEYSPACE shop',
      ['connect db.example', 'destroy cassandra DROP KEYSPACE shop'],
    ],
  ])('%s: %s', (program, sql, expected) => {
    expect(said(program, sql)).toEqual(expected);
  });
});

describe('databases from the command line', () => {
  it.each<[string, readonly string[]]>([
    ["psql -h localhost -c 'select 1'", ['connect localhost']],
    ['redis-cli ping', []],
    ['redis-cli -u redis://cache.example:6379/0 get a', ['connect cache.example']],
    ['redis-cli shutdown', ['change redis SHUTDOWN']],
    ['redis-cli script flush', ['change redis SCRIPT']],
    ['redis-cli --rdb out.rdb', ['write out.rdb']],
    ['mongosh shop --eval \'db["dropDatabase"]()\'', ['destroy mongo dropDatabase shop']],
    ["mongosh --eval 'db.runCommand({dropDatabase: 1})'", ['destroy mongo dropDatabase']],
    ["mongosh --eval 'db.users.countDocuments()'", []],
    ['dropdb --if-exists app_test', ['destroy postgres DROP DATABASE app_test']],
    ['pg_restore --clean -d shop a.dump', ['read a.dump', 'destroy postgres pg_restore --clean shop']],
    ['pg_restore -l a.dump', ['read a.dump']],
    ['psql -o out.txt -c "select 1"', ['write out.txt']],
    ['psql -o "|sh x" -c "select 1"', ['> sh: sh x']],
    ['psql -c "delete from t where id=$id"', ['change postgres DELETE t']],
    ['flyway -configFiles=clean.conf migrate', ['change database flyway migrate']],
    ['flyway -configFiles=a.conf clean', ['destroy database flyway clean']],
    ['alembic downgrade base --sql', []],
    ['alembic history', []],
    ['RAILS_ENV=test rails db:drop', ['destroy database rails db:drop test']],
    ['rails generate migration DropUsers', []],
    [
      'DATABASE_URL=postgres://localhost/app_test prisma migrate reset --force',
      ['connect localhost', 'destroy database prisma migrate reset app_test'],
    ],
    [
      'RAILS_ENV=test DATABASE_URL=postgres://db.example/shop rails db:drop',
      ['connect db.example', 'destroy database rails db:drop shop'],
    ],
    [
      'DATABASE_URL=postgres://localhost/app_test alembic downgrade base',
      ['destroy database alembic downgrade'],
    ],
    ['rails console', ['run interactive']],
    ['rails dbconsole', ['run interactive']],
    ['manage.py dbshell', ['run interactive']],
    ['typeorm schema:drop', ['destroy database typeorm schema:drop']],
    ['sequelize db:drop', ['destroy database sequelize db:drop']],
    ['liquibase dropAll', ['destroy database liquibase dropAll']],
    ['liquibase status', []],
  ])('%s', (command, expected) => {
    expect(summaryOf(pages, command, setup)).toEqual(expected);
  });

  it('takes what comes through a pipe for unseen', () => {
    expect(summaryOf(pages, 'psql', { ...setup, stdin: 'pipe' })).toEqual(['opaque dynamic']);
  });

  it('stays fast on long texts', () => {
    for (const piece of ['/*', '\\a', "'", '$a$', ';', '(', 'with ', '[', '.a\n'])
      for (const program of ['psql', 'mysql', 'sqlite3 x.db', 'sqlcmd']) {
        const start = performance.now();
        said(program, piece.repeat(60_000));
        expect(performance.now() - start).toBeLessThan(2000);
      }
  });
});
