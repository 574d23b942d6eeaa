import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import {
  formatLock,
  type ImageLock,
  imageLock,
  LOCK_NAME,
  type LockEntry,
  VENDOR_FOLDER,
} from '../images/lock.ts';
import { bytesOf } from '../images/lock-entry.ts';
import type { Diagnostic } from '../model/diagnostics.ts';
import { DeckhandError, EXIT, type ExitCode } from '../model/errors.ts';
import type { Deck } from '../model/model.ts';
import { discoverDecks } from '../pipeline/inputs/index.ts';
import { projectLock } from '../pipeline/localize/project-lock.ts';
import { type PortsContext, withRunPorts } from '../pipeline/ports.ts';
import type { RunPorts } from '../pipeline/run-ports.ts';
import type { Settings } from '../settings/options.ts';
import { writeFileWhole } from '../system/write-file.ts';
import { nearest } from '../text/nearest.ts';
import { type PlannedEntry, planVendor, type VendorStatus } from './plan.ts';
import { rewriteDeck } from './rewrite.ts';
import { type FailedSurvey, type Survey, surveyDeck } from './survey.ts';

/** What happened to a vendored file, or with `--check` what is wrong with it. */
export interface VendorLine {
  readonly status:
    | VendorStatus
    | 'removed'
    | 'missing'
    | 'changed'
    | 'rewritten'
    | 'not rewritten'
    | 'not fetched'
    | 'not compared';
  /** The image's address; for a rewritten deck its path. */
  readonly subject: string;
  /** The vendored file below the project's root, or another short detail. */
  readonly detail: string;
}

export interface VendorReport {
  readonly exitCode: ExitCode;
  /** All changes; unchanged files are only counted. */
  readonly lines: readonly VendorLine[];
  /** Number of files that need no change. */
  readonly kept: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Stores the remote images of decks in their repositories, or with `--check` reports what that would change. */
export async function vendorDecks(
  settings: Settings,
  context: PortsContext & { readonly decksFolder: string },
): Promise<VendorReport> {
  const cwd = context.cwd ?? process.cwd();
  const discovery = await discoverDecks(settings.decks, { cwd, decksFolder: context.decksFolder });
  const survey = async (ports: RunPorts) => {
    const locks = new Map<string, Promise<ImageLock>>();
    const lockOf = (deck: Deck): Promise<ImageLock> => {
      const known = locks.get(deck.root) ?? projectLock(deck);
      locks.set(deck.root, known);
      return known;
    };
    const limit = pLimit(settings.jobs);
    const surveys = await Promise.all(
      discovery.decks.map((deck) =>
        limit(() =>
          surveyDeck(deck, settings, async (one) => withoutUpdated(await lockOf(one), one, settings), ports),
        ),
      ),
    );
    return finish(surveys, lockOf, settings, ports);
  };
  // Vendored files are compared with their servers again.
  const report = await withRunPorts(settings, context, survey, { maxAgeMs: 0 });
  const diagnostics = [...discovery.diagnostics, ...report.diagnostics];
  const failed = diagnostics.some(({ severity }) => severity === 'error');
  return { ...report, diagnostics, exitCode: failed ? EXIT.failed : report.exitCode };
}

async function finish(
  all: readonly (Survey | FailedSurvey)[],
  lockOf: (deck: Deck) => Promise<ImageLock>,
  settings: Settings,
  ports: RunPorts,
): Promise<VendorReport> {
  const surveys = all.filter((one): one is Survey => 'deck' in one);
  const roots = new Map<string, Survey[]>();
  for (const one of surveys) roots.set(one.deck.root, [...(roots.get(one.deck.root) ?? []), one]);
  const lines: VendorLine[] = [];
  const locked: LockEntry[] = [];
  for (const [root, ofRoot] of roots) {
    const [first] = ofRoot;
    if (!first) continue;
    const lock = await lockOf(first.deck);
    locked.push(...lock.entries);
    const exists = (deck: string): boolean => existsSync(join(root, deck));
    const planned = planVendor(ofRoot, lock, { update: settings.vendor.update, exists });
    lines.push(
      ...(settings.vendor.check
        ? await check(planned, root, settings, ports)
        : await apply(planned, lock, ofRoot, settings)),
      ...unfetched(ofRoot, lock, settings.vendor.check),
    );
  }
  checkUpdate(settings.vendor.update, locked, surveys);
  const complaints: readonly string[] = ['missing', 'changed', 'unused'];
  const isWrong = settings.vendor.check && lines.some(({ status }) => complaints.includes(status));
  const told = lines.filter(({ status }) => status !== 'kept');
  return {
    exitCode: isWrong ? EXIT.failed : EXIT.ok,
    lines: told,
    kept: lines.length - told.length,
    diagnostics: all.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Images that are neither in the lock file nor available on the web. */
function unfetched(surveys: readonly Survey[], lock: ImageLock, isCheck: boolean): VendorLine[] {
  const wanted = new Map<string, string>();
  for (const { remote, path } of surveys) {
    for (const [url, found] of remote) if (!found.ok && !lock.find(url)) wanted.set(url, path);
  }
  return [...wanted].map(([subject, path]) => ({
    status: isCheck ? 'missing' : 'not fetched',
    subject,
    detail: `${path}, ${isCheck ? 'not vendored, and not available now' : 'try again later'}`,
  }));
}

function withoutUpdated(lock: ImageLock, { root }: Deck, { vendor }: Settings): ImageLock {
  if (vendor.check || vendor.update.length === 0) return lock;
  if (vendor.update.includes('all')) return imageLock(root, []);
  return imageLock(
    root,
    lock.entries.filter(({ url }) => !vendor.update.includes(url)),
  );
}

/** @throws DeckhandError for an address that is neither vendored nor in a deck, which is probably a typing error. */
function checkUpdate(
  update: readonly string[],
  locked: readonly LockEntry[],
  surveys: readonly Survey[],
): void {
  const known: readonly string[] = [
    ...locked.map(({ url }) => url),
    ...surveys.flatMap(({ remote }) => [...remote.keys()]),
  ];
  const unknown = update.find((url) => url !== 'all' && !known.includes(url));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  throw new DeckhandError('OPTION_INVALID', EXIT.usage, `no deck has an image at ${unknown}`, {
    hint: near ? `did you mean ${near}?` : '--update takes the address as the deck has it, or “all”',
  });
}

const pathOf = ({ file }: LockEntry): string => `${VENDOR_FOLDER}/${file}`;

/** Writes nothing: reports what is missing, changed on its server, or unused. */
async function check(
  planned: readonly PlannedEntry[],
  root: string,
  { offline }: Settings,
  ports: RunPorts,
): Promise<VendorLine[]> {
  const lines = planned.map(async ({ status, entry }): Promise<VendorLine> => {
    const line = { subject: entry.url, detail: pathOf(entry) };
    if (status === 'added') return { ...line, status: 'missing', detail: 'not vendored yet' };
    if (status === 'unused') return { ...line, status };
    if (status !== 'kept' || !existsSync(join(root, pathOf(entry)))) return { ...line, status: 'missing' };
    if (offline) return { ...line, status: 'not compared' };
    const isAsset = entry.width === undefined;
    const kind = entry.type.startsWith('text/css') ? 'stylesheet' : 'font';
    const now = isAsset ? await ports.images.asset(entry.url, kind) : await ports.images.remote(entry.url);
    // An image whose server is gone, or that came from an archive instead, has not changed.
    if (!now.ok || now.provenance?.stale) return { ...line, status: 'not compared' };
    if (now.provenance?.archived) return { ...line, status: 'kept' };
    const { sha256 } = 'image' in now ? now.image : now.asset;
    return { ...line, status: sha256 === entry.sha256 ? 'kept' : 'changed' };
  });
  return Promise.all(lines);
}

/** Files first, then the lock, then decks: an interruption leaves no reference to a missing file. */
async function apply(
  planned: readonly PlannedEntry[],
  lock: ImageLock,
  surveys: readonly Survey[],
  settings: Settings,
): Promise<VendorLine[]> {
  const root = surveys[0]?.deck.root ?? '';
  const kept = planned.filter(({ status }) => status !== 'unused' || !settings.vendor.prune);
  /** Files that were replaced on their server. */
  const lost = new Map<string, string>();
  for (const { entry, content } of kept) {
    const read = content && (await bytesOf(content));
    if (read?.ok) await writeFileWhole(join(root, pathOf(entry)), read.bytes);
    else if (read) lost.set(entry.url, read.failure.message);
  }
  const entries = kept.flatMap(({ entry }) => (lost.has(entry.url) ? (lock.find(entry.url) ?? []) : entry));
  const text = formatLock(entries);
  const lockFile = join(root, VENDOR_FOLDER, LOCK_NAME);
  const before = await readFile(lockFile, 'utf8').catch(() => undefined);
  if (entries.length === 0) await rm(lockFile, { force: true });
  else if (before !== text) await writeFileWhole(lockFile, text);
  const files = new Set(entries.map(({ file }) => file));
  // An updated image has a new name; a pruned one has none.
  const gone = lock.entries.filter(({ file }) => !files.has(file));
  for (const entry of gone) await rm(lock.fileOf(entry), { force: true });
  const lines = planned.map(({ status, entry }): VendorLine => {
    const reason = lost.get(entry.url);
    if (reason !== undefined) return { status: 'not fetched', subject: entry.url, detail: reason };
    const isRemoved = status === 'unused' && settings.vendor.prune;
    return { status: isRemoved ? 'removed' : status, subject: entry.url, detail: pathOf(entry) };
  });
  const rewritten = settings.vendor.rewrite ? await rewriteAll(surveys, imageLock(root, entries)) : [];
  return [...lines, ...rewritten];
}

async function rewriteAll(surveys: readonly Survey[], lock: ImageLock): Promise<VendorLine[]> {
  const lines: VendorLine[] = [];
  for (const { deck, path } of surveys) {
    const original = await readFile(deck.source.file, 'utf8');
    const { text, places, left } = rewriteDeck(original, deck, lock);
    if (text !== original) {
      await writeFileWhole(deck.source.file, text);
      lines.push({
        status: 'rewritten',
        subject: path,
        detail: `${places} ${places === 1 ? 'address' : 'addresses'}`,
      });
    }
    for (const { url, line } of left) {
      lines.push({
        status: 'not rewritten',
        subject: url,
        detail: `${line === undefined ? path : `${path}:${line}`}, must be replaced manually`,
      });
    }
  }
  return lines;
}

/** One line for people: `added      https://… → static/img/remote/logo-1a2b3c4d.png`. */
export function formatVendorLine({ status, subject, detail }: VendorLine): string {
  return `${status.padEnd(10)} ${subject} → ${detail}`;
}

/** Whether it needs attention. */
export function isProblem({ status }: VendorLine): boolean {
  return ['missing', 'changed', 'unused', 'not rewritten', 'not fetched', 'not compared'].includes(status);
}

/** Summary of the lines. */
export function formatVendorSummary({ lines, kept }: VendorReport): string {
  const counts = new Map<string, number>();
  for (const { status } of lines) counts.set(status, (counts.get(status) ?? 0) + 1);
  const told = [...counts].map(([status, count]) => `${count} ${status}`);
  if (kept > 0) told.push(`${kept} in order`);
  return told.join(', ') || 'no remote images';
}
