import { findBrowser } from '../../src/browser/find/find.ts';
import { prepareFonts } from '../../src/browser/fonts/fonts.ts';
import type { LaunchOptions } from '../../src/browser/launch.ts';
import { sandboxDecision } from '../../src/browser/sandbox.ts';
import { cacheRoot } from '../../src/system/cache-root.ts';

/** The browser of this machine, with our fonts, ready to launch. Unpacked once into the real cache. */
export async function chromium(): Promise<LaunchOptions> {
  const env = process.env;
  const cacheDir = cacheRoot(env);
  const found = await findBrowser({ env, cacheDir, offline: false });
  const { fontconfigFile } = await prepareFonts({ cacheDir });
  const { sandbox } = sandboxDecision({ requested: true, env, uid: process.getuid?.() });
  return { found, sandbox, fontconfigFile, env };
}
