import { createRequire } from 'node:module';
import createQpdf from '@neslinesli93/qpdf-wasm';

const WASM = createRequire(import.meta.url).resolve('@neslinesli93/qpdf-wasm/dist/qpdf.wasm');
const FILE = '/checked.pdf';

/** qpdf as a program in WebAssembly; its types leave out that its file system can be written to. */
interface Qpdf {
  callMain(args: readonly string[]): number;
  readonly FS: { writeFile(path: string, bytes: Uint8Array): void };
}

/** What `qpdf --check` says about a file that is not clean; nothing where it is. */
export async function qpdfComplaints(bytes: Uint8Array): Promise<string[]> {
  const said: string[] = [];
  const { log, error } = console;
  // The program takes the console with it when it is made, and has one run in it.
  console.log = console.error = (line: unknown) => said.push(String(line));
  try {
    const qpdf = (await createQpdf({ locateFile: () => WASM })) as unknown as Qpdf;
    qpdf.FS.writeFile(FILE, bytes);
    return qpdf.callMain(['--check', FILE]) === 0 ? [] : said;
  } finally {
    Object.assign(console, { log, error });
  }
}
