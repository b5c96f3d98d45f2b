import { describe, expect, it } from 'vitest';
import { pages } from '../../lib/programs/credentials.ts';
import { summaryOf } from './summary.ts';

describe('keys and stores of credentials', () => {
  it.each<[string, readonly string[], string?]>([
    ['gpg --list-keys', []],
    ['gpg -d x.gpg', ['read x.gpg', 'secret read gpg x.gpg']],
    ['gpg --export-secret-keys me', ['secret read gpg me']],
    ['gpg --delete-secret-keys me', ['secret delete gpg me', 'destroy gpg delete-secret-keys me']],
    ['gpg -o out.gpg -r me -e x', ['write out.gpg', 'read x']],
    ['gpg --recv-keys ABCD', ['connect keys.openpgp.org']],
    ['gpg --verify x.sig x', ['read x.sig', 'read x']],
    ['age -d -i key.txt x.age', ['read key.txt', 'read x.age', 'secret read age x.age']],
    ['security find-generic-password -s x -w', ['secret read keychain x']],
    ['security find-generic-password -s x', []],
    [
      'security delete-generic-password -s x',
      ['secret delete keychain', 'destroy keychain delete-generic-password'],
    ],
    ['pass mail/work', ['secret read pass mail/work']],
    ['pass show mail/work', ['secret read pass mail/work']],
    ['pass rm mail/work', ['secret delete pass mail/work', 'destroy pass rm mail/work']],
    ['pass ls', []],
    ['pass git push', []],
    ['secret-tool lookup a b', ['secret read secret-tool b']],
    ['keyctl print 1', ['secret read keyctl 1']],
    ['keyctl show', []],
    ['docker-credential-pass get', ['secret read docker-credential-pass get']],
    ['htpasswd -nb me x', []],
    ['htpasswd -b users me x', ['write users']],
    ['kinit me', ['secret write kerberos']],
    ['keytool -list -keystore x.jks', ['read x.jks']],
    ['keytool -genkey -keystore x.jks', ['write x.jks']],
  ])('%s', (command, expected, stdin) => {
    expect(summaryOf(pages, command, stdin === undefined ? {} : { stdin })).toEqual(expected);
  });
});
