/** `codex-guard guards`: which guards there are and what they do. */

import { type AnyGuard, type Example, guards } from '../../lib/api.ts';
import { chooseGuard } from '../choose.ts';
import { type CommandSpec, EXIT } from '../command.ts';
import { readPolicy } from '../read-policy.ts';

export const guardsCommand: CommandSpec = {
  name: 'guards',
  usage: '[ID]',
  words: 1,
  about: 'List the guards, or show one with its options and examples.',
  options: { json: { type: 'boolean', about: 'print JSON' } },
  examples: [
    ['guards', 'all guards with the level the policy in force gives them'],
    ['guards branch-protection', 'one guard: options, what it denies, what it lets pass'],
  ],
  run: (args, terminal) => {
    const policy = readPolicy(terminal, terminal.cwd);
    const [id] = args.positionals;
    const level = (guard: AnyGuard): string => policy.guards[guard.id]?.level ?? 'off';
    if (id === undefined) {
      const width = Math.max(...guards.map((guard) => guard.id.length));
      terminal.out(
        args.flag('json')
          ? JSON.stringify(
              {
                schema: 'codex-guard/guards/v1',
                guards: guards.map((guard) => ({
                  id: guard.id,
                  title: guard.title,
                  level: level(guard),
                  risk: guard.risk,
                  events: guard.events,
                })),
              },
              null,
              2,
            )
          : guards
              .map((guard) => `${guard.id.padEnd(width)}  ${level(guard).padEnd(4)}  ${guard.title}`)
              .join('\n'),
      );
      return EXIT.fine;
    }
    const guard = chooseGuard(id);
    const { check: _, ...data } = guard;
    terminal.out(
      args.flag('json')
        ? JSON.stringify({ schema: 'codex-guard/guard/v1', ...data, level: level(guard) }, null, 2)
        : showGuard(guard, level(guard)),
    );
    return EXIT.fine;
  },
};

function showGuard(guard: AnyGuard, level: string): string {
  const options = Object.entries(guard.options).map(
    ([name, spec]) => `  ${name} (default ${JSON.stringify(spec.default)})\n      ${spec.about}`,
  );
  return [
    `${guard.id}: ${guard.title}`,
    `level ${level} · risk ${guard.risk} · ${guard.events.join(', ')}`,
    ...(options.length === 0 ? [] : ['', 'Options:', ...options]),
    '',
    'Denies:',
    ...guard.examples.deny.map((example) => `  ${showExample(example)}`),
    '',
    'Lets pass:',
    ...guard.examples.pass.map((example) => `  ${showExample(example)}`),
  ].join('\n');
}

function showExample(example: Example): string {
  if (typeof example === 'string') return example;
  return JSON.stringify(example);
}
