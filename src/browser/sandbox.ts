/** Whether Chromium's sandbox is on. If it is off, `reason` is set. */
export interface SandboxDecision {
  readonly sandbox: boolean;
  /** Words for people, for the warning. */
  readonly reason?: string;
}

/**
 * The sandbox is on unless Chromium refuses it (when started as root) or the user switches it off. Nothing else switches it
 * off, in particular no failed launch: the scripts of a deck are not trusted.
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
  // puppeteer itself obeys this variable; reporting that the sandbox is on would be wrong.
  if (options.env.PUPPETEER_DANGEROUS_NO_SANDBOX === 'true') {
    return { sandbox: false, reason: 'PUPPETEER_DANGEROUS_NO_SANDBOX is set' };
  }
  if (options.uid === 0) return { sandbox: false, reason: 'running as root' };
  return { sandbox: true };
}
