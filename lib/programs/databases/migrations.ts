/** Migration programs: which of their commands lose what a database holds. Reads no migration. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { programWord } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { wordAt } from '../effects.ts';
import { assigned } from '../network/traffic.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { byNames, data, secret } from '../verbs.ts';
import { readPrompt } from './consoles.ts';
import { connectTo, databaseName, isUrl } from './server.ts';

interface Migrator {
  /** Commands, one or more words from the start, that lose data, and those that change it. */
  readonly loses: RegExp;
  readonly changes: RegExp;
  /** Options that make a command lose data. */
  readonly options?: readonly string[];
}

/** Programs that take the database from `DATABASE_URL` before any file of theirs. */
const TAKES_URL = /^(?:rails|prisma|dbmate|sqlx|diesel)$/;

const NODE: Migrator = {
  loses:
    /^(?:drop|reset|db:drop(?::all)?|schema:drop|database:drop|schema:fresh|migration:fresh|migrate:down|migrate:rollback|db:migrate:undo\S*|migration:(?:revert|down))(?: |$)/,
  changes:
    /^(?:migrate\S*|migration:(?:run|up)|db:(?!migrate:status)\S+|schema:(?:sync|update|create)|push|seed:\S+)(?: |$)/,
};

const MIGRATORS = byNames<Migrator>({
  flyway: { loses: /(?:^| )clean(?: |$)/, changes: /(?:^| )(?:migrate|repair|undo|baseline)(?: |$)/ },
  liquibase: {
    loses: /(?:^| )(?:drop-?all|rollback(?!-?\w*-?sql)\S*)(?: |$)/i,
    changes: /(?:^| )(?:update(?!-?\w*-?sql)\S*|tag|changelog-sync)(?: |$)/i,
  },
  alembic: { loses: /^downgrade(?: |$)/, changes: /^(?:upgrade|stamp)(?: |$)/ },
  prisma: {
    loses: /^migrate reset(?: |$)/,
    changes: /^(?:migrate (?:deploy|dev|resolve)|db (?:push|seed|execute))(?: |$)/,
    options: ['force-reset', 'accept-data-loss'],
  },
  rails: {
    loses:
      /(?:^| )db:(?:drop|reset|purge|truncate_all|migrate:(?:reset|down|redo)|schema:load|structure:load|setup|rollback|seed:replant)(?::\w+)?(?: |$)/,
    changes: /(?:^| )db:(?!migrate:status|version|abort|schema:dump|structure:dump)\S+/,
  },
  'knex sequelize sequelize-cli typeorm mikro-orm drizzle-kit': NODE,
  'dbmate sqlx diesel sqitch migrate atlas': {
    loses:
      /^(?:down|drop|rollback|revert|reset|schema clean|database (?:drop|reset)|migrate? (?:revert|redo|down)|migration (?:revert|redo))(?: |$)/,
    changes:
      /^(?:up|goto|force|deploy|migrat\S* (?:run|apply|up)|schema apply|database (?:create|setup))(?: |$)/,
  },
});

/** Environments by which the programs choose a database. */
const ENVIRONMENT = /^(?:RAILS_ENV|RACK_ENV|NODE_ENV|MIX_ENV)=(\w+)$/;

function readMigrator(call: Call): Outcome {
  const { loses, changes, options = [] } = MIGRATORS.get(call.name) as Migrator;
  const parsed = readOptions(
    call.args,
    `url= database= database-url= changelog-file= e= environment= env= c= config= n= name= x= d= dataSource= schema= knexfile= source= path= p= D= sql force f help version ${options.join(' ')}`.trim(),
    { singleDash: call.name === 'flyway' || call.name === 'migrate' },
  );
  if (asksForHelp(parsed) || parsed.operands[0]?.text === 'help') return NOTHING;
  const near = programWord(call);
  const words = parsed.operands.filter((word) => !ENVIRONMENT.test(word.text ?? ''));
  const text = words
    .map((word) => word.text ?? '?')
    .join(' ')
    .slice(0, 4000);
  // `--sql` prints what would be done.
  const isPrinted = call.name === 'alembic' && parsed.has('sql');
  const lost = isPrinted ? undefined : loses.exec(text)?.[0];
  const changed = isPrinted ? undefined : changes.exec(text)?.[0];
  const forced = options.find((name) => parsed.has(name));
  const url =
    parsed.value('url', 'database-url', 'database') ??
    (TAKES_URL.test(call.name) ? assigned(call, 'DATABASE_URL') : undefined);
  const target =
    (url === undefined ? undefined : isUrl(url) ? databaseName(url) : url) ??
    environmentOf(call, parsed.operands, near) ??
    parsed.value('e', 'environment', 'env');
  const op = (lost ?? changed)?.trim();
  const effects: Effect[] = [
    ...(url && isUrl(url) ? connectTo(call, { database: plainUrl(url) }, 'sql') : []),
    ...(op === undefined
      ? []
      : [
          data(
            near,
            'database',
            `${call.name} ${op}${forced ? ` --${forced}` : ''}`,
            lost !== undefined || forced !== undefined,
            target,
          ),
        ]),
  ];
  return call.name === 'rails' ? withRails(call, effects) : { effects };
}

/** `jdbc:postgresql://…` as the URL in it. */
function plainUrl(url: Word): Word {
  return url.text === undefined ? url : { ...url, text: url.text.replace(/^jdbc:/i, '') };
}

function environmentOf(call: Call, operands: readonly Word[], near: Word): Word | undefined {
  const inText = operands
    .map((word) => ENVIRONMENT.exec(word.text ?? '')?.[1])
    .find((name) => name !== undefined);
  return inText === undefined ? assigned(call, 'RAILS_ENV', 'RACK_ENV', 'NODE_ENV') : wordAt(inText, near);
}

/** rails has a prompt of its own and runs Ruby texts. */
function withRails(call: Call, effects: readonly Effect[]): Outcome {
  const verb = call.args[0]?.text ?? '';
  const opens = /^(?:c|console)$/.test(verb) ? 'ruby' : /^(?:db|dbconsole)$/.test(verb) ? 'sql' : undefined;
  const input = asksForHelp(readOptions(call.args, 'h help'))
    ? NOTHING
    : readPrompt(call, opens, `rails ${verb}`);
  const shows = /^(?:credentials|secrets|encrypted):show$/.test(verb);
  const subject = readOptions(call.args.slice(1), 'e= environment= w skip-executor').operands[0];
  const isFile = /\.rb$/.test(subject?.text ?? '');
  return {
    effects: [...effects, ...input.effects, ...(shows ? [secret(programWord(call), 'rails')] : [])],
    runs:
      /^(?:r|runner)$/.test(verb) && subject
        ? [
            isFile
              ? { kind: 'file', lang: 'ruby', path: subject, via: 'rails runner' }
              : { kind: 'code', lang: 'ruby', code: subject, via: 'rails runner' },
          ]
        : (input.runs ?? []),
  };
}

export const pages: readonly Page[] = [
  definePage({
    names: [...MIGRATORS.keys()],
    about: 'migrations of databases',
    read: readMigrator,
    examples: [
      { command: 'prisma migrate reset --force', effects: [{ kind: 'data', destructive: true }] },
      { command: 'rails db:drop', effects: [{ kind: 'data', op: 'rails db:drop', destructive: true }] },
      {
        command: 'RAILS_ENV=test rails db:reset',
        effects: [{ kind: 'data', destructive: true, target: 'test' }],
      },
      { command: 'alembic upgrade head', effects: [{ kind: 'data', destructive: false }] },
      { command: 'flyway clean', effects: [{ kind: 'data', destructive: true }] },
      { command: 'prisma generate', effects: [] },
      { command: 'rails routes', effects: [] },
    ],
  }),
];
