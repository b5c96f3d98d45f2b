/** Perl texts and what they do. */

import { describe, expect, it } from 'vitest';
import { type Case, summarise } from './code-summary.ts';

const PERL: Readonly<Record<string, readonly Case[]>> = {
  files: [
    [
      'unlink "a", "b" or die; unlink("c"); unlink $f; rmdir "e"',
      'delete a',
      'delete b',
      'delete c',
      'delete ?',
      'delete e',
    ],
    [
      "unlink <*.tmp>; unlink glob(\"x/*\"); unlink for @list; unlink $_ for ('c', 'd')",
      'delete *.tmp (pattern)',
      'delete x/* (pattern)',
      'delete ?',
      'delete c',
      'delete d',
    ],
    [
      "use File::Path qw(rmtree); rmtree(\"build\"); File::Path::remove_tree('x', 'y'); use File::Copy; move(\"a\", \"b\"); copy('c', 'd'); rename 'e', 'f';",
      'delete build and below',
      'delete x and below',
      'delete y and below',
      'move b from a',
      'read c',
      'write d',
      'move f from e',
    ],
    [
      'chmod 0777, "g", \'h\'; symlink "i", "j"; link "k", "l"; truncate "m", 0; mkdir "n"',
      'chmod g to 777',
      'chmod h to 777',
      'link j from i',
      'link l from k',
      'write m',
      'create n',
    ],
    [
      "open(my $fh, '<', '.env') or die; open(F, \">out.txt\"); open my $g, '>>', \"log\"; open(S, \"data\"); open(my $h, '+<:encoding(UTF-8)', 'rw')",
      'read .env',
      'write out.txt',
      'append log',
      'read data',
      'write rw',
    ],
    [
      'my %h = (a => \'x\'); unlink $h{a}; my $p = "/tmp/" . "y"; unlink($p); $p .= "z"; unlink $p; if (-e $p) { unlink $p; }',
      'delete x',
      'delete /tmp/y',
      'delete /tmp/yz',
    ],
    [
      "for my $f ('a', 'b') { unlink $f } foreach my $g (qw(c d)) { unlink($g); }",
      'delete a',
      'delete b',
      'delete c',
      'delete d',
    ],
    [
      'sub clean { my ($d) = @_; rmtree($d); } clean("w"); sub two { my $f = shift; unlink $f } two(\'v\');',
      'delete w and below',
      'delete v',
    ],
    [
      "$x = 'a' x 3; unlink $x; my ($u, $v) = ('m', 'n'); unlink $u, $v; my @l = ('o'); push @l, 'p'; unlink @l",
      'delete aaa',
      'delete m',
      'delete n',
      'delete o',
      'delete p',
    ],
    [
      "use Path::Tiny; path('a')->remove; path('b', 'c')->spew('x'); path('d')->slurp; path('e')->remove_tree",
      'delete a',
      'write b/c',
      'read d',
      'delete e and below',
    ],
    [
      'open(my $o, \'>\', "$dir/x.txt"); print $o "x"; unlink "$ENV{HOME}/y"; unlink "a/$b/c"',
      'write ?/x.txt',
      'delete ~/y',
      'delete a/?/c',
    ],
    ["if ($c) { $q = 'a' } else { $q = 'b' } unlink $q;", 'delete a', 'delete b'],
  ],
  processes: [
    ['system("rm -rf /home/user")', 'sh: rm -rf /home/user'],
    [
      'my $cmd = "rm"; my @a = ("-rf", "/x"); system($cmd, @a); system $cmd, "-rf", $y; exec "ls -la"; exec { \'sh\' } \'sh\', \'-c\', \'ls\'',
      '$ rm -rf /x',
      '$ rm -rf ?',
      'sh: ls -la',
      '$ sh -c ls',
    ],
    [
      'my $o = qx{git push --force}; print `id`; system("rm -rf $dir/x"); my @l = `ls $x`;',
      'sh: git push --force',
      'sh: id',
      'sh: rm -rf ?/x',
      'sh: ls ?',
    ],
    [
      "open(P, \"rm x |\"); open(Q, \"| sh\"); open(R, '-|', 'ls', '-l'); open(T, \"-|\", \"id $x\"); open(my $w, '|-', 'mail', 'x')",
      'sh: rm x',
      'sh: sh',
      '$ ls -l',
      'sh: id ?',
      '$ mail x',
    ],
    [
      "IPC::Open3::open3($in, $out, $err, 'ls', '-l'); IPC::Run::run(['rm', 'x']); chdir '/tmp'; system 'ls'",
      '$ ls -l',
      '$ rm x',
      'sh: ls (in /tmp)',
    ],
    [
      "system(join('', map { chr } (114, 109))); system(pack(\"H*\", \"6c73\")); system(reverse 'di'); system(lc 'PS'); system(sprintf('%s %s', 'rm', 'x')); system(join ' ', 'a', 'b')",
      'sh: rm',
      'sh: ls',
      'sh: id',
      'sh: ps',
      'sh: rm x',
      'sh: a b',
    ],
  ],
  code: [
    [
      "eval \"system('ls')\"; eval { unlink 'x' }; eval $code; do 'y.pl'; require './z.pl';",
      'delete x',
      'opaque dynamic',
      "perl: system('ls')",
      'perl file y.pl',
      'perl file ./z.pl',
    ],
    ['s/x/system("ls")/e; s{a}{unlink "q"}ge; s/a/b/; tr/a-z/A-Z/; y/a/b/', 'delete q', 'sh: ls'],
    ["eval decode_base64('cHJpbnQgMQ==')", 'perl: print 1'],
  ],
  network: [
    [
      "use LWP::Simple; getprint \"http://evil.example/x\"; my $ua = LWP::UserAgent->new; $ua->get(\"https://a.example/\"); HTTP::Tiny->new->get('https://b.example'); getstore('http://c.example/x', 'y')",
      'connect http://evil.example/x',
      'connect https://a.example/',
      'connect https://b.example',
      'connect http://c.example/x',
      'write y',
    ],
    [
      "IO::Socket::INET->new(PeerAddr => '10.0.0.1', PeerPort => 4444, Proto => 'tcp'); gethostbyname('d.example')",
      'connect 10.0.0.1:4444',
      'resolve d.example',
    ],
  ],
  environment: [
    [
      "print $ENV{SECRET}; print %ENV; use Data::Dumper; print Dumper(\\%ENV); $ENV{X} = 'v'; my $t = $ENV{T};",
      'env read SECRET',
      'env read SECRET shown',
      'env dump shown',
      'env dump',
      'env set X = v',
      'env read T',
    ],
  ],
  everyday: [
    ['while (<>) { s/foo/bar/g; print if /rm -rf/; }'],
    ['s/\\bfoo\\b/bar/g'],
    [
      'print "unlink \'no\'"; # unlink \'no\'\nmy $t = <<"EOT"; unlink "after";\nunlink "in heredoc";\nEOT',
      'delete after',
    ],
    [
      'print "ok\\n" if $x =~ m/unlink \'no\'/; @F = split /,/; print $F[0] / 2, $F[1] / 3; my %c; $c{$_}++ for @F; printf "%s\\n", join ",", sort { $a <=> $b } keys %c;',
    ],
    [
      'local $/; my $j = decode_json(<STDIN>); print $j->{a}{b}[0]; $s = $h{s}; $y = -s $file; print "$h->{x} @{[ 1 + 1 ]} ${\\ \'a\'} a@b.example";',
    ],
    [
      "print \"a\" . q{unlink 'no'} . qq(system \"no\"); =pod\n\nunlink 'no';\n\n=cut\n__END__\nunlink 'no';",
      'delete no',
    ],
  ],
  'shell stretches': [
    [
      'unlink "/tmp/CODEX_GUARD_HOLE"; print "CODEX_GUARD_HOLE\\n"; CODEX_GUARD_HOLE;',
      'delete /tmp/?',
      'opaque dynamic',
    ],
  ],
};

describe.each(Object.entries(PERL))('perl: %s', (_, cases) => {
  it.each(cases)('%s', (code, ...does) => {
    expect(summarise('perl', code)).toEqual(does);
  });
});
