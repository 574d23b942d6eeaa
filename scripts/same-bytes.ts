/**
 * Builds decks with two revisions of the program and compares every byte that they write, to prove that a change only moves
 * code.
 *
 *   npx tsx scripts/same-bytes.ts REVISION [REVISION]     without the second: the working tree
 *
 * It builds decks/, the courses in test/fixtures and, if it exists in `SEED` or ../shared/seed, a course deck with its remote
 * images; in all outputs, each side with an empty cache. The output of the command is compared, too. Exits with 1 if anything
 * differs.
 */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const ROOT = resolve(import.meta.dirname, '..');
const ALL = 'slides,handout,cheatsheet,images,archive';
const SEED = resolve(process.env.SEED ?? join(ROOT, '../shared/seed'));

interface Course {
  readonly name: string;
  /** Files that are copied into its folder. */
  readonly from: readonly string[];
  readonly deck: string;
  readonly flags: readonly string[];
}

const COURSES: readonly Course[] = [
  { name: 'decks', from: ['decks', 'static'], deck: 'decks', flags: ['--only', ALL] },
  {
    name: 'paper',
    from: ['decks', 'static'],
    deck: 'decks',
    flags: ['--only', 'slides,handout', '--ink', 'save', '--booklet', '--cover', '--paper', 'a5'],
  },
  { name: 'hard', from: ['test/fixtures/hard'], deck: 'decks', flags: ['--only', ALL] },
  { name: 'course', from: ['test/fixtures/course'], deck: 'decks', flags: ['--only', ALL] },
];

const [before, after] = process.argv.slice(2);
if (before === undefined) throw new Error('usage: tsx scripts/same-bytes.ts REVISION [REVISION]');
const work = await mkdtemp(join(tmpdir(), 'deckhand-same-bytes-'));

/** The bundled program of a revision. */
async function program(revision: string | undefined, side: string): Promise<string> {
  const folder = join(work, side);
  await mkdir(folder);
  if (revision === undefined) {
    for (const name of ['src', 'scripts', 'themes', 'package.json']) {
      await cp(join(ROOT, name), join(folder, name), { recursive: true });
    }
  } else {
    const input = execFileSync('git', ['archive', revision], { cwd: ROOT, maxBuffer: 2 ** 30 });
    execFileSync('tar', ['-x', '-C', folder], { input });
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  execFileSync(process.execPath, ['--import', 'tsx', join(folder, 'scripts/bundle.ts')], { cwd: folder });
  return join(folder, 'dist/cli.js');
}

async function copyCourse({ name, from }: Course): Promise<void> {
  for (const path of from) {
    const source = resolve(ROOT, path);
    const target = from.length === 1 ? join(work, name) : join(work, name, path);
    await cp(source, target, { recursive: true, preserveTimestamps: true });
  }
}

/** The files that a program creates for the courses, with its output and exit code. */
async function build(cli: string, side: string, courses: readonly Course[]): Promise<string> {
  const results = join(work, `${side}-results`);
  for (const { name, deck, flags } of courses) {
    // Both sides write to the same place, because its path may be in their output.
    const output = join(work, 'output');
    const args = [cli, 'build', deck, '-o', output, '--cache-dir', join(work, `${side}-cache`), ...flags];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, {
      cwd: join(work, name),
      env: { ...process.env, SOURCE_DATE_EPOCH: '1700000000', NO_COLOR: '1' },
      encoding: 'utf8',
    });
    await mkdir(results, { recursive: true });
    await rename(output, join(results, name));
    // Decks are built in parallel, so the order of lines varies.
    const said = `${stdout}${stderr}`.split('\n').sort().join('\n');
    await writeFile(join(results, `${name}.txt`), `${said}\nexit code ${status}\n`);
  }
  return results;
}

async function filesOf(folder: string): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of (await readdir(folder, { recursive: true })).sort()) {
    const path = join(folder, name);
    if ((await stat(path)).isFile()) files.set(name, await readFile(path));
  }
  return files;
}

async function serveImages(): Promise<{ readonly server: ChildProcess; readonly port: number }> {
  const server = spawn(process.execPath, [join(SEED, 'serve.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: server.stdout as NodeJS.ReadableStream }), 'line');
  return { server, port: (JSON.parse(String(line)) as { port: number }).port };
}

let images: ChildProcess | undefined;
let different = 0;
try {
  const courses = [...COURSES];
  if (await stat(SEED).catch(() => undefined)) {
    const { server, port } = await serveImages();
    images = server;
    const flags = ['--only', ALL, '--image-mirror', `https://=http://127.0.0.1:${port}/https://`];
    courses.push({ name: 'seed', from: [SEED], deck: 'containers.md', flags });
  } else console.log(`no course deck at ${SEED}`);
  for (const course of courses) await copyCourse(course);
  const sides = [];
  for (const [revision, side] of [[before, 'before'] as const, [after, 'after'] as const]) {
    sides.push(await filesOf(await build(await program(revision, side), side, courses)));
  }
  const [one = new Map(), other = new Map()] = sides;
  const names = [...new Set([...one.keys(), ...other.keys()])].sort();
  for (const name of names) {
    const [was, is] = [one.get(name), other.get(name)];
    if (was && is && was.equals(is)) continue;
    different += 1;
    console.log(`${name}: ${!was ? 'new' : !is ? 'missing' : 'other bytes'}`);
  }
  console.log(`${names.length} files, ${different} different`);
  if (names.length === 0) throw new Error('nothing was built');
  if (different > 0) console.log(`they are in ${work}`);
} finally {
  images?.kill();
  if (different === 0) await rm(work, { recursive: true, force: true });
}
process.exitCode = different === 0 ? 0 : 1;
