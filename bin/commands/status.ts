/** `codex-guard status`: how things stand, in ten lines. Judges nothing: that is doctor's. */

import { examine, isProtected, type Report } from '../../lib/api.ts';
import { type CommandSpec, EXIT } from '../command.ts';
import { look } from '../look.ts';
import { sayAge } from '../show-doctor.ts';
import { paint } from '../show-verdict.ts';

export const status: CommandSpec = {
  name: 'status',
  usage: '[-- OPTIONS OF CODEX]',
  about: 'Show whether the guard is wired and trusted, which policy holds, what it denied today.',
  options: {
    codex: {
      type: 'string',
      value: 'PATH',
      about: 'the client (default: CODEX_BIN, or codex on the PATH); none asks no client',
    },
    json: { type: 'boolean', about: 'print JSON' },
  },
  examples: [['status', 'wired? trusted? last fired? which policy? denials of today']],
  run: async (args, terminal) => {
    const situation = await look(args, terminal);
    const report = examine(situation);
    const { denialsToday } = situation.audit;
    const isOn = isProtected(situation);
    if (args.flag('json')) {
      const { events, policy, version, codex, trustFrom, switchedOff } = report;
      terminal.out(
        JSON.stringify(
          {
            schema: 'codex-guard/status/v1',
            protected: isOn,
            version,
            codex,
            events,
            trustFrom,
            ...(switchedOff && { switchedOff }),
            policy,
            denialsToday,
          },
          null,
          2,
        ),
      );
    } else terminal.out(printStatus(report, isOn, denialsToday, terminal.colour));
    return EXIT.fine;
  },
};

function printStatus(report: Report, isOn: boolean, denialsToday: number, colour: boolean): string {
  const { events, policy, findings } = report;
  const wired = events.filter((event) => event.wired.length > 0);
  const trusted = wired.filter(({ trust }) => trust === 'trusted' || trust === 'managed');
  const last = Math.max(...events.map(({ lastFired = 0 }) => lastFired));
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return [
    paint(isOn ? 'on' : 'OFF', isOn ? 'pass' : 'deny', colour),
    `wired       ${wired.length} of ${events.length} events`,
    `trusted     ${trusted.length} of ${wired.length}${report.switchedOff === undefined ? '' : `, but all hooks are switched off by ${report.switchedOff}`}`,
    `last fired  ${last === 0 ? 'never' : sayAge(Date.now() - last)}`,
    `policy      ${policy.level ?? 'of its own'}, ${policy.mode}, ${policy.digest.slice(0, 12)}${policy.problems === 0 ? '' : `, ${policy.problems} problems`}`,
    `layers      ${policy.layers.join(', ')}`,
    `denied      ${denialsToday} today`,
    `version     codex-guard ${report.version}${report.codex.version === undefined ? '' : `, codex ${report.codex.version}`}`,
    ...(errors === 0 ? [] : [`doctor      ${errors} error${errors === 1 ? '' : 's'}: codex-guard doctor`]),
  ].join('\n');
}
