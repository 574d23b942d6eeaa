import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withRunPorts } from '../../src/pipeline/ports.ts';
import { resolveOptions } from '../../src/settings/settings.ts';
import { temporaryFolder } from '../support/temporary.ts';

test('configured headers go with the requests to their origin', async () => {
  const received: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers.authorization);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const flags = {
    cacheDir: await temporaryFolder(),
    imageMirror: [`https://images.example/=${origin}/`],
    'images.headers': { [origin]: { Authorization: 'Bearer s3cret' } },
  };
  const { settings, secrets } = resolveOptions({ flags, env: {} });
  await withRunPorts(settings, { secrets }, ({ images }) => images.remote('https://images.example/a.png'));
  server.close();
  expect(received).toEqual(['Bearer s3cret']);
});

/** One pixel. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');

test('credentials of a mirror go to it as a header, and are in no address and no file', async () => {
  const received: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    received.push(request.headers.authorization);
    response.writeHead(200, { 'content-type': 'image/gif' }).end(GIF);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const cacheDir = await temporaryFolder();
  const flags = { cacheDir, imageMirror: [`https://images.example/=http://me:s3cret@${host}/`] };
  const { settings, secrets } = resolveOptions({ flags, env: {} });
  const found = await withRunPorts(settings, { secrets }, ({ images }) =>
    images.remote('https://images.example/a.gif'),
  );
  server.close();
  expect(received).toEqual([`Basic ${Buffer.from('me:s3cret').toString('base64')}`]);
  expect(found.ok && found.provenance?.fetchedUrl).toBe(`http://${host}/a.gif`);
  const files = (await readdir(cacheDir, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  const contents = await Promise.all(files.map((one) => readFile(join(one.parentPath, one.name), 'latin1')));
  expect(contents.length).toBeGreaterThan(0);
  expect(contents.join('\n')).not.toMatch(/s3cret|bWU6czNjcmV0/);
});
