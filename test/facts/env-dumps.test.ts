/** What a filter leaves of an environment or of an `.env` file, judged by the shipped policy. */

import { describe, expect, it } from 'vitest';
import { judgeCommand, makeProject, shippedPolicy } from '../pipeline.ts';

const NAMES: readonly string[] = [
  "env | grep -E '^(NODE|LANG)='",
  "env | grep 'NODE\\|HOME'",
  "printenv | grep -iE 'proxy|locale'",
  "env | grep -oE '^[A-Z_]+'",
  'cut -d= -f1 .env',
  'cut -d = -f 1 .env | sort',
  'diff <(cut -d= -f1 .env.example | sort) <(cut -d= -f1 .env | sort)',
  "sed 's/=.*//' .env",
  "sed -E 's/=.+/=<set>/' .env.local",
  "awk -F= '{print $1}' .env",
  "awk -F= '/^[A-Z]/ {print $1}' .env",
  "grep -oE '^[A-Z_][A-Z0-9_]*' .env",
  "grep -o '^[A-Za-z_]*=' .env",
  "grep -v '^#' .env | cut -d= -f1",
  "cat .env | sed 's/=.*/=***/'",
  "cat .env 2>/dev/null | awk -F= '{print $1}' | sort",
];

const VALUES: readonly string[] = [
  "env | grep -E 'NODE|'",
  "env | grep -E '(NODE)?'",
  "env | grep -E '^(NODE|.*)='",
  "env | grep '[[:alpha:]]'",
  "env | grep '[aeiou]'",
  "env | grep -E 'NODE|API_KEY'",
  'env | grep -A100 NODE',
  'env | grep -ec',
  'env | (grep NODE README.md; cat)',
  'env >&2 | cut -d= -f1',
  'env >/dev/stderr | cut -d= -f1',
  "bash -c 'env >&2' | cut -d= -f1",
  'bash -c env >&2 | cut -d= -f1',
  '{ env; } >&2 | cut -d= -f1',
  'f() { env; }; f >&2 | cut -d= -f1',
  'env | tee /dev/stderr | cut -d= -f1',
  'cut -d= -f2 .env',
  'cut -d= -f1- .env',
  'cut -d: -f1 .env',
  "sed 's/=.*/=&/' .env",
  "sed 's/=.*//;p' .env",
  "sed -e 's/=.*//' -e p .env",
  "sed -n 's/=.*//p' .env; cat .env",
  "awk -F= '{print $2}' .env",
  "awk -F= '/x/{print $1} {print}' .env",
  "grep -o '^.*' .env",
  "grep -o '^[0-z]*' .env",
  "grep -E '^[A-Z_]+' .env",
  'cat .env >&2 | cut -d= -f1',
  'cat .env | tee /dev/stderr | cut -d= -f1',
  "sed -n 'w copy.txt' .env | cut -d= -f1",
  'cat ~/.ssh/id_rsa | cut -d= -f1',
  'cut -d= -f1 ~/.ssh/id_rsa',
  'cat .env | cut -d= -f1 README.md; cat .env',
];

describe('filters that leave names', () => {
  const cwd = makeProject('feature/x', { '.env.example': 'KEY=\n', '.env.local': 'KEY=v\n' });
  const judged = (command: string) => judgeCommand(command, cwd, shippedPolicy(cwd)).verdict.outcome;
  it.each(NAMES)('%s shows no value', (command) => expect(judged(command)).toBe('pass'));
  it.each(VALUES)('%s shows values', (command) => expect(judged(command)).toBe('deny'));
});
