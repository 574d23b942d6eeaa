import { describe, expect, test } from 'vitest';
import type { Resolve } from '../../../src/images/fetch/connections.ts';
import { isPublicAddress, isWebUrl, literalAddress } from '../../../src/images/fetch/policy.ts';
import { startFaultServer } from '../../support/fault-server.ts';
import { fetchImage, resolveFrom } from '../../support/fetching.ts';
import { SHORT_LIMITS } from '../../support/image-source.ts';

/** What `fetchImage` would make of a URL's host: a name is left to its lookup. */
function judge(host: string): 'public' | 'refused' | 'name' | 'not a URL' {
  const url = `http://${host}/`;
  if (!URL.canParse(url)) return 'not a URL';
  const address = literalAddress(url);
  if (address === undefined) return 'name';
  return isPublicAddress(address) ? 'public' : 'refused';
}

const REFUSED = [
  // Loopback, in the spellings that a URL parser knows.
  '127.0.0.1',
  '127.0.0.1.',
  '127.1',
  '127.0.1',
  '2130706433',
  '0x7f000001',
  '0x7f.0.0.1',
  '0x7f.1',
  '0X7F.0x0.0X0.0x1',
  '0177.0.0.1',
  '017700000001',
  '0177.0x0.0.1',
  '127.255.255.254',
  '１２７.０.０.１',
  '①②⑦.⓪.⓪.①',
  '１２７。０。０。１',
  '127．0．0．1',
  '127｡0｡0｡1',
  '𝟏𝟐𝟕.𝟎.𝟎.𝟏',
  '0x7f。1',
  '127.0.0.1%2E',
  '0x7f%2e1',
  '%30x7f000001',
  '127。0。0。1',
  '%31%32%37.0.0.1',
  // Special IPv4.
  '0.0.0.0',
  '0',
  '0.1.2.3',
  '10.0.0.1',
  '10.255.255.255',
  '100.64.0.1',
  '100.127.255.255',
  '168.63.129.16',
  '0xa83f8110',
  '169.254.169.254',
  '0xa9fea9fe',
  '2852039166',
  '0251.0376.0251.0376',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.0.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  // IPv6.
  '[::]',
  '[::1]',
  '[0:0:0:0:0:0:0:1]',
  '[0000:0000:0000:0000:0000:0000:0000:0001]',
  '[::7f00:1]',
  '[::127.0.0.1]',
  '[::8.8.8.8]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:a9fe:a9fe]',
  '[::ffff:168.63.129.16]',
  '[::ffff:10.0.0.1]',
  '[::ffff:169.254.169.254]',
  '[::FFFF:7F00:0001]',
  '[::ffff:0:127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '[64:ff9b::8.8.8.8]',
  '[64:ff9b:1::8.8.8.8]',
  '[100::1]',
  '[2001::1]',
  '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
  '[2001:2::1]',
  '[2001:10::1]',
  '[2001:20::1]',
  '[2001:db8::1]',
  '[2002:7f00:1::]',
  '[2002:808:808::1]',
  '[2620:4f:8000::1]',
  '[2a00:1450:4001::5efe:7f00:1]',
  '[2a00:1450:4001:0:200:5efe:808:808]',
  '[3fff::1]',
  '[4000::1]',
  '[5f00::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[fe80::1]',
  '[fe80::5efe:7f00:1]',
  '[fe80::1:2:3:4]',
  '[febf::1]',
  '[fec0::1]',
  '[feff::1]',
  '[ff02::1]',
  '[ff0e::1]',
];

const PUBLIC = [
  '8.8.8.8',
  '134744072',
  '0x08080808',
  '010.8.8.8',
  '93.184.216.34',
  '100.63.255.255',
  '100.128.0.0',
  '168.63.129.17',
  '172.32.0.1',
  '[2606:4700:4700::1111]',
  '[2A00:1450:4001::200E]',
  '[::ffff:8.8.8.8]',
];

describe('hosts that name an address', () => {
  test.each(REFUSED)('%s is refused', (host) => {
    expect(judge(host)).toBe('refused');
  });

  test.each(PUBLIC)('%s is public', (host) => {
    expect(judge(host)).toBe('public');
  });

  test.each(['256.0.0.1', '1.2.3.4.5', '0x7f.0.0.0.1', '[::1', '[fe80::1%25eth0]', '127.0.0.08'])(
    '%s is no URL at all',
    (host) => {
      expect(judge(host)).toBe('not a URL');
    },
  );

  test.each(['localhost', 'localhost.', '127.0.0.1.example.com'])(
    '%s is a name, judged when it is looked up',
    (host) => {
      expect(judge(host)).toBe('name');
    },
  );
});

describe('addresses as a lookup gives them', () => {
  test.each(['', 'localhost', '127.1', '2130706433', '0x08.8.8.8', '8.8.8', '08.8.8.8', '2606:4700::1%eth0'])(
    '“%s” is not canonical and refused',
    (address) => {
      expect(isPublicAddress(address)).toBe(false);
    },
  );
});

describe('web URLs', () => {
  test.each(['http://example.com/a.png', 'https://example.com', 'HTTPS://EXAMPLE.COM:8443/a?b#c'])(
    '%s is one',
    (url) => {
      expect(isWebUrl(url)).toBe(true);
    },
  );

  test.each([
    'file:///etc/passwd',
    'ftp://example.com/a.png',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    'blob:https://example.com/1',
    'https://user@example.com/',
    'https://:pass@example.com/',
    '//example.com/a.png',
    'a.png',
    '',
  ])('“%s” is none', (url) => {
    expect(isWebUrl(url)).toBe(false);
  });
});

describe('a request', () => {
  const OPTIONS = { userAgent: 'Deckhand/0', limits: SHORT_LIMITS };
  const forbidden = { ok: false, failure: { code: 'IMAGE_FORBIDDEN_ADDRESS' } };
  const noLookup: Resolve = (hostname) => Promise.reject(new Error(`${hostname} was looked up`));

  test.each(REFUSED)('to %s is refused without a lookup', async (host) => {
    expect(await fetchImage(`http://${host}/a.png`, OPTIONS, undefined, noLookup)).toMatchObject(forbidden);
  });

  test.each([
    'http:\\\\127.0.0.1\\a.png',
    'http:/127.0.0.1/a.png',
    'http:127.0.0.1/a.png',
    'http:////127.0.0.1/a.png',
    'ht\ntp://127.0.0.1/a.png',
    'http://127.0.\n0.1/a.png',
    'http://127.\t0.0.1/a.png',
    '  http://127.0.0.1/a.png ',
    'http://127.0.0.1\\@example.com/a.png',
    'http://127.0.0.1#@example.com/a.png',
    'http://127.0.0.1?@example.com/a.png',
    'http://127.0.0.1:80/a.png',
    'http://127.0.0.1:/a.png',
    'http://127.0.0.1:00080/a.png',
    'http://1\u00ad27.0.0.1/a.png',
    'http://127.0.0\u200b.1/a.png',
    'http://example.com@127.0.0.1/a.png',
    'http://example.com:80@127.0.0.1/a.png',
    'http://example.com%40127.0.0.1/a.png',
    'http://[::1]:80/a.png',
    'http://[fe80::1%25lo]/a.png',
    'HTTPS://0X7F.1/a.png',
    'ws://127.0.0.1/a.png',
    'gopher://127.0.0.1:25/_HELO',
    '//127.0.0.1/a.png',
  ])('to %j is refused without a lookup', async (url) => {
    expect(await fetchImage(url, OPTIONS, undefined, noLookup)).toMatchObject(forbidden);
  });

  const NAMES: Readonly<Record<string, readonly string[]>> = {
    localhost: ['127.0.0.1'],
    'localhost.': ['::1'],
    'deck.localhost': ['::1', '127.0.0.1'],
    'localtest.example': ['127.0.0.1'],
    'metadata.google.internal': ['169.254.169.254'],
    'metadata.azure.internal': ['169.254.169.254'],
    'instance-data.ec2.internal': ['fd00:ec2::254'],
    'wireserver.example': ['168.63.129.16'],
    'alibaba.example': ['100.100.100.200'],
    'router.example': ['192.168.1.1'],
    'ten.example': ['10.1.2.3'],
    'link-local.example': ['fe80::1'],
    'zone.example': ['fe80::1%eth0'],
    'mapped.example': ['::ffff:10.0.0.1'],
    'compatible.example': ['::10.0.0.1'],
    'nat64.example': ['64:ff9b::a00:1'],
    'local-nat64.example': ['64:ff9b:1::a00:1'],
    '6to4.example': ['2002:a00:1::'],
    'teredo.example': ['2001:0:1::1'],
    'isatap.example': ['2a00::5efe:a00:1'],
    'unspecified.example': ['0.0.0.0'],
    'broadcast.example': ['255.255.255.255'],
    'multicast.example': ['ff02::1'],
    'documentation.example': ['2001:db8::1'],
    'mixed.example': ['93.184.216.34', '2606:2800:220:1::1', '10.0.0.1'],
    'private-first.example': ['10.0.0.1', '93.184.216.34'],
  };

  test.each(Object.keys(NAMES))('to the name %s is refused once it is looked up', async (name) => {
    const result = await fetchImage(`http://${name}/a.png`, OPTIONS, undefined, resolveFrom(NAMES));
    expect(result).toMatchObject(forbidden);
  });

  test.each(['127.0.0.1.nip.example', '0x7f.0.0.1.example', '1.2.3.4.5.example'])(
    'to the name %s, which only looks like a number, is looked up',
    async (name) => {
      const asked: string[] = [];
      const resolve: Resolve = async (hostname) => {
        asked.push(hostname);
        return [{ address: '127.0.0.1', family: 4 }];
      };
      await fetchImage(`http://${name}/a.png`, OPTIONS, undefined, resolve);
      expect(asked).toEqual([name]);
    },
  );

  test.each([
    'http://127.1/secret',
    'http://2130706433/secret',
    'http://0x7f.1/secret',
    'http://0177.0.0.1/secret',
    'http://１２７.０.０.１/secret',
    'http://10.0.0.1/secret',
    'http://100.64.0.1/secret',
    'http://169.254.169.254/latest/meta-data/',
    'http://168.63.129.16/machine',
    'http://172.16.0.1/secret',
    'http://192.168.0.1/secret',
    'http://198.18.0.1/secret',
    'http://0.0.0.0/secret',
    'http://255.255.255.255/secret',
    'http://240.0.0.1/secret',
    'http://192.88.99.1/secret',
    'http://[::1]/secret',
    'http://[::]/secret',
    'http://[::ffff:127.0.0.1]/secret',
    'http://[::127.0.0.1]/secret',
    'http://[64:ff9b::7f00:1]/secret',
    'http://[64:ff9b:1::7f00:1]/secret',
    'http://[2002:7f00:1::]/secret',
    'http://[2001::1]/secret',
    'http://[2a00::5efe:7f00:1]/secret',
    'http://[fd00:ec2::254]/secret',
    'http://[fe80::1]/secret',
    'http://[fec0::1]/secret',
    'http://[ff02::1]/secret',
    'http://router.example/secret',
    'http://metadata.google.internal/computeMetadata/v1/',
    '//localhost/secret',
    'ftp://example.com/a.png',
    'https://me:pass@example.com/a.png',
  ])('that is redirected to %s goes no further', async (to) => {
    const location = Buffer.from(to).toString('latin1');
    const server = await startFaultServer({
      '/start': (_request, response) => void response.writeHead(302, { location }).end(),
    });
    const options = { ...OPTIONS, mirrors: [{ from: 'https://pictures.example/', to: server.url('/') }] };
    const start = 'https://pictures.example/start';
    const result = await fetchImage(start, options, undefined, resolveFrom(NAMES));
    await server.close();
    expect([result, server.requests()]).toMatchObject([forbidden, ['/start']]);
  });
});
