/** Reads gh's commands for pull requests, releases, repositories and gists. */

import type { Effect } from '../../types/effect.ts';
import type { Word } from '../../types/text.ts';
import { file, wordAt } from '../effects.ts';
import { unknownAt } from '../git/call.ts';
import { NOTHING, type Outcome } from '../page.ts';
import { type ForgeCall, forgeArgs, forgeEffect, forgeNet } from './forge-call.ts';
import { readGh } from './gh-tables.ts';

/** `gh pr merge`: the base branch is known only to the forge. `--admin` passes over the rules. */
export function readPrMerge(forge: ForgeCall): Outcome {
  const args = readGh(forge);
  if (args.has('disable-auto')) return NOTHING;
  const force = args.has('admin') ? 'yes' : 'no';
  return { effects: [forgeEffect(forge, 'api-merge', { force })] };
}

/** `gh pr close --delete-branch`. */
export function readPrClose(forge: ForgeCall): Outcome {
  const args = readGh(forge);
  if (!args.has('d', 'delete-branch')) return NOTHING;
  const [request] = args.operands;
  const isName = request?.text !== undefined && !/^#?\d+$|\//.test(request.text);
  const branch: Word = isName ? request : unknownAt(forge.word);
  return { effects: [forgeEffect(forge, 'api-delete-ref', { branch })] };
}

/** The branch of the pull request becomes the current one; its name is known only with `-b`. */
export function readPrCheckout(forge: ForgeCall): Outcome {
  const args = forgeArgs(forge, { value: ['b', 'branch'] });
  const [request] = args.operands;
  const isName = request?.text !== undefined && !/^#?\d+$|:\/\//.test(request.text);
  const unknown: Word = unknownAt(forge.word);
  const branch = args.value('b', 'branch') ?? (isName ? request : unknown);
  const lossy = args.has('f', 'force') ? { lossy: true } : {};
  const span = forge.word.span;
  return {
    effects: [
      { kind: 'git', op: 'fetch', span },
      { kind: 'git', op: 'switch', branch: args.has('detach') ? wordAt('', branch) : branch, ...lossy, span },
    ],
  };
}

/** `gh issue develop --checkout`: a new branch becomes the current one. */
export function readIssueDevelop(forge: ForgeCall): Outcome {
  const args = forgeArgs(forge, { value: ['n', 'name', 'b', 'base', 'branch-repo'] });
  if (args.has('l', 'list') || !args.has('c', 'checkout')) return NOTHING;
  const branch = args.value('n', 'name') ?? unknownAt(forge.word);
  return { effects: [{ kind: 'git', op: 'switch', branch, span: forge.word.span }] };
}

/** `gh release create tag [files]` and `gh release upload tag files`: files leave. */
export function readRelease(forge: ForgeCall): Outcome {
  const [tag, ...assets] = readGh(forge).operands;
  const paths = assets.map((asset) =>
    asset.text === undefined ? asset : { ...asset, text: asset.text.split('#', 1)[0] ?? '' },
  );
  const sent = paths.length > 0 ? { op: 'upload' as const, sends: paths } : {};
  const dst = tag?.text === undefined ? tag : { ...tag, text: `refs/tags/${tag.text}` };
  const tagged: readonly Effect[] =
    dst && forge.command === 'release create'
      ? [
          {
            kind: 'git',
            op: 'api-update-ref',
            refs: [{ dst, force: false, delete: false }],
            span: forge.word.span,
          },
        ]
      : [];
  return { effects: [forgeNet(forge, sent), ...paths.map((path) => file('read', path)), ...tagged] };
}

/** `gh release delete --cleanup-tag` deletes the tag too. */
export function readReleaseDelete(forge: ForgeCall): Outcome {
  const args = readGh(forge);
  const [tag] = args.operands;
  if (!tag || !args.has('cleanup-tag')) return NOTHING;
  const dst = tag.text === undefined ? tag : { ...tag, text: `refs/tags/${tag.text}` };
  return {
    effects: [
      {
        kind: 'git',
        op: 'api-delete-ref',
        refs: [{ dst, force: false, delete: true }],
        span: forge.word.span,
      },
    ],
  };
}

/** `gh release download` and `gh run download`: where the files go, when that is written. */
export function readDownload(forge: ForgeCall): Outcome {
  const args = forgeArgs(forge, {
    value: ['D', 'dir', 'O', 'output', 'p', 'pattern', 'n', 'name', 'A', 'archive'],
  });
  return {
    effects: [
      ...args.values('D', 'dir').map((path) => file('create', path, { recursive: true })),
      ...args
        .values('O', 'output')
        .filter((path) => path.text !== '-')
        .map((path) => file('write', path, { clobbers: true })),
    ],
  };
}

/** Without `--force` a branch is only moved forward to where its source is. */
export function readRepoSync(forge: ForgeCall): Outcome {
  const args = forgeArgs(forge, { value: ['b', 'branch', 's', 'source'] });
  if (!args.has('force')) return NOTHING;
  const branch = args.value('b', 'branch') ?? unknownAt(forge.word);
  return { effects: [forgeEffect(forge, 'api-update-ref', { branch, force: 'yes' })] };
}

/** `gh repo clone o/r [directory] [-- git options]` starts git with the rest. */
export function readRepoClone(forge: ForgeCall): Outcome {
  const args = forgeArgs(forge, { value: ['u', 'upstream-remote-name'] });
  const [repo, ...rest] = args.operands;
  if (!repo) return NOTHING;
  const isWhole = repo.text === undefined || /:|^[/.]/.test(repo.text);
  const url = isWhole ? repo : wordAt(`https://${forge.host.text ?? ''}/${repo.text}`, repo);
  const argv = [wordAt('git', forge.word), wordAt('clone', forge.word), url, ...rest];
  return { effects: [forgeNet(forge)], runs: [{ kind: 'argv', argv, via: `${forge.call.name} clone` }] };
}

/** `gh repo create --push` pushes the current branch. */
export function readRepoCreate(forge: ForgeCall): Outcome {
  const args = readGh(forge);
  if (!args.has('push')) return NOTHING;
  const span = forge.word.span;
  const unknown: Word = unknownAt(forge.word);
  const refs = [{ src: wordAt('HEAD', forge.word), dst: unknown, force: false, delete: false }];
  return {
    effects: [
      forgeNet(forge, { op: 'upload' }),
      {
        kind: 'git',
        op: 'push',
        remote: wordAt('origin', forge.word),
        refs,
        onCurrent: true,
        force: 'no',
        span,
      },
    ],
  };
}

/** Who may do what changes: keys that let somebody in, checks that no longer run. */
export function changesAccess(forge: ForgeCall, branch?: Word): Outcome {
  return { effects: [forgeEffect(forge, 'api-protection', branch ? { branch } : {})] };
}

/** `gh repo edit --default-branch` moves what a policy may protect, `--visibility` shows it to others. */
export function readRepoEdit(forge: ForgeCall): Outcome {
  const args = readGh(forge);
  const branch = args.value('default-branch');
  if (branch === undefined && !args.has('visibility')) return NOTHING;
  return changesAccess(forge, branch);
}

/** `gh gist create` and `gh gist edit --add`: files leave. */
export function readGist(forge: ForgeCall): Outcome {
  const args = readGh(forge);
  const files = [...(forge.command === 'gist edit' ? args.values('a', 'add') : args.operands)].filter(
    (path) => path.text !== '-',
  );
  return {
    effects: [forgeNet(forge, { op: 'upload', sends: files }), ...files.map((path) => file('read', path))],
  };
}
