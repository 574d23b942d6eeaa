/**
 * Runs inside the page after `prepareBlocks` and must stay self-contained. Divides every listing into lines
 * (`deckhand-part`), and keeps only the commands of a shell session. If lines are commands with explanations,
 * `data-deckhand-split` has the positions where the command ends and the explanation begins, in letters, and
 * `data-deckhand-rows` marks the listing.
 */
export function setListings(): void {
  /** In letters: with longer commands, two columns are too narrow to be useful. */
  const LONGEST_COMMAND = 48;
  const LONGEST_RESULT = 48;
  /** Share of the lines that are not blank. */
  const LEAST_SHARE = 0.6;
  /** `run  : starts it`, `run  # starts it`, `run  // starts it`, `run  -- starts it`, `-p, --publish  opens a port`. */
  const PAIRS = [
    /^(\s*\S.*?)\s+:\s+(\S.*)$/,
    /^(\s*[^\s#].*?)\s+#+\s+(\S.*)$/,
    /^(\s*[^\s/].*?)\s+\/\/\s+(\S.*)$/,
    /^(\s*[^\s/].*?)\s+\/\*\s+(\S.*?)\s*\*\/$/,
    /^(\s*[^\s-].*?)\s+--\s+(\S.*)$/,
    /^(\s*--?[\w?].*?)(?:\s{2,}|\t+)(\S.*)$/,
  ];
  /** Prompts of shells, which are followed by the output of commands, and of interpreters, which are followed by values. */
  const SHELL =
    /^\s*(?:\([\w.-]{1,30}\) ?)?(?:\$|❯|➜|[\w.-]{1,30}(?:@|:[~/])[^$#%>]{0,80}[$#%]|PS [A-Z]:\\[^>]{0,80}>|[A-Z]:\\[^>]{0,80}>)\s+(?=\S)/;
  const INTERPRETER =
    /^\s*(?:>>>|In \[\d+\]:|irb\([^)]{1,20}\)[\d:]{0,12}>|(?:mysql|sqlite|MariaDB \[[^\]]{0,30}\]|ghci|julia|scala|jshell|node|test|db)>|\w{1,30}[=-][#>])\s+(?=\S)/;
  /** A command that continues on the next line. */
  const CONTINUED = /^\s*(?:\.\.\.:?|>|->)(?:\s+|$)/;

  for (const pre of document.querySelectorAll('section[data-deckhand-blocks] pre')) setListing(pre);

  function setListing(pre: Element): void {
    const code = pre.querySelector('code') ?? pre;
    // If the language was guessed, the colors are often wrong.
    const named = code.classList.item(0) ?? 'hljs';
    const isNamed = named !== 'hljs';
    const all = linesOf(code, isNamed);
    const typed = commandsOf(all);
    const lines = typed ?? all;
    const splits = typed ? undefined : splitsOf(lines);
    const box = document.createElement('pre');
    box.className = 'deckhand-code';
    if (isNamed) box.dataset.language = named.replace(/^language-/, '');
    if (typed) box.dataset.session = '';
    const inner = box.appendChild(document.createElement('code'));
    const isSplit = splits !== undefined || lines.some((line) => line.dataset.deckhandSplit !== undefined);
    if (isSplit) box.dataset.deckhandRows = 'code';
    lines.forEach((line, i) => {
      line.className = `deckhand-part${words(line) ? '' : ' deckhand-blank'}`;
      const split = splits?.[i];
      if (split) line.dataset.deckhandSplit = split.join(' ');
      inner.append(...(i === 0 ? [line] : ['\n', line]));
    });
    const mark = pre.getAttribute('data-cheatsheet') ?? code.getAttribute('data-cheatsheet');
    if (mark !== null) box.setAttribute('data-cheatsheet', mark);
    pre.replaceWith(box);
  }

  /** The lines of a listing, with or without colors, without blank ones at either end. */
  function linesOf(code: Element, inColour: boolean): HTMLElement[] {
    // reveal.js repeats a listing for each step of highlighted lines.
    const numbered = [...code.querySelectorAll('td.hljs-ln-code')];
    const lines: HTMLElement[] = [document.createElement('span')];
    const newLine = (): unknown => lines.push(document.createElement('span'));
    for (const [i, source] of (numbered.length > 0 ? numbered : [code]).entries()) {
      if (i > 0) newLine();
      for (const child of source.childNodes) copyInto(child, []);
    }
    while (lines.length > 1 && words(lines[0]) === '') lines.shift();
    while (lines.length > 1 && words(lines.at(-1)) === '') lines.pop();
    return lines;

    function copyInto(node: Node, path: readonly Node[]): void {
      if (node instanceof Text) {
        node.data.split('\n').forEach((piece, i) => {
          if (i > 0) newLine();
          let copy: Node = document.createTextNode(piece);
          for (const around of inColour ? [...path].reverse() : []) {
            const shell = around.cloneNode(false);
            shell.appendChild(copy);
            copy = shell;
          }
          if (piece !== '') lines.at(-1)?.append(copy);
        });
      } else if (node instanceof HTMLBRElement) newLine();
      else for (const child of node.childNodes) copyInto(child, [...path, node]);
    }
  }

  /**
   * The commands without prompts, with the value of an expression if it is one short line; undefined if there is no prompt.
   */
  function commandsOf(lines: readonly HTMLElement[]): HTMLElement[] | undefined {
    const texts = lines.map((line) => line.textContent ?? '');
    if (!texts.some((text) => SHELL.test(text) || INTERPRETER.test(text))) return undefined;
    const commands: HTMLElement[] = [];
    const output: string[][] = [];
    let goesOn = false;
    let isInterpreter = false;
    lines.forEach((line, i) => {
      const text = texts[i] ?? '';
      const prompt = (SHELL.exec(text) ?? INTERPRETER.exec(text))?.[0];
      const continued = output.at(-1)?.length === 0 && (goesOn ? /^\s*/ : CONTINUED).exec(text)?.[0];
      if (prompt !== undefined) {
        isInterpreter = INTERPRETER.test(text);
        commands.push(without(line, prompt.length));
        output.push([]);
      } else if (typeof continued === 'string' && commands.length > 0) {
        const rest = without(line, continued.length);
        if (words(rest) !== '') {
          rest.prepend('  ');
          commands.push(rest);
          output.push([]);
        }
      } else if (words(line) !== '' && isInterpreter) output.at(-1)?.push(text.trim());
      goesOn = /\\\s*$/.test(text) && (prompt !== undefined || goesOn);
    });
    commands.forEach((command, i) => {
      const [result = '', ...more] = output[i] ?? [];
      const length = command.textContent?.length ?? 0;
      const isShort = length <= LONGEST_COMMAND && result.length <= LONGEST_RESULT;
      if (result === '' || more.length > 0 || !isShort) return;
      command.append(result.replace(/^Out ?\[\d+\]:\s*/, ''));
      command.dataset.deckhandSplit = `${length} ${length}`;
    });
    return commands;
  }

  /** A line without this number of letters at its beginning. */
  function without(line: HTMLElement, count: number): HTMLElement {
    const copy = line.cloneNode(true) as HTMLElement;
    const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    let left = count;
    while (left > 0 && walker.nextNode()) {
      const text = walker.currentNode as Text;
      const taken = Math.min(left, text.data.length);
      text.data = text.data.slice(taken);
      left -= taken;
    }
    return copy;
  }

  /** Where commands end and explanations begin; undefined if too few lines have the same form. */
  function splitsOf(lines: readonly Element[]): (Split | undefined)[] | undefined {
    const filled = lines.filter((line) => words(line) !== '').length;
    for (const form of PAIRS) {
      const splits = lines.map((line) => splitOf(line, form));
      const found = splits.filter((split) => split !== undefined).length;
      if (found >= 2 && found >= filled * LEAST_SHARE) return splits;
    }
    return undefined;
  }

  function splitOf(line: Element, form: RegExp): Split | undefined {
    const text = (line.textContent ?? '').trimEnd();
    const [, command, explanation] = form.exec(text) ?? [];
    if (command === undefined || explanation === undefined || command.length > LONGEST_COMMAND)
      return undefined;
    const start = text.lastIndexOf(explanation);
    return [command.length, start, start + explanation.length];
  }

  function words(node: Node | undefined): string {
    return (node?.textContent ?? '').trim();
  }
}

/** Where a command ends, and where its explanation begins and ends, in letters. */
type Split = readonly [end: number, start: number, stop: number];
