import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
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
