/** Every git command and who reads it. Holds no logic. */

import { readBranch, readStash, readTag, readWorktree } from './branch.ts';
import { type GitCommand, gitEffect, listOf } from './call.ts';
import {
  readCheckout,
  readCheckoutIndex,
  readClean,
  readReadTree,
  readRestore,
  readSwitch,
} from './checkout.ts';
import {
  readAm,
  readCherryPick,
  readCommit,
  readMerge,
  readRebase,
  readReset,
  readRevert,
} from './commit.ts';
import { readConfig } from './config.ts';
import { readArchive, readBundle, readFormatPatch, readMailinfo } from './exports.ts';
import { readLfs, readP4, readSubtree, readSvn } from './extensions.ts';
import { readClone, readFetch, readInit, readLsRemote, readPull, readRequestPull } from './fetch.ts';
import { readAdd, readApply, readMove, readRemove } from './files.ts';
import {
  readBlame,
  readCatFile,
  readDiff,
  readGrep,
  readHashObject,
  readRevParse,
  readShowRef,
} from './inspect.ts';
import { readPush, readSendPack } from './push.ts';
import {
  readFastImport,
  readFilterBranch,
  readFilterRepo,
  readGc,
  readNotes,
  readReflog,
  readReplace,
  readSymbolicRef,
  readUpdateRef,
} from './refs.ts';
import { readRemote } from './remote-command.ts';
import { readSubmodule } from './submodule.ts';
import {
  readBisect,
  readCredential,
  readDaemon,
  readDifftool,
  readForEachRepo,
  readHook,
  readMaintenance,
  readMergeFile,
  readMergeIndex,
  readSendEmail,
  readTrailers,
  readTransport,
} from './tools.ts';

/** Commands that only tell, or store objects that nothing points to. */
const READ_ONLY = listOf(`
      check-attr check-ignore check-mailmap check-ref-format cherry column commit-tree
      count-objects describe diff-pairs fast-export fmt-merge-msg for-each-ref fsck
      get-tar-commit-id help last-modified ls-files ls-tree merge-base merge-tree mktag mktree
      name-rev pack-redundant patch-id range-diff refs repo rev-list shortlog show-branch
      show-index status stripspace unpack-file upload-archive upload-pack url-parse
      var verify-commit verify-pack verify-tag version write-tree`);

/** Commands that write the index, objects or git's own files, and nothing that could be missed. */
const OTHER_WRITES = listOf(`
      add--interactive citool commit-graph fsmonitor--daemon gui index-pack mergetool
      multi-pack-index pack-objects pack-refs prune-packed quiltimport receive-pack rerere
      sparse-checkout unpack-objects update-index update-server-info backfill`);

const nothing: GitCommand = () => ({ effects: [] });
/** First words after which such a command only tells. */
const TELLING = new Set(['list', 'status', 'diff', 'verify', 'check-rules', 'remaining']);
const otherWrite: GitCommand = (git) =>
  TELLING.has(git.args[0]?.text ?? '') ? { effects: [] } : { effects: [gitEffect(git, 'other-write')] };

/** Who reads a command, by its name. */
export const COMMANDS: ReadonlyMap<string, GitCommand> = new Map<string, GitCommand>([
  ...READ_ONLY.map((name): [string, GitCommand] => [name, nothing]),
  ...OTHER_WRITES.map((name): [string, GitCommand] => [name, otherWrite]),
  ['add', readAdd],
  ['am', readAm],
  ['annotate', readBlame],
  ['apply', readApply],
  ['archive', readArchive],
  ['bisect', readBisect],
  ['blame', readBlame],
  ['branch', readBranch],
  ['bugreport', readMailinfo],
  ['bundle', readBundle],
  ['cat-file', readCatFile],
  ['checkout', readCheckout],
  ['checkout-index', readCheckoutIndex],
  ['cherry-pick', readCherryPick],
  ['clean', readClean],
  ['clone', readClone],
  ['commit', readCommit],
  ['config', readConfig],
  ['credential', readCredential],
  ['credential-cache', readCredential],
  ['credential-libsecret', readCredential],
  ['credential-manager', readCredential],
  ['credential-manager-core', readCredential],
  ['credential-netrc', readCredential],
  ['credential-osxkeychain', readCredential],
  ['credential-store', readCredential],
  ['credential-wincred', readCredential],
  ['daemon', readDaemon],
  ['diagnose', readMailinfo],
  ['diff', readDiff],
  ['diff-files', readDiff],
  ['diff-index', readDiff],
  ['diff-tree', readDiff],
  ['difftool', readDifftool],
  ['fast-import', readFastImport],
  ['fetch', readFetch],
  ['fetch-pack', readLsRemote],
  ['filter-branch', readFilterBranch],
  ['filter-repo', readFilterRepo],
  ['for-each-repo', readForEachRepo],
  ['format-patch', readFormatPatch],
  ['gc', readGc],
  ['grep', readGrep],
  ['hash-object', readHashObject],
  ['hook', readHook],
  ['http-fetch', readTransport],
  ['http-push', readSendPack],
  ['imap-send', readTransport],
  ['init', readInit],
  ['init-db', readInit],
  ['instaweb', readDaemon],
  ['interpret-trailers', readTrailers],
  ['lfs', readLfs],
  ['log', readDiff],
  ['ls-remote', readLsRemote],
  ['mailinfo', readMailinfo],
  ['mailsplit', readMailinfo],
  ['maintenance', readMaintenance],
  ['merge', readMerge],
  ['merge-file', readMergeFile],
  ['merge-index', readMergeIndex],
  ['mv', readMove],
  ['notes', readNotes],
  ['p4', readP4],
  ['prune', readGc],
  ['pull', readPull],
  ['push', readPush],
  ['read-tree', readReadTree],
  ['rebase', readRebase],
  ['reflog', readReflog],
  ['remote', readRemote],
  ['remote-ext', readTransport],
  ['remote-ftp', readTransport],
  ['remote-ftps', readTransport],
  ['remote-http', readTransport],
  ['remote-https', readTransport],
  ['repack', readGc],
  ['replace', readReplace],
  ['request-pull', readRequestPull],
  ['reset', readReset],
  ['restore', readRestore],
  ['rev-parse', readRevParse],
  ['show-ref', readShowRef],
  ['revert', readRevert],
  ['rm', readRemove],
  ['send-email', readSendEmail],
  ['send-pack', readSendPack],
  ['show', readDiff],
  ['stage', readAdd],
  ['stash', readStash],
  ['submodule', readSubmodule],
  ['subtree', readSubtree],
  ['svn', readSvn],
  ['switch', readSwitch],
  ['symbolic-ref', readSymbolicRef],
  ['tag', readTag],
  ['update-ref', readUpdateRef],
  ['whatchanged', readDiff],
  ['worktree', readWorktree],
]);
