/** `codex-guard policy print`: the merged policy, value by value. */

import { explainPolicy, findTrustLevel, type PolicyOrigin } from '../../../lib/api.ts';
import { type CommandSpec, EXIT } from '../../command.ts';
import { checkPolicy, policySources } from '../../read-policy.ts';

/** Values that are longer stand one entry a line. */
const WIDTH = 80;

export const printAction: CommandSpec = {
  name: 'print',
  usage: '',
  words: 0,
  about: 'Print the merged policy.',
  options: {
    origin: { type: 'boolean', about: 'say which file set each value' },
    policy: { type: 'string', value: 'FILE', about: 'one more policy file; it can only tighten' },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [['policy print --origin', 'every value with the layer, file and line it comes from']],
  run: (args, terminal) => {
    const path = args.text('policy');
    const sources = policySources(terminal, terminal.cwd, path);
    const { policy, origins } = explainPolicy(sources);
    checkPolicy(policy, path === undefined ? undefined : sources.environmentPath, terminal);
    const { digest, exceptions, problems } = policy;
    const level = findTrustLevel(policy);
    if (args.flag('json')) {
      const answer = {
        digest,
        level: level?.preset,
        sources: policy.sources,
        values: origins,
        exceptions,
        problems,
      };
      terminal.out(JSON.stringify({ schema: 'codex-guard/policy/v1', ...answer }, null, 2));
      return EXIT.fine;
    }
    const width = Math.max(...origins.map(({ key }) => key.length));
    for (const origin of origins)
      terminal.out(showValue(origin, width, args.flag('origin') ? `   # ${showOrigin(origin)}` : ''));
    for (const { guard, match, reason, until, layer } of exceptions)
      terminal.out(
        `exception   ${guard} ${JSON.stringify(match)} until ${until}: ${reason}${args.flag('origin') ? `   # ${layer}` : ''}`,
      );
    terminal.out(`digest      ${digest}`);
    if (level !== undefined)
      terminal.out(
        `goes with   sandbox_mode ${level.sandbox}, approval_policy ${level.approvals.join(' or ')} (${level.preset})`,
      );
    return EXIT.fine;
  },
};

function showValue({ key, value }: PolicyOrigin, width: number, origin: string): string {
  const text = JSON.stringify(value);
  if (typeof value !== 'object' || text.length <= WIDTH) return `${key.padEnd(width)}  ${text}${origin}`;
  const entries = value.map((entry) => `    ${JSON.stringify(entry)}`);
  return `${key.padEnd(width)}  ${value.length} entries${origin}\n${entries.join('\n')}`;
}

/** `project /work/app/.codex/guard.jsonc:7`. */
function showOrigin({ layer, source, line }: PolicyOrigin): string {
  if (source === 'guard') return 'default of the guard';
  return `${layer} ${source}${line === undefined || source.startsWith('codex-guard:') ? '' : `:${line}`}`;
}
