/** Reads gh's commands for credentials, settings, aliases, extensions, keys and codespaces. */

import type { SecretEffect } from '../../types/effect.ts';
import type { Nested } from '../../types/invocation.ts';
import { file, net, run, wordAt } from '../effects.ts';
import { NOTHING, type Outcome } from '../page.ts';
import { type ForgeCall, forgeArgs, forgeEffect, forgeNet, readAliasOf } from './forge-call.ts';
import { readGh } from './gh-tables.ts';

/** A credential that is handed out, kept or deleted; `target` is its name in the forge's own store. */
export function secretOf(forge: ForgeCall, store: string, op: SecretEffect['op']): Outcome {
  const [target] = store === 'gh' ? [] : readGh(forge).operands;
  return { effects: [{ kind: 'secret', store, op, ...(target ? { target } : {}), span: forge.word.span }] };
}

/** `gh auth setup-git` makes gh git's credential helper. */
export function readSetupGit(forge: ForgeCall): Outcome {
  const value = wordAt('!gh auth git-credential', forge.word);
  return { effects: [{ kind: 'git', op: 'config', key: 'credential.helper', value, span: forge.word.span }] };
}

/** `gh alias set name expansion`. */
export function readAliasSet(forge: ForgeCall): Outcome {
  const args = readGh(forge);
  const [, text] = args.operands;
  return text ? readAliasOf(forge, text, args.has('s', 'shell')) : NOTHING;
}

/** Editor, pager and browser are command lines that later calls run. */
export function readConfigSet(forge: ForgeCall): Outcome {
  const [key, value] = readGh(forge).operands;
  const isCode = ['editor', 'pager', 'browser'].includes(key?.text ?? '');
  if (!value || !isCode || /^[\w.+-]*$/.test(value.text ?? '?')) return NOTHING;
  return { effects: [], runs: [{ kind: 'code', lang: 'sh', code: value, via: 'gh config' }] };
}

/** `gh config get oauth_token`, `glab config get token`: most settings are no secrets. */
export function readConfigGet(forge: ForgeCall): Outcome {
  const key = readGh(forge).operands[0]?.text ?? '';
  return /token/.test(key) ? secretOf(forge, forge.call.name, 'read') : NOTHING;
}

/** `gh extension install`: code from elsewhere that stays. */
export function readExtensionInstall(forge: ForgeCall): Outcome {
  const [source] = readGh(forge).operands;
  if (source?.text === '.') return { effects: [run(forge.word, { persistent: true })] };
  const contact = source?.text?.includes('://') ? [net(source)] : [];
  return { effects: [...contact, run(forge.word, { remote: true, persistent: true })] };
}

/** `gh extension exec name` starts `gh-name`. */
export function extensionRun(forge: ForgeCall): readonly Nested[] {
  const [name, ...args] = forge.args;
  if (name?.text === undefined) return [];
  return [{ kind: 'argv', argv: [wordAt(`gh-${name.text}`, name), ...args], via: 'gh extension' }];
}

/** `gh ssh-key add file` and `gh gpg-key add file`. */
export function readKeyAdd(forge: ForgeCall): Outcome {
  const [path] = readGh(forge).operands;
  const reads = path && path.text !== '-' ? [file('read', path)] : [];
  return { effects: [forgeEffect(forge, 'api-protection'), ...reads] };
}

/** A shell, or the command after `--`, on another machine. */
export function readCodespaceSsh(forge: ForgeCall): Outcome {
  const args = forgeArgs(forge, { value: ['c', 'codespace', 'profile', 'server-port'], stopAtOperand: true });
  if (args.has('config')) return NOTHING;
  const [code, ...more] = args.operands;
  const contact = forgeNet(forge, { scheme: 'ssh' });
  if (!code) return { effects: [contact, run(forge.word, { interactive: true, place: 'remote' })] };
  const via = 'gh codespace ssh';
  const nested: Nested =
    more.length > 0
      ? { kind: 'argv', argv: args.operands, via, place: 'remote' }
      : { kind: 'code', lang: 'sh', code, via, place: 'remote' };
  return { effects: [contact], runs: [nested] };
}
