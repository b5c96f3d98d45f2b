/** `codex-guard doctor`: whether this installation really stops what it should. */

import { resolve } from 'node:path';
import { findCodex, HostError, proveLive, UsageError } from '../../lib/api.ts';
import { type CommandSpec, EXIT } from '../command.ts';
import { printLive } from '../show-live.ts';

export const doctor: CommandSpec = {
  name: 'doctor',
  usage: '--live',
  about: 'Prove that the hooks really stop what they should, with the client that is installed.',
  options: {
    live: { type: 'boolean', about: 'play a scripted session with the real client, in scratch folders' },
    codex: { type: 'string', value: 'PATH', about: 'the client (default: CODEX_BIN, or codex on the PATH)' },
    project: {
      type: 'string',
      value: 'DIR',
      about: 'the project whose configuration counts (default: here)',
    },
    model: {
      type: 'string',
      value: 'NAME',
      about: 'the model whose tools to try (default: the one in your configuration)',
    },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [
    [
      'doctor --live',
      'push, leak, patch and stop are tried; each has to be stopped; exit 1 when one was not',
    ],
    ['doctor --live --model gpt-5.5', 'the same with the classic tools instead of code mode'],
  ],
  run: async (args, terminal) => {
    if (!args.flag('live')) throw new UsageError('doctor needs --live');
    const given = args.text('codex');
    const codexPath = given === undefined ? findCodex(terminal.env) : resolve(terminal.cwd, given);
    if (codexPath === undefined) throw new HostError('there is no codex on the PATH; name it with --codex');
    const model = args.text('model');
    const report = await proveLive({
      codexPath,
      env: terminal.env,
      directory: resolve(terminal.cwd, args.text('project') ?? '.'),
      ...(model === undefined ? {} : { model }),
    });
    if (args.flag('json'))
      terminal.out(JSON.stringify({ schema: 'codex-guard/doctor-live/v1', ...report }, null, 2));
    else terminal.out(printLive(report, terminal.colour));
    return report.ok ? EXIT.fine : EXIT.findings;
  },
};
