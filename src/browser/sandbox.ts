/** Whether Chromium's sandbox is on. `reason` is there when it is off. */
export interface SandboxDecision {
  readonly sandbox: boolean;
  /** Human words, for the one line of warning. */
  readonly reason?: string;
}

/**
 * The sandbox is on unless it cannot be (Chromium refuses it to root) or the user switches it off. Nothing else
 * switches it off, least of all a failed launch: a deck's scripts are not ours.
 */
export function sandboxDecision(options: {
  /** False for `--no-sandbox`. */
  readonly requested: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** `process.getuid()`; undefined on Windows. */
  readonly uid: number | undefined;
}): SandboxDecision {
  if (!options.requested) return { sandbox: false, reason: '--no-sandbox' };
  if (options.env.CHROME_NO_SANDBOX) return { sandbox: false, reason: 'CHROME_NO_SANDBOX is set' };
  // puppeteer obeys this one by itself; saying that the sandbox is on would be a lie.
  if (options.env.PUPPETEER_DANGEROUS_NO_SANDBOX === 'true') {
    return { sandbox: false, reason: 'PUPPETEER_DANGEROUS_NO_SANDBOX is set' };
  }
  if (options.uid === 0) return { sandbox: false, reason: 'running as root' };
  return { sandbox: true };
}
