/** Programs that can only read and print, and the words with which they do. What is not listed is not approved. */

export interface Reader {
  /** Every word that starts with `-` has to be one of these. */
  readonly flags: RegExp;
  /** Every other word has to be one of these. */
  readonly operands?: RegExp;
  /** The first other word has to be this. */
  readonly first?: RegExp;
  /** Most other words: a second file would be written. */
  readonly most?: number;
  /** Its words name no files. */
  readonly prints?: true;
}

const NONE = /^-$/;

/**
 * Left out on purpose: what has a configuration of its own that makes it run something (git, rg, less, man), shows the environment
 * (jq, env, awk), evaluates its words (test, printf), or writes (tee, tree -o, file -C).
 */
export const READERS: Readonly<Record<string, Reader>> = {
  basename: { flags: NONE },
  cat: { flags: /^-[AbEensTtuv]+$/ },
  cmp: { flags: /^-[bls]+$/ },
  cut: { flags: /^-(?:[bcdf].*|s)$/ },
  date: { flags: /^-u$/, operands: /^\+/, prints: true },
  diff: { flags: /^-(?:[abBdEiNqrstuwy]+|[uU]\d+)$/ },
  dirname: { flags: NONE },
  du: { flags: /^-(?:[abchkmsS]+|d\d+)$/ },
  echo: { flags: /^/, prints: true },
  find: {
    flags:
      /^-(?:name|iname|path|ipath|regex|iregex|type|maxdepth|mindepth|size|empty|mtime|mmin|newer|not|a|and|o|or|print|print0)$/,
  },
  grep: { flags: /^-(?:[cEFGHhiIlLnoPqrsvwxz]+[ABCme]?\d*|[ABCme]\d*)$|^--(?:include|exclude|exclude-dir)=/ },
  head: { flags: /^-(?:[qvz]+|[nc]?\d+|[nc])$/ },
  id: { flags: /^-[GgnruzZ]+$/ },
  ls: { flags: /^-[1aAbcCdFghHiklLmnNopqQrRsStuUvxXZ]+$|^--color(?:=\w+)?$/ },
  pwd: { flags: /^-[LP]$/ },
  readlink: { flags: /^-[efmnqsz]+$/ },
  realpath: { flags: /^-[eLmPqsz]+$/ },
  sed: { flags: /^-n$/, first: /^\d+(?:,\d+)?p$/ },
  sort: { flags: /^-(?:[bdfghiMnRrsuVz]+|k[\d.,bdfghiMnRrV]*|t.?)$/ },
  stat: { flags: /^-(?:[Lft]+|c.*)$|^--format=/ },
  tail: { flags: /^-(?:[qvz]+|[nc]?\d+|[nc])$/ },
  tr: { flags: /^-[cCdst]+$/, prints: true },
  true: { flags: NONE },
  uname: { flags: /^-[amnoprsv]+$/ },
  uniq: { flags: /^-[cdDiuz]+$/, most: 1 },
  wc: { flags: /^-[clLmw]+$/ },
  whoami: { flags: NONE },
};

/** Settings with which any program runs code of somebody else's: whoever has them is asked. */
export const LOADERS =
  /^(?:BASH_ENV|ENV|ZDOTDIR|SHELLOPTS|BASHOPTS|LD_PRELOAD|LD_AUDIT|LD_LIBRARY_PATH|DYLD_.*|GCONV_PATH|LOCPATH|BASH_FUNC_.*)$/;
