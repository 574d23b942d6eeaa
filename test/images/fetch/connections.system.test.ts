import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';

const ORIGIN = 'https://pictures.example/';

test('connections that are idle keep no process alive', async () => {
  const server = createServer((_request, response) => response.end('ok'));
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const code = `
    const { createFetcher } = await import(${JSON.stringify(fileURLToPath(new URL('../../../src/images/fetch/fetch.ts', import.meta.url)))});
    const mirrors = [{ from: '${ORIGIN}', to: 'http://127.0.0.1:${port}/' }];
    const result = await createFetcher({ userAgent: 'Deckhand/0', mirrors }).fetch('${ORIGIN}a', { kind: 'image' });
    console.log(result.ok);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code]);
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += String(chunk);
  });
  const [status] = await once(child, 'exit');
  expect([status, output]).toEqual([0, 'true\n']);
});
