/** Collects broken rules, each once for each place. */
export class Faults {
  readonly #found = new Set<string>();

  /** @param rule standard and clause, such as `UA1 7.3`. */
  add(rule: string, what: string): void {
    this.#found.add(`${rule}: ${what}`);
  }

  check(holds: unknown, rule: string, what: string): void {
    if (!holds) this.add(rule, what);
  }

  list(): string[] {
    return [...this.#found];
  }
}
