/** Files and sockets that the shell opens for a program. */

import type { Effect } from '../types/effect.ts';
import type { Redirect } from '../types/invocation.ts';

/** Places that nothing is lost or learnt from. */
const HARMLESS = /^\/dev\/(?:null|stdin|stdout|stderr|tty|full|zero|fd\/\d+)$|^\/proc\/self\/fd\/\d+$/;
const SOCKET = /^\/dev\/(tcp|udp)\/([^/]+)\/([^/]+)$/;

/** Effects of redirections: reads, writes, and bash's own network sockets. */
export function redirectEffects(redirects: readonly Redirect[]): Effect[] {
  return redirects.flatMap((redirect): Effect[] => {
    const { target } = redirect;
    if (target.text !== undefined && HARMLESS.test(target.text)) return [];
    const socket = SOCKET.exec(target.text ?? '');
    if (socket !== null) {
      const port = Number(socket[3]);
      return [
        {
          kind: 'net',
          op: 'connect',
          host: { ...target, text: socket[2] as string },
          scheme: socket[1] as string,
          span: target.span,
          ...(Number.isInteger(port) ? { port } : {}),
        },
      ];
    }
    const start = target.pieces?.[0];
    if (typeof start === 'string' && /^\/dev\/(?:tcp|udp)\//.test(start))
      return [
        {
          kind: 'net',
          op: 'connect',
          host: { text: undefined, glob: false, span: target.span },
          span: target.span,
        },
      ];
    const base = { kind: 'file' as const, path: target, span: target.span };
    if (redirect.op === 'read') return [{ ...base, op: 'read' }];
    if (redirect.op === 'append') return [{ ...base, op: 'append' }];
    if (redirect.op === 'read-write')
      return [
        { ...base, op: 'read' },
        { ...base, op: 'write' },
      ];
    return [{ ...base, op: 'write', clobbers: true }];
  });
}
