/** Heights of everything on a cheatsheet, in CSS pixels. */
export interface MeasuredSheet {
  /** Height of the columns of a page: of the only page, and of the first, the middle and the last one of several. */
  readonly rooms: Readonly<Record<'only' | 'first' | 'middle' | 'last', number>>;
  readonly types: readonly MeasuredType[];
}

export interface MeasuredType {
  /** Type size in points. */
  readonly size: number;
  readonly items: readonly MeasuredItem[];
  /** Number of rows with a command or a term and its meaning that need more than one line. */
  readonly wrappedShare: number;
}

export interface MeasuredItem {
  /** Heights of its parts; of the whole item if it has none. */
  readonly rows: readonly number[];
  /** Additional height. */
  readonly frame: number;
  /** Space above it. */
  readonly gap: number;
  /** Widths of a table's columns, in percent. */
  readonly columns?: readonly number[];
  /** Classes that keep its table within the width of its column. */
  readonly tableClass?: string;
  /** Scale that keeps a formula within the width of its column. */
  readonly formulaScale?: number;
}

/**
 * Runs inside the page and must stay self-contained. Lays out a cheatsheet's items in one column, in each of several type
 * sizes, and measures their heights.
 *
 * @param sizes in points.
 */
export function measureSheet(sizes: readonly number[]): MeasuredSheet {
  /** Percentages of a table's width. */
  const MOST_COMMANDS = 60;
  const room = (name: string): number =>
    document.querySelector(`.page[data-page="${name}"] > main`)?.getBoundingClientRect().height ?? 0;
  const rooms = { only: room('only'), first: room('first'), middle: room('middle'), last: room('last') };
  const items = [...document.querySelectorAll<HTMLElement>('.column > .item')];
  const tables = new Map(
    items.flatMap((item) => {
      const table = item.querySelector<HTMLTableElement>(':scope > table');
      return table ? [[item, table] as const] : [];
    }),
  );
  return { rooms, types: sizes.map(measureAt) };

  function measureAt(size: number): MeasuredType {
    document.documentElement.style.setProperty('--cheatsheet-type-size', `${size}pt`);
    const columns = fixTables();
    const formulas = fitFormulas();
    return {
      size,
      wrappedShare: wrappedShare(),
      items: items.map((item) => {
        const height = item.getBoundingClientRect().height;
        const isWhole = item.dataset.whole !== undefined;
        const parts = isWhole
          ? []
          : [...item.querySelectorAll('.deckhand-part')].filter((part) => !isInner(part));
        const rows = parts.map((part) => part.getBoundingClientRect().height);
        const gap = Number.parseFloat(getComputedStyle(item).marginTop) || 0;
        const formulaScale = formulas.get(item);
        if (formulaScale !== undefined) return { rows: [height], frame: 0, gap, formulaScale };
        if (rows.length === 0) return { rows: [height], frame: 0, gap };
        const frame = height - rows.reduce((sum, row) => sum + row, 0);
        const table = tables.get(item);
        const fixed = table ? { columns: columns.get(table) ?? [], tableClass: table.className } : {};
        return { rows, frame, gap, ...fixed };
      }),
    };
  }

  function fitFormulas(): ReadonlyMap<HTMLElement, number> {
    const all = items.flatMap((item) => {
      const formula = item.querySelector<HTMLElement>(':scope > .deckhand-formula');
      return formula ? [{ item, formula }] : [];
    });
    for (const { formula } of all) formula.style.removeProperty('font-size');
    const wide = all
      .map((one) => ({ ...one, scale: one.formula.clientWidth / one.formula.scrollWidth }))
      .filter(({ scale }) => scale < 1);
    for (const { formula, scale } of wide) formula.style.fontSize = `${scale}em`;
    return new Map(wide.map(({ item, scale }) => [item, scale]));
  }

  function wrappedShare(): number {
    const rows = [
      ...document.querySelectorAll<HTMLElement>(
        '.column > .item > table tr:has(> .deckhand-command, > .deckhand-term)',
      ),
    ];
    const [first] = rows;
    if (!first) return 0;
    const heights = rows.map((row) => row.getBoundingClientRect().height);
    // The space around a line is much smaller than a second line.
    const line = Number.parseFloat(getComputedStyle(first).lineHeight) || Math.min(...heights);
    return heights.filter((height) => height > line * 1.9).length / rows.length;
  }

  function isInner(part: Element): boolean {
    return part.parentElement?.closest('.deckhand-part') != null;
  }

  /** Fixes the widths of columns as the browser laid them out: a part of a table alone would get other widths. */
  function fixTables(): ReadonlyMap<HTMLTableElement, readonly number[]> {
    const all = [...tables.values()];
    for (const table of all) {
      table.querySelector(':scope > colgroup')?.remove();
      table.classList.remove('fixed', 'wrapped', 'wide', 'broken');
    }
    const roomy = new Map(all.map((table) => [table, roomyShare(table)]));
    mark('wrapped', (table) => isWide(table) || commandShare(table) > MOST_COMMANDS / 100);
    mark('wide', isWide);
    mark('broken', isWide);
    const natural = all.map((table) => {
      const widths = widthsOf(table);
      const share =
        table.matches('.wrapped:not(.wide)') && widths.length === 2 ? roomy.get(table) : undefined;
      return [table, share === undefined ? widths : [share, 100 - share]] as const;
    });
    const widths = linedUp(new Map(natural));
    for (const [table, shares] of widths) {
      const group = document.createElement('colgroup');
      for (const share of shares) {
        const column = document.createElement('col');
        column.style.width = `${share}%`;
        group.append(column);
      }
      table.prepend(group);
      table.classList.add('fixed');
    }
    return widths;

    function mark(name: string, applies: (table: HTMLTableElement) => boolean): void {
      for (const table of all.filter(applies)) table.classList.add(name);
    }
  }

  /**
   * Share of a table's width: for the longest command that leaves enough space for its explanation. Longer ones have to wrap.
   */
  function roomyShare(table: HTMLTableElement): number | undefined {
    const width = roomOf(table);
    const range = document.createRange();
    const cells = [...table.querySelectorAll<HTMLElement>('td.deckhand-command:first-child:not([colspan])')];
    const shares = cells.map((cell) => {
      range.selectNodeContents(cell);
      const { paddingInlineEnd } = getComputedStyle(cell);
      return (100 * (range.getBoundingClientRect().width + Number.parseFloat(paddingInlineEnd) + 1)) / width;
    });
    const fitting = shares.filter((share) => share <= MOST_COMMANDS);
    return fitting.length > 0 ? Math.max(...fitting) : undefined;
  }

  /** In a box, tables with two columns get the same widths, unless one of them needs much more. */
  function linedUp(
    widths: ReadonlyMap<HTMLTableElement, readonly number[]>,
  ): Map<HTMLTableElement, readonly number[]> {
    const MOST = MOST_COMMANDS;
    const MOST_APART = 22;
    const found = new Map(widths);
    const boxOf = (table: HTMLTableElement): string =>
      table.closest<HTMLElement>('[data-box]')?.dataset.box ?? '';
    for (const [table, own] of widths) {
      if (own.length !== 2) continue;
      const first = own[0] ?? 0;
      const others = [...widths].filter(
        ([other, shares]) => shares.length === 2 && boxOf(other) === boxOf(table),
      );
      const near = others
        .map(([, shares]) => shares[0] ?? 0)
        .filter((share) => share <= MOST && share - first <= MOST_APART);
      const widest = Math.max(first, ...near);
      found.set(table, [widest, 100 - widest]);
    }
    return found;
  }

  function isWide(table: HTMLTableElement): boolean {
    return table.getBoundingClientRect().width > roomOf(table) + 0.5;
  }

  /** Between the horizontal padding of its item. */
  function roomOf(table: HTMLTableElement): number {
    const item = table.parentElement;
    if (!item) return 0;
    const { paddingLeft, paddingRight } = getComputedStyle(item);
    return item.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
  }

  function commandShare(table: HTMLTableElement): number {
    return (widthsOf(table)[0] ?? 0) / 100;
  }

  /** For rows whose cells all span one column. */
  function widthsOf(table: HTMLTableElement): number[] {
    const row = [...table.rows].find((one) => [...one.cells].every((cell) => cell.colSpan === 1));
    const widths = [...(row?.cells ?? [])].map((cell) => cell.getBoundingClientRect().width);
    const total = widths.reduce((sum, width) => sum + width, 0) || 1;
    return widths.map((width) => Math.round((width / total) * 1e5) / 1e3);
  }
}
