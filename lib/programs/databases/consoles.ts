/** Consoles of web frameworks: `manage.py`, `artisan`, `bin/console`. Which of their commands lose data, show secrets or open a prompt. */

import type { Effect } from '../../types/effect.ts';
import type { Language, Nested } from '../../types/invocation.ts';
import { programWord } from '../coreutils/paths.ts';
import { asksForHelp, readOptions } from '../coreutils/spec.ts';
import { run, wordAt } from '../effects.ts';
import { readInput } from '../interpreters/start.ts';
import { type Call, definePage, NOTHING, type Outcome, type Page } from '../page.ts';
import { byNames, data, secret } from '../verbs.ts';

interface Console {
  readonly loses: RegExp;
  readonly changes: RegExp;
  readonly shows: RegExp;
  readonly opens: RegExp;
  /** Those that take SQL instead of code. */
  readonly opensSql: RegExp;
  /** Options whose value is code that the prompt would take, and its language. */
  readonly code: readonly string[];
  readonly lang: Language;
}

const CONSOLES = byNames<Console>({
  'manage.py django-admin': {
    loses: /^(?:flush|reset_db|drop_test_database|migrate \S+ zero|delete_all\S*)(?: |$)/,
    changes: /^(?:migrate|loaddata|createsuperuser|changepassword|clearsessions)(?: |$)/,
    shows: /^(?:diffsettings|print_settings)(?: |$)/,
    opens: /^(?:shell|shell_plus)(?: |$)/,
    opensSql: /^dbshell(?: |$)/,
    code: ['c', 'command'],
    lang: 'python',
  },
  artisan: {
    loses: /^(?:migrate:(?:fresh|refresh|reset|rollback)|db:wipe|queue:(?:flush|clear)|model:prune)(?: |$)/,
    changes: /^(?:migrate|db:seed)(?: |$)/,
    shows: /^(?:env:decrypt|config:show|db:show --credentials)(?: |$)/,
    opens: /^tinker(?: |$)/,
    opensSql: /^db(?: |$)/,
    code: ['execute'],
    lang: 'php',
  },
  'symfony-console': {
    loses: /^doctrine:(?:database:drop|schema:drop|fixtures:load|mongodb:schema:drop)(?: |$)/,
    changes: /^doctrine:(?:migrations:(?:migrate|execute)|schema:update)(?: |$)/,
    shows: /^(?:secrets:(?:reveal|decrypt-to-local)|debug:dotenv|secrets:list --reveal)(?: |$)/,
    opens: /^psysh(?: |$)/,
    opensSql: /^dbal:run-shell(?: |$)/,
    code: [],
    lang: 'php',
  },
});

function readConsole(call: Call): Outcome {
  const found = CONSOLES.get(call.name) as Console;
  const parsed = readOptions(
    call.args,
    'settings= pythonpath= database= c= command= execute= env= e= v= verbosity= n no-input noinput no-interaction force reveal',
  );
  const near = programWord(call);
  const [verb] = parsed.operands;
  if (asksForHelp(parsed) || verb === undefined || parsed.has('dry-run', 'pretend', 'plan')) return NOTHING;
  const text = parsed.operands
    .map((word) => word.text ?? '')
    .join(' ')
    .slice(0, 400);
  const op = `${call.name} ${verb.text}`;
  const codes = parsed.values(...found.code);
  const effects: Effect[] = [];
  if (found.loses.test(text)) effects.push(data(near, 'database', op, true));
  else if (found.changes.test(text)) effects.push(data(near, 'database', op, false));
  if (found.shows.test(text) || (text === 'secrets:list' && parsed.has('reveal')))
    effects.push(secret(near, call.name));
  const runs: readonly Nested[] = codes.map((code) => ({ kind: 'code', lang: found.lang, code, via: op }));
  const input =
    codes.length > 0
      ? NOTHING
      : readPrompt(
          call,
          found.opens.test(text) ? found.lang : found.opensSql.test(text) ? 'sql' : undefined,
          op,
        );
  return { effects: [...effects, ...input.effects], runs: [...runs, ...(input.runs ?? [])] };
}

/** What a prompt is given: its code or SQL where that comes on standard input, else a session. */
export function readPrompt(call: Call, lang: Language | 'sql' | undefined, via: string): Outcome {
  if (lang === undefined) return NOTHING;
  const { stdin, redirects } = call.invocation;
  const isGiven = stdin !== undefined || redirects.some((one) => one.fd === 0 && /^read/.test(one.op));
  const near = programWord(call);
  if (lang !== 'sql' || !isGiven)
    return isGiven ? readInput(lang as Language, call) : { effects: [run(near, { interactive: true })] };
  // Every client reads SQL alike; this one asks for no host.
  return { effects: [], runs: [{ kind: 'argv', argv: [wordAt('psql', near)], via }] };
}

/** The console that a script is, by its path; undefined for all other scripts. */
export function consoleOf(path: string | undefined): string | undefined {
  const name = /(?:^|\/)(manage\.py|artisan|bin\/console)$/.exec(path ?? '')?.[1];
  return name === 'bin/console' ? 'symfony-console' : name;
}

export const pages: readonly Page[] = [
  definePage({
    names: [...CONSOLES.keys()],
    about: 'consoles of web frameworks',
    read: readConsole,
    examples: [
      { command: 'python manage.py flush --noinput', effects: [{ kind: 'data', destructive: true }] },
      { command: 'php artisan migrate:fresh --force', effects: [{ kind: 'data', destructive: true }] },
      { command: 'php artisan env:decrypt', effects: [{ kind: 'secret', op: 'read' }] },
      {
        command: 'php bin/console doctrine:database:drop --force',
        effects: [{ kind: 'data', destructive: true }],
      },
      { command: 'python3 manage.py shell', effects: [{ kind: 'run', interactive: true }] },
      {
        command: 'python manage.py shell -c \'import os; os.remove("x")\'',
        effects: [{ kind: 'file', op: 'delete', path: 'x' }],
      },
      { command: 'python manage.py makemigrations', effects: [] },
      { command: 'php artisan test', effects: [] },
      { command: './manage.py check', effects: [] },
    ],
  }),
];
