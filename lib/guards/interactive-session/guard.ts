/** Stops sessions that later input would drive: no hook sees what is typed into them. */

import { defineGuard } from '../../kit/define-guard.ts';
import { draft, mergeDrafts } from '../../kit/draft.ts';
import { BEFORE_TOOL } from '../../kit/events.ts';
import { lastPart } from '../../kit/paths.ts';
import { printWord } from '../../kit/words.ts';
import { brief } from './brief.ts';

export default defineGuard({
  id: 'interactive-session',
  title: 'No session opens that later input would drive unseen',
  events: BEFORE_TOOL,
  level: 'deny',
  risk: 3,
  needs: [],
  options: {
    allow: {
      type: 'strings',
      default: [],
      direction: 'permission',
      about: 'Programs that may open a session, by name: `node`.',
    },
  },
  examples: {
    deny: [
      'ssh prod',
      'bash',
      'bash -i',
      'python3',
      'node',
      'psql -d app',
      'sqlite3 app.db',
      'docker exec -it web sh',
    ],
    pass: [
      'bash -c "ls"',
      'python3 -c "print(1)"',
      'python3 tools.py',
      'node -e "1"',
      'psql -c "SELECT 1"',
      'echo "SELECT 1" | sqlite3 app.db',
      'ls | node -e "process.stdin.resume()"',
      { command: 'node', options: { allow: ['node'] } },
    ],
  },
  brief,
  check(facts, options) {
    return mergeDrafts(
      facts.effects.flatMap((effect) => {
        if (effect.kind !== 'run' || !effect.interactive) return [];
        if (options.allow.includes(lastPart(effect.program.text ?? ''))) return [];
        const program = printWord(effect.program);
        return [
          draft(
            effect,
            `${program} opens a session, and what is typed into it is not checked`,
            'give it the commands as arguments, or in a script',
            { subject: { command: program } },
          ),
        ];
      }),
    );
  },
});
