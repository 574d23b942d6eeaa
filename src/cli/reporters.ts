import type { ListrTaskWrapper } from 'listr2';
import type { Diagnostic } from '../model/diagnostics.ts';
import type { DeckResult, Ink, OutputReport } from '../model/model.ts';
import type { OnProgress, ProgressEvent, Stage } from '../model/progress.ts';
import { formatCauses } from '../pipeline/report/causes.ts';
import { isPublished } from '../pipeline/report/outputs.ts';
import { formatDiagnostic, plural } from '../pipeline/report/report.ts';
import { oneLine } from '../text/plain-text.ts';

/** Shows the progress of a run, and the result of each deck. */
export interface Reporter {
  readonly onProgress: OnProgress;
  /** Ends the display. Lines that are printed afterwards stay visible. */
  finish(): Promise<void>;
}

export interface ReporterOptions {
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** Nothing is built, only checked. */
  readonly isCheck?: boolean;
}

type Write = (line: string) => void;

/** Prints plain lines, for CI and files. With `quiet`, only problems. */
export function plainReporter(options: ReporterOptions, write: Write): Reporter {
  const onProgress = (event: ProgressEvent): void => {
    switch (event.type) {
      case 'run-started':
        if (!options.quiet && event.decks.length > 0)
          write(describeStart(event.decks.length, event.unusable, options.isCheck ?? false));
        return;
      case 'deck-started':
        return;
      case 'stage-started':
        if (options.verbose) write(`${oneLine(event.deck)}: ${describeStage(event.stage)}`);
        return;
      case 'deck-finished':
        if (!options.quiet) write(describeResult(event.deck, event.result));
        return;
      case 'notice':
        if (!options.quiet || event.severity === 'warning')
          write(`${event.severity}: ${oneLine(event.message)}`);
        return;
      default:
        event satisfies never;
    }
  };
  return { onProgress, finish: async () => undefined };
}

/** Shows one line per deck with its current stage, for terminals. */
export function terminalReporter(write: Write): Reporter {
  const tasks = new Map<string, DeckTask>();
  let shown: Promise<unknown> = Promise.resolve();
  const notices: string[] = [];
  const onProgress = (event: ProgressEvent): void => {
    switch (event.type) {
      case 'run-started':
        for (const deck of event.decks) tasks.set(deck, deckTask(deck));
        shown = showTasks(tasks);
        return;
      case 'deck-started':
        tasks.get(event.deck)?.start();
        return;
      case 'stage-started':
        tasks.get(event.deck)?.say(describeStage(event.stage));
        return;
      case 'deck-finished':
        tasks.get(event.deck)?.end(describeResult(event.deck, event.result), fellShort(event.result));
        return;
      case 'notice':
        notices.push(`${event.severity}: ${oneLine(event.message)}`);
        return;
      default:
        event satisfies never;
    }
  };
  const finish = async (): Promise<void> => {
    for (const [deck, task] of tasks) task.end(`${oneLine(deck)}: stopped`, true);
    await shown;
    for (const notice of notices) write(notice);
  };
  return { onProgress, finish };
}

/** The lines for warnings and errors, one per cause; with `verbose` one per diagnostic, including notes. */
export function worthPrinting(diagnostics: readonly Diagnostic[], { verbose }: ReporterOptions): string[] {
  if (verbose) return diagnostics.map(formatDiagnostic);
  return formatCauses(diagnostics.filter(({ severity }) => severity !== 'info'));
}

interface DeckTask {
  start(): void;
  say(text: string): void;
  end(text: string, failed: boolean): void;
  run(task: ListrTaskWrapper<unknown, never, never>): Promise<void>;
}

function deckTask(deck: string): DeckTask {
  let wrapper: ListrTaskWrapper<unknown, never, never> | undefined;
  let resolveEnd: (failed: boolean) => void = () => undefined;
  const ended = new Promise<boolean>((resolve) => {
    resolveEnd = resolve;
  });
  let title = '';
  let hasEnded = false;
  const show = (): void => {
    if (wrapper && title) wrapper.title = title;
  };
  return {
    start: show,
    say: (text) => {
      title = `${oneLine(deck)}: ${text}`;
      show();
    },
    end: (text, failed) => {
      if (hasEnded) return;
      hasEnded = true;
      title = text;
      show();
      resolveEnd(failed);
    },
    run: async (task) => {
      wrapper = task;
      show();
      if (await ended) throw new Error(title);
    },
  };
}

async function showTasks(tasks: ReadonlyMap<string, DeckTask>): Promise<unknown> {
  const { Listr } = await import('listr2');
  const list = new Listr(
    [...tasks].map(([deck, own]) => ({
      title: oneLine(deck),
      task: (_: unknown, wrapper: unknown) => own.run(wrapper as ListrTaskWrapper<unknown, never, never>),
    })),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      rendererOptions: { collapseErrors: false, showErrorMessage: false },
    },
  );
  return list.run().catch(() => undefined);
}

/** Counts decks as the last line of a run does: with those that were not found. */
function describeStart(usable: number, unusable: number, isCheck: boolean): string {
  const verb = isCheck ? 'checking' : 'building';
  return unusable === 0
    ? `${verb} ${plural(usable, 'deck')}`
    : `${verb} ${usable} of ${plural(usable + unusable, 'deck')}`;
}

function describeStage(stage: Stage): string {
  switch (stage) {
    case 'read':
      return 'reading';
    case 'measure':
      return 'presenting slides, fetching images';
    case 'optimize':
      return 'preparing images for print';
    case 'print':
      return 'printing';
    case 'archive':
      return 'packing the archive';
    case 'publish':
      return 'writing files';
    default:
      return stage satisfies never;
  }
}

function fellShort({ failed, outputs }: DeckResult): boolean {
  return failed || outputs.some(({ status }) => status !== 'complete');
}

const INK_WORDS = {
  save: 'printed dark on white',
  gray: 'printed in gray',
  'save,gray': 'printed dark on white, in gray',
} as const;

function describeResult(deck: string, result: DeckResult): string {
  if (result.outputs.length === 0 && result.failed) return `${oneLine(deck)}: failed`;
  // An output may consist of many files, or of one without pages.
  const pages = new Map<string, number>();
  const statuses = new Map<string, OutputReport['status']>();
  for (const output of result.outputs) {
    statuses.set(output.kind, output.status);
    pages.set(output.kind, (pages.get(output.kind) ?? 0) + (isPublished(output) ? (output.pages ?? 0) : 0));
  }
  const inks = new Map<string, Exclude<Ink, 'full'> | undefined>(
    result.outputs.map((one) => [one.kind, isPublished(one) ? one.ink : undefined]),
  );
  const outputs = [...pages].map(([kind, count]) => {
    const status = statuses.get(kind);
    const ink = inks.get(kind);
    const inked = ink === undefined ? '' : ` ${INK_WORDS[ink]}`;
    const words = count === 0 ? kind : `${kind} ${plural(count, 'page')}${inked}`;
    return status === 'complete' ? words : `${words} ${status}`;
  });
  return `${oneLine(deck)}: ${plural(result.slides, 'slide')} → ${outputs.join(', ') || 'nothing to write'}`;
}
