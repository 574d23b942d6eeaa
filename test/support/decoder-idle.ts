import sharp from 'sharp';
import { createDecoder } from '../../src/images/decoder/decoder.ts';
import { DEFAULT_LIMITS } from '../../src/images/model/limits.ts';

// A program with a decoder that it never closes. Names the decoder's processes, one a line, and then comes to its end;
// with the argument `stay` it stays.

const { subscribe } = await import('node:diagnostics_channel');
const children: { readonly pid?: number }[] = [];
subscribe('child_process', (message) => children.push((message as { process: { pid?: number } }).process));

const create = { width: 9, height: 9, channels: 3, background: 'red' } as const;
const png = await sharp({ create }).png().toBuffer();
const decoder = createDecoder({ limits: DEFAULT_LIMITS, waitingBytes: 0 });
await Promise.all([decoder.inspect(png), decoder.inspect(png)]);
for (const { pid } of children) console.log(pid);
if (process.argv[2] === 'stay') setInterval(() => undefined, 1000);
