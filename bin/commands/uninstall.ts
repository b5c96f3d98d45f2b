/** `codex-guard uninstall`: takes our hooks out of hooks.json and removes the copied programs. Audit and policy stay. */

import { existsSync } from 'node:fs';
import { createTwoFilesPatch } from 'diff';
import { removeHooks } from '../../lib/api.ts';
import { logChange } from '../change-log.ts';
import { type CommandSpec, EXIT } from '../command.ts';
import { backUp, readOwnFile, removeOwn, writeAtomic } from '../files.ts';
import { placesOf } from './install.ts';

export const uninstall: CommandSpec = {
  name: 'uninstall',
  usage: '[--dry-run]',
  about: 'Take the hooks out of Codex again; policy and audit trail stay.',
  options: {
    'dry-run': { type: 'boolean', about: 'show what would change, change nothing' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [['uninstall --dry-run', 'show the change to hooks.json as a diff']],
  run: (args, terminal) => {
    const { hooksJson, hooksDir, guardHome } = placesOf(terminal);
    const before = readOwnFile(hooksJson);
    const { text, changed } =
      before === undefined ? { text: undefined, changed: false } : removeHooks(before);
    const dryRun = args.flag('dry-run');
    const hasPrograms = existsSync(hooksDir);
    if (!dryRun) {
      // Wiring first: a hooks.json that names a missing program would refuse every step.
      if (changed) {
        backUp(hooksJson, new Date());
        if (text === undefined) removeOwn(hooksJson);
        else writeAtomic(hooksJson, text, 0o600);
      }
      removeOwn(hooksDir);
    }
    if (!dryRun && (changed || hasPrograms))
      logChange(guardHome, 'uninstall', { hooksJson, changed, hooksDir });
    if (args.flag('json')) {
      terminal.out(
        JSON.stringify(
          { schema: 'codex-guard/uninstall/v1', dryRun, hooksJson, hooksDir, changed, programs: hasPrograms },
          null,
          2,
        ),
      );
      return EXIT.fine;
    }
    terminal.out(
      changed
        ? `${dryRun ? 'would take' : 'took'} the hooks out of ${hooksJson}`
        : `no hooks of codex-guard in ${hooksJson}`,
    );
    if (hasPrograms) terminal.out(`${dryRun ? 'would remove' : 'removed'} ${hooksDir}`);
    if (dryRun && changed) terminal.out(createTwoFilesPatch(hooksJson, hooksJson, before ?? '', text ?? ''));
    return EXIT.fine;
  },
};
