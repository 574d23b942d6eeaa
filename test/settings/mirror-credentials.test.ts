import { describe, expect, test } from 'vitest';
import { resolveOptions } from '../../src/settings/settings.ts';

const MIRROR = 'https://a.example/=https://me:s3cr%40t@mirror.example:8443/x/';
const resolved = (imageMirror: string) => resolveOptions({ flags: { imageMirror }, env: {} });

describe('credentials in the address of a mirror', () => {
  test('are in no settings', () => {
    const mirrors = [{ from: 'https://a.example/', to: 'https://mirror.example:8443/x/' }];
    expect(resolved(MIRROR).settings.imageMirror).toEqual(mirrors);
  });

  test('are secrets, which nothing writes down', () => {
    const { secrets } = resolved(MIRROR);
    const header = `Basic ${Buffer.from('me:s3cr@t').toString('base64')}`;
    expect(Object.values(secrets.mirrorAuthorization.reveal())).toEqual([header]);
    expect(JSON.stringify(secrets)).not.toContain(header);
  });

  test('belong to that mirror, and to no other one on its host', () => {
    const flags = { imageMirror: [MIRROR, 'https://b.example/=https://mirror.example:8443/y/'] };
    const { secrets } = resolveOptions({ flags, env: {} });
    expect(Object.keys(secrets.mirrorAuthorization.reveal())).toEqual([
      'https://a.example/=https://mirror.example:8443/x/',
    ]);
  });

  test('are not in the message about an address of the wrong form', () => {
    expect(() => resolved('a=ftp://me:s3cret@host/')).toThrow('not "a=ftp://…@host/"');
  });

  test('may lack a password', () => {
    const { secrets } = resolved('a=http://token@host/');
    const header = `Basic ${Buffer.from('token:').toString('base64')}`;
    expect(Object.values(secrets.mirrorAuthorization.reveal())).toEqual([header]);
  });
});
