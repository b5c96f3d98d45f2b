/** The risk tier of a step, for the audit: 1 read-only, 2 workspace change, 3 running commands, 4 network, 5 deletion or sensitive. */

import type { Effect } from '../types/effect.ts';
import type { Facts } from '../types/facts.ts';

/** Programs that only look; running them alone is tier 1. */
const READERS = new Set(
  'cat head tail less more ls dir tree stat file wc sort uniq cut tr nl grep egrep fgrep rg ag find fd which type pwd cd echo printf test [ true false sleep date whoami id uname hostname basename dirname realpath readlink git jq yq diff cmp du df ps env printenv export set sed awk seq rev tac column'.split(
    ' ',
  ),
);

/** The highest tier of any effect. */
export function riskTier(facts: Facts): 1 | 2 | 3 | 4 | 5 {
  let tier: 1 | 2 | 3 | 4 | 5 = 1;
  for (const effect of facts.effects) {
    const own = tierOf(effect);
    if (own > tier) tier = own;
  }
  return tier;
}

function tierOf(effect: Effect): 1 | 2 | 3 | 4 | 5 {
  switch (effect.kind) {
    case 'file':
      if (effect.op === 'delete') return 5;
      if (effect.op === 'read' || effect.op === 'list') return 1;
      return effect.at?.zone === 'project' || effect.at?.zone === 'temporary' ? 2 : 5;
    case 'net':
      return 4;
    case 'git':
      if (effect.lossy || effect.force === 'yes' || /delete|api|filter/.test(effect.op)) return 5;
      return effect.op === 'push' || effect.op === 'fetch' || effect.op === 'pull' || effect.op === 'clone'
        ? 4
        : 2;
    case 'run':
      return effect.privilege === undefined ? (READERS.has(nameOf(effect.program.text)) ? 1 : 3) : 5;
    case 'data':
      return effect.destructive ? 5 : 4;
    case 'secret':
      return 5;
    case 'env':
      return effect.shown ? 5 : 1;
    default:
      return 3;
  }
}

function nameOf(program: string | undefined): string {
  return (program ?? '').slice((program ?? '').lastIndexOf('/') + 1);
}
