export interface LiveStyles {
  readonly sheets: readonly SheetSource[];
  /** The size of `1rem`, in CSS pixels. */
  readonly rootFontPx: number;
  /** Every class of a slide or stack. */
  readonly sectionClasses: readonly string[];
  /** Language and direction of the page, as attributes. */
  readonly languageAttributes: string;
  readonly isRightToLeft: boolean;
}

/**
 * Runs inside the page of a live presentation, and must stay self-contained. Finds its stylesheets in the order of the
 * cascade, wherever they are, also inside slides and drawings.
 *
 * @param own paths of stylesheets that are not the deck's.
 */
export function collectSheets(own: readonly string[]): LiveStyles {
  const root = document.documentElement;
  const sheets: SheetSource[] = [];
  for (const sheet of document.styleSheets) {
    const { ownerNode } = sheet;
    if (!(ownerNode instanceof Element) || sheet.disabled) continue;
    const media = ownerNode.getAttribute('media') ?? '';
    if (ownerNode.localName === 'link' && sheet.href) {
      if (!own.includes(new URL(sheet.href).pathname)) sheets.push({ base: sheet.href, media });
    } else sheets.push({ css: textOf(ownerNode, sheet), base: document.baseURI, media });
  }
  const sections = [...document.querySelectorAll('.slides section')];
  return {
    sheets,
    rootFontPx: Number.parseFloat(getComputedStyle(root).fontSize),
    sectionClasses: [...new Set(sections.flatMap((section) => [...section.classList]))],
    languageAttributes: ['lang', 'dir']
      .flatMap((name) => {
        const value = root.getAttribute(name);
        return value === null
          ? []
          : [`${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`];
      })
      .join(' '),
    isRightToLeft:
      root.getAttribute('dir')?.toLowerCase() === 'rtl' || document.querySelector('.reveal.rtl') !== null,
  };

  /** A script may have inserted rules without any text. */
  function textOf(owner: Element, sheet: CSSStyleSheet): string {
    const text = owner.textContent ?? '';
    return text.trim() !== '' ? text : [...sheet.cssRules].map((rule) => rule.cssText).join('\n');
  }
}

/** A stylesheet of the live page: its text, or its address. */
export interface SheetSource {
  /** Undefined for a stylesheet with an address of its own. */
  readonly css?: string | undefined;
  /** Absolute base of its relative addresses. */
  readonly base: string;
  /** Value of its `media` attribute; empty without one. */
  readonly media: string;
}
